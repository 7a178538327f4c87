from decimal import Decimal

import pytest
from django.test import Client

from aop.tenancy.models import Membership
from planning.models import Plan
from tests.factories import (
    DECEMBER,
    JANUARY,
    make_allocation,
    make_initiative,
    make_not_doing,
    make_person,
)
from tests.planning.pages import HTMX, approve, fragment, last_action, read_english, url_of

LAN = {"name": "Vũ Ngọc Lan", "role": "Bán hàng", "hours_per_week": "37,5", "email": ""}


def test_it_shows_loads_and_marks_what_is_too_much(plan: Plan, as_viewer: Client) -> None:
    person = make_person(plan)
    make_allocation(person, percent=80)
    make_allocation(person, make_initiative(plan), percent=35)

    page = as_viewer.get(url_of(plan, "resource_list")).content.decode()

    assert '<td class="l5' in page
    assert ">115<" in page


@pytest.mark.parametrize(
    ("listed", "said"),
    [("Không tuyển thêm nhân sự", "Không tuyển thêm nhân sự"), (None, "says nothing about it")],
)
def test_it_names_the_levers_beside_the_not_doing_list(
    plan: Plan, owner: Membership, as_owner: Client, listed: str | None, said: str
) -> None:
    read_english(owner)
    if listed:
        make_not_doing(plan, listed)
    make_allocation(make_person(plan, "Minh Anh"), None, DECEMBER, percent=120)
    make_allocation(make_person(plan, "Thu Hà"), None, DECEMBER, percent=90)

    page = as_owner.get(url_of(plan, "resource_list")).content.decode()

    assert "Minh Anh, Dec: 35\xa0h too many" in page
    assert "Thu Hà 17\xa0h" in page
    assert said in page


def test_it_starts_the_months_where_the_fiscal_year_starts(
    plan: Plan, owner: Membership, as_owner: Client
) -> None:
    make_person(plan)
    plan.first_month = plan.first_month.replace(month=4)
    plan.save()

    page = as_owner.get(url_of(plan, "resource_list")).content.decode()

    assert page.index(">T4<") < page.index(">T12<") < page.index(">T1<") < page.index(">T3<")


def test_it_adds_a_person_and_goes_on_to_their_time(plan: Plan, as_owner: Client) -> None:
    answer = as_owner.post(url_of(plan, "person_add"), LAN)

    person = plan.people.get()
    assert (person.code, person.hours_per_week) == ("P1", Decimal("37.5"))
    assert answer.headers["Location"] == url_of(plan, "allocation_edit", person_id=person.pk)


def test_it_keeps_a_person_that_cannot_be_saved(plan: Plan, as_owner: Client) -> None:
    answer = as_owner.post(url_of(plan, "person_add"), LAN | {"hours_per_week": "200"})

    assert answer.status_code == 422
    assert "Vũ Ngọc Lan" in answer.content.decode()
    assert not plan.people.exists()


def test_it_edits_moves_and_deletes_people_of_an_approved_plan(
    plan: Plan, as_owner: Client
) -> None:
    first, second = make_person(plan, "A"), make_person(plan, "B")
    approve(plan)
    edit = url_of(plan, "person_edit", person_id=first.pk)

    as_owner.post(edit, LAN | {"name": "A2"})
    as_owner.post(url_of(plan, "person_move", person_id=first.pk), {"to": "down"})
    as_owner.post(url_of(plan, "person_delete", person_id=second.pk))

    assert [person.name for person in plan.people.all()] == ["A2"]
    assert "A2" in fragment(as_owner, edit)


def test_it_answers_a_move_of_a_person_with_the_list(plan: Plan, as_owner: Client) -> None:
    make_person(plan)
    person = make_person(plan)

    url = url_of(plan, "person_move", person_id=person.pk)
    text = as_owner.post(url, {"to": "up"}, headers=HTMX).content.decode()

    assert text.strip().startswith('<section class="card c12" id="people"')


def test_it_fills_in_the_time_of_a_person(plan: Plan, as_owner: Client) -> None:
    person, work = make_person(plan), make_initiative(plan)
    make_allocation(person, percent=40)
    url = url_of(plan, "allocation_edit", person_id=person.pk)

    page = as_owner.get(url).content.decode()
    assert page.count('name="share-') == 24
    as_owner.post(url, {"share-daily-2026-02": "50", f"share-{work.pk}-2026-03": "12,5"})

    stored = {(a.initiative_id, a.first_day.month): a.percent for a in person.allocations.all()}
    assert stored == {(None, 2): Decimal(50), (work.pk, 3): Decimal("12.5")}
    assert last_action(plan.company) == "planning.allocation.set"


def test_it_keeps_shares_that_are_no_numbers(plan: Plan, as_owner: Client) -> None:
    person = make_person(plan)
    make_allocation(person, None, JANUARY, percent=40)
    url = url_of(plan, "allocation_edit", person_id=person.pk)

    answer = as_owner.post(url, {"share-daily-2026-01": "nhiều", "share-daily-2026-02": "-5"})

    assert answer.status_code == 422
    assert 'value="nhiều"' in answer.content.decode()
    assert person.allocations.get().percent == Decimal(40)


def test_it_says_when_nobody_is_in_the_plan(
    plan: Plan, owner: Membership, as_owner: Client
) -> None:
    read_english(owner)

    page = as_owner.get(url_of(plan, "resource_list")).content.decode()

    assert "Nobody in the plan yet" in page
    assert url_of(plan, "person_add") in page
