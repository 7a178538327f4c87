"""Priorities, the not-doing list and assumptions: three lists of the page of the direction."""

from datetime import date

from django.test import Client

from aop.tenancy.models import Membership
from planning.models import Plan
from tests.factories import make_assumption, make_not_doing, make_priority
from tests.planning.pages import HTMX, approve, fragment, last_action, read_english, url_of


def test_it_adds_a_priority_and_answers_htmx_with_the_list(plan: Plan, as_owner: Client) -> None:
    url = url_of(plan, "priority_add")

    answer = as_owner.post(url, {"text": "Kênh online"}, headers=HTMX)

    assert answer.content.decode().strip().startswith('<section class="card" id="priorities"')
    assert "plan-changed" in answer.headers["HX-Trigger"]
    assert [row.text for row in plan.priorities.all()] == ["Kênh online"]


def test_it_goes_back_to_the_page_without_htmx(plan: Plan, as_owner: Client) -> None:
    answer = as_owner.post(url_of(plan, "priority_add"), {"text": "Kênh online"})

    assert answer.headers["Location"] == url_of(plan, "direction") + "#priorities"


def test_it_keeps_a_priority_that_is_too_long(plan: Plan, as_owner: Client) -> None:
    answer = as_owner.post(url_of(plan, "priority_add"), {"text": "x" * 201})

    assert answer.status_code == 422
    assert "x" * 201 in answer.content.decode()
    assert not plan.priorities.exists()


def test_it_edits_and_deletes_a_priority(plan: Plan, as_owner: Client) -> None:
    row = make_priority(plan)
    edit = url_of(plan, "priority_edit", priority_id=row.pk)
    delete = url_of(plan, "priority_delete", priority_id=row.pk)

    as_owner.post(edit, {"text": "Dòng tiền"})
    row.refresh_from_db()
    assert row.text == "Dòng tiền"
    assert as_owner.post(edit, {"text": ""}).status_code == 422

    assert "Dòng tiền" in fragment(as_owner, delete)
    as_owner.post(delete)
    assert not plan.priorities.exists()
    assert last_action(plan.company) == "planning.priority.deleted"


def test_it_moves_a_priority_up(plan: Plan, as_owner: Client) -> None:
    make_priority(plan, "A")
    row = make_priority(plan, "B")
    url = url_of(plan, "priority_move", priority_id=row.pk)

    answer = as_owner.post(url, {"to": "up"}, headers=HTMX)

    assert [row.text for row in plan.priorities.all()] == ["B", "A"]
    assert answer.content.decode().index(">B<") < answer.content.decode().index(">A<")
    assert as_owner.post(url, {"to": "sideways"}).status_code == 422


def test_it_says_why_a_frozen_list_does_not_move(
    plan: Plan, owner: Membership, as_owner: Client
) -> None:
    read_english(owner)
    make_priority(plan)
    row = make_priority(plan)
    approve(plan)

    answer = as_owner.post(
        url_of(plan, "priority_move", priority_id=row.pk), {"to": "up"}, headers=HTMX
    )

    assert answer.status_code == 422
    assert "Change the budget through an adjustment" in answer.content.decode()
    assert plan.priorities.last() == row


def test_it_adds_and_edits_something_not_to_do(plan: Plan, as_owner: Client) -> None:
    typed = {"what": "Không tuyển thêm", "why": "Biên mỏng", "revisit": "2027"}

    as_owner.post(url_of(plan, "not_doing_add"), typed)
    row = plan.not_doing.get()
    url = url_of(plan, "not_doing_edit", not_doing_id=row.pk)
    as_owner.post(url, typed | {"revisit": "Quý 3"})

    row.refresh_from_db()
    assert (row.what, row.why, row.revisit) == ("Không tuyển thêm", "Biên mỏng", "Quý 3")
    assert as_owner.post(url, typed | {"what": ""}).status_code == 422
    assert fragment(as_owner, url).strip().startswith("<form")


def test_it_refuses_to_change_a_frozen_not_doing_list(plan: Plan, as_owner: Client) -> None:
    row = make_not_doing(plan)
    approve(plan)

    for name, kwargs in [
        ("not_doing_add", {}),
        ("not_doing_edit", {"not_doing_id": row.pk}),
        ("not_doing_delete", {"not_doing_id": row.pk}),
        ("not_doing_move", {"not_doing_id": row.pk}),
    ]:
        answer = as_owner.post(url_of(plan, name, **kwargs), {"what": "Khác", "to": "up"})
        assert answer.status_code == 422, name
    assert [found.what for found in plan.not_doing.all()] == [row.what]


def test_it_moves_and_deletes_something_not_to_do(plan: Plan, as_owner: Client) -> None:
    first, second = make_not_doing(plan, "A"), make_not_doing(plan, "B")

    as_owner.post(url_of(plan, "not_doing_move", not_doing_id=first.pk), {"to": "down"})
    as_owner.post(url_of(plan, "not_doing_delete", not_doing_id=second.pk))

    assert list(plan.not_doing.all()) == [first]


def test_it_adds_an_assumption_with_a_month_of_the_fiscal_year(
    plan: Plan, as_owner: Client
) -> None:
    typed = {"what": "Giá giữ nguyên", "why": "", "breaks_when": "Bảng giá mới"}
    url = url_of(plan, "assumption_add")

    assert as_owner.post(url, typed | {"check_month": "2027-01"}).status_code == 422
    as_owner.post(url, typed | {"check_month": "2026-04"})

    assert plan.assumptions.get().check_month == date(2026, 4, 1)


def test_it_edits_moves_and_deletes_an_assumption(plan: Plan, as_owner: Client) -> None:
    first, second = make_assumption(plan, "A"), make_assumption(plan, "B")
    edit = url_of(plan, "assumption_edit", assumption_id=first.pk)

    as_owner.post(edit, {"what": "A2", "check_month": ""})
    as_owner.post(url_of(plan, "assumption_move", assumption_id=first.pk), {"to": "down"})
    as_owner.post(url_of(plan, "assumption_delete", assumption_id=second.pk))

    assert [row.what for row in plan.assumptions.all()] == ["A2"]
    assert "A2" in fragment(as_owner, edit)


def test_it_answers_an_assumption_of_an_approved_plan(plan: Plan, as_owner: Client) -> None:
    row = make_assumption(plan)
    approve(plan)
    url = url_of(plan, "assumption_answer", assumption_id=row.pk)

    assert as_owner.post(url, {"answer": "no", "note": ""}).status_code == 422
    as_owner.post(url, {"answer": "no", "note": "Giá tăng 6 %"})

    row.refresh_from_db()
    assert (row.answer, row.answer_note) == ("no", "Giá tăng 6 %")
    assert row.answered_on is not None
    assert "Giá tăng 6 %" in as_owner.get(url_of(plan, "direction")).content.decode()


def test_it_freezes_the_statement_of_an_assumption(plan: Plan, as_owner: Client) -> None:
    row = make_assumption(plan)
    approve(plan)

    url = url_of(plan, "assumption_edit", assumption_id=row.pk)
    assert as_owner.post(url, {"what": "Khác"}).status_code == 422
