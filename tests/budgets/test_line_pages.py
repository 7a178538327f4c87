"""The pages of budget lines: list, start, add, edit, order, delete, detail."""

from typing import Any

import pytest
from django.test import Client

from aop.calc.months import Month
from aop.tenancy.models import AuditEntry, Membership
from budgets.models import BudgetLine
from budgets.services.months import set_planned
from planning.models import Plan
from tests.budgets.pages import address, approve, filled_line
from tests.factories import make_channel, make_commitment, make_line, make_month, make_person

RENT = {"name": "Thuê mặt bằng", "kind": "opex", "timing": "1", "policy": "warn"}


def lines(plan: Plan) -> list[BudgetLine]:
    return list(BudgetLine.objects.for_company(plan.company).filter(plan=plan))


def test_it_lists_lines_by_group(as_viewer: Client, plan: Plan) -> None:
    make_line(plan, "Quảng cáo", group="Tiếp thị")

    text = as_viewer.get(address(plan, "line_list")).content.decode()

    assert "Tiếp thị" in text
    assert address(plan, "line_edit", line_id=lines(plan)[0].pk) not in text


def test_it_lists_no_private_line_to_staff(as_staff: Client, plan: Plan) -> None:
    make_line(plan, "Lương nhân viên", is_private=True)

    assert "Lương" not in as_staff.get(address(plan, "line_list")).content.decode()


def test_it_offers_the_kinds_with_a_sentence_each(as_owner: Client, plan: Plan) -> None:
    text = as_owner.get(address(plan, "line_add")).content.decode()

    assert text.count("?kind=") == 10


def test_it_adds_a_line(as_accountant: Client, plan: Plan) -> None:
    answer = as_accountant.post(address(plan, "line_add"), RENT)

    (line,) = lines(plan)
    assert answer.headers["Location"] == address(plan, "line_detail", line_id=line.pk)
    assert (line.code, line.cash_lag, line.policy) == ("FIX-1", "1", "warn")


def test_it_asks_a_kind_only_for_what_it_has(as_owner: Client, plan: Plan) -> None:
    fields = {
        kind: set(as_owner.get(address(plan, "line_add"), {"kind": kind}).context["form"].fields)
        for kind in ("revenue", "cogs", "contingency", "purchase")
    }

    assert "policy" not in fields["revenue"]
    assert "timing" not in fields["cogs"]
    assert "driver" in fields["cogs"]
    assert "opening_balance_amount" not in fields["contingency"]
    assert "channel" not in fields["purchase"]


@pytest.mark.parametrize(
    ("text", "stored"),
    [("0,4; 0,6", "0.4;0.6"), ("40 %; 60 %", "0.4;0.6"), ("0.25;0.25;0.5", "0.25;0.25;0.5")],
)
def test_it_takes_own_shares_of_cash(as_owner: Client, plan: Plan, text: str, stored: str) -> None:
    as_owner.post(address(plan, "line_add"), {**RENT, "timing": "own", "shares": text})

    assert lines(plan)[0].cash_lag == stored


@pytest.mark.parametrize("text", ["0,4; 0,5", "0,4 0,6", "", "1,5; -0,5", "nan; 1"])
def test_it_refuses_shares_that_are_not_1(as_owner: Client, plan: Plan, text: str) -> None:
    answer = as_owner.post(address(plan, "line_add"), {**RENT, "timing": "own", "shares": text})

    assert answer.status_code == 422
    assert answer.context["form"].errors["shares"]
    assert lines(plan) == []


def test_it_keeps_all_that_was_typed(as_owner: Client, plan: Plan) -> None:
    revenue = make_line(plan, kind="revenue")
    channel = make_channel(plan.company)
    person = make_person(plan)

    as_owner.post(
        address(plan, "line_add"),
        {
            "name": "Phí sàn",
            "kind": "variable",
            "group": "4. Biến đổi",
            "channel": channel.pk,
            "timing": "0.75;0.25",
            "opening_balance_amount": "12tr5",
            "driver": revenue.pk,
            "driver_ratio": "11 %",
            "policy": "reason",
            "is_private": "on",
            "owner": person.pk,
            "aliases": "Phí Shopee\n\nPhí thanh toán ",
            "name_en": "Fees",
            "note": "Theo biểu phí",
            "code": "VAR-FEE",
        },
    )

    line = lines(plan)[1]
    assert (line.code, line.channel, line.owner, line.driver) == (
        "VAR-FEE",
        channel,
        person,
        revenue,
    )
    assert line.aliases == ["Phí Shopee", "Phí thanh toán"]
    assert (str(line.driver_ratio), line.opening_balance_amount) == ("0.110000", 12_500_000)
    assert line.is_private


def test_it_shows_a_refused_code_beside_its_field(as_owner: Client, plan: Plan) -> None:
    make_line(plan, code="FIX-1")

    answer = as_owner.post(address(plan, "line_add"), {**RENT, "code": "FIX-1"})

    assert answer.status_code == 422
    assert len(lines(plan)) == 1


def test_it_edits_a_line_without_touching_its_code(as_owner: Client, plan: Plan) -> None:
    line = make_line(plan, kind="opex")

    as_owner.post(
        address(plan, "line_edit", line_id=line.pk), {**RENT, "name": "Tên mới", "code": "X"}
    )

    line.refresh_from_db()
    assert (line.name, line.code) == ("Tên mới", "L001")


def test_it_shows_what_is_stored(as_owner: Client, plan: Plan) -> None:
    line = make_line(plan, kind="purchase", cash_lag="0.3;0.7")

    form = as_owner.get(address(plan, "line_edit", line_id=line.pk)).context["form"]

    assert (form["timing"].value(), form["shares"].value()) == ("own", "0.3; 0.7")


def test_it_offers_less_once_approved(as_owner: Client, plan: Plan) -> None:
    line = filled_line(plan, "opex", 5)
    approve(plan)

    form = as_owner.get(address(plan, "line_edit", line_id=line.pk)).context["form"]

    assert set(form.fields) == {
        *("policy", "owner", "forecast_method", "name_en", "aliases", "note")
    }


def test_it_moves_lines_and_answers_with_the_list(as_owner: Client, plan: Plan) -> None:
    first, second = make_line(plan, "A"), make_line(plan, "B")

    answer = as_owner.post(
        address(plan, "line_move", line_id=second.pk), {"to": "up"}, headers={"HX-Request": "true"}
    )

    assert lines(plan) == [second, first]
    assert answer.content.decode().strip().startswith('<div class="c12 stack" id="line-list"')


def test_it_moves_groups_without_javascript(as_owner: Client, plan: Plan) -> None:
    first, second = make_line(plan, group="1"), make_line(plan, group="2")

    answer = as_owner.post(address(plan, "line_group_move", line_id=first.pk), {"to": "down"})

    assert answer.headers["Location"] == address(plan, "line_list")
    assert lines(plan) == [second, first]


def test_it_asks_before_it_deletes(as_owner: Client, plan: Plan) -> None:
    line = make_line(plan)
    url = address(plan, "line_delete", line_id=line.pk)

    assert line.name in as_owner.get(url).content.decode()
    as_owner.post(url)

    assert lines(plan) == []


def test_it_says_why_a_line_cannot_go(as_owner: Client, plan: Plan) -> None:
    line = make_line(plan)
    make_commitment(line)

    answer = as_owner.post(address(plan, "line_delete", line_id=line.pk))

    assert answer.status_code == 422
    assert lines(plan) == [line]


def test_it_starts_with_the_usual_lines(as_owner: Client, plan: Plan) -> None:
    ticked = as_owner.get(address(plan, "line_start")).context["form"].initial["lines"]

    as_owner.post(address(plan, "line_start"), {"lines": ticked})

    names = {line.name: line for line in lines(plan)}
    assert len(names) == len(ticked)
    assert {line.kind for line in names.values()} >= {"revenue", "cogs", "purchase", "opex"}
    assert [line.code for line in lines(plan)][:2] == ["REV-1", "COGS-1"]
    assert sum(line.is_private for line in names.values()) == 2


def test_it_asks_for_one_line_at_least(as_owner: Client, plan: Plan) -> None:
    assert as_owner.post(address(plan, "line_start"), {}).status_code == 422


def test_it_shows_a_line_with_its_months_and_limit(as_viewer: Client, plan: Plan) -> None:
    line = filled_line(plan, "opex", 10_000_000)
    line.months.filter(first_day="2026-01-01").update(actual_amount=13_000_000)
    approve(plan)
    plan.months.filter(first_day="2026-01-01").update(closed_at="2026-02-05T00:00:00Z")
    make_commitment(line, amount=4_000_000)

    shown = as_viewer.get(address(plan, "line_detail", line_id=line.pk)).context["shown"]

    assert shown.months[0].variance.amount == 3_000_000
    assert shown.months[1].variance is None
    assert (shown.limit.actual, shown.limit.committed, shown.limit.left) == (
        13_000_000,
        4_000_000,
        103_000_000,
    )


def test_it_shows_the_history_to_who_may_see_it(
    as_accountant: Client, as_staff: Client, plan: Plan, owner: Membership
) -> None:
    line = make_line(plan)
    set_planned(line.pk, Month(2026, 3), 5_000_000, 1, actor=owner)
    url = address(plan, "line_detail", line_id=line.pk)

    assert "5.000.000" in as_accountant.get(url).content.decode()
    assert as_accountant.get(url).context["history"][0].who == "Owner"
    assert as_staff.get(url).context["history"] is None


def test_it_hides_the_page_of_a_private_line(as_staff: Client, plan: Plan) -> None:
    line = make_line(plan, is_private=True)

    assert as_staff.get(address(plan, "line_detail", line_id=line.pk)).status_code == 404


PAGES = ["line_detail", "line_edit", "line_delete", "line_months", "line_fill"]


@pytest.mark.parametrize("name", PAGES)
def test_it_finds_no_line_of_others(as_outsider: Client, plan: Plan, name: str) -> None:
    line = make_line(plan)

    assert as_outsider.get(address(plan, name, line_id=line.pk)).status_code == 404


@pytest.mark.parametrize(
    "name", [*PAGES[1:], "line_add", "line_start", "line_move", "line_group_move"]
)
def test_it_lets_staff_change_nothing(as_staff: Client, plan: Plan, name: str) -> None:
    line = make_line(plan)
    of_line = {} if name in ("line_add", "line_start") else {"line_id": line.pk}

    answer = as_staff.post(address(plan, name, **of_line), {"to": "up", **RENT})

    assert answer.status_code == 403
    assert not AuditEntry.objects.for_company(plan.company).exists()


@pytest.mark.parametrize("name", ["line_move", "line_group_move"])
def test_it_moves_by_post_only(as_owner: Client, plan: Plan, name: str) -> None:
    line = make_line(plan)

    assert as_owner.get(address(plan, name, line_id=line.pk)).status_code == 405


def test_it_lists_10_and_200_lines_at_the_same_cost(
    as_owner: Client, plan: Plan, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        make_line(plan, f"Khoản {number}")
    with django_assert_max_num_queries(25) as few:
        as_owner.get(address(plan, "line_list"))
    for number in range(190):
        make_line(plan, f"Thêm {number}")

    with django_assert_max_num_queries(25) as many:
        as_owner.get(address(plan, "line_list"))

    assert len(many) == len(few)


def test_it_shows_a_line_at_the_same_cost_beside_others(
    as_owner: Client, plan: Plan, django_assert_max_num_queries: Any
) -> None:
    line = filled_line(plan, "opex", 1)
    url = address(plan, "line_detail", line_id=line.pk)
    with django_assert_max_num_queries(25) as few:
        as_owner.get(url)
    for number in range(30):
        make_month(make_line(plan, f"Khoản {number}"))

    with django_assert_max_num_queries(25) as many:
        as_owner.get(url)

    assert len(many) == len(few)
