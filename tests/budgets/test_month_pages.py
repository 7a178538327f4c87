"""The year of one line: typed in twelve fields, or filled by a rule after a preview."""

from typing import Any

import pytest
from django.test import Client

from aop.calc.months import Month
from aop.tenancy.models import Membership
from budgets.models import BudgetLine
from budgets.services.fills import Fill, FillKind, fill_line, fingerprint, preview_fill
from budgets.services.months import set_planned
from planning.models import Plan
from tests.budgets.pages import address, filled_line
from tests.factories import close_month, make_line, make_month

MARCH = Month(2026, 3)


def amounts(line: BudgetLine) -> list[int | None]:
    found = {Month.of(row.first_day): row.planned_amount for row in line.months.all()}
    return [found.get(month) for month in line.plan.year]


def typed(client: Client, line: BudgetLine, **months: str) -> dict[str, str]:
    """Return the form as a browser would send it, with some months typed over."""
    form = client.get(address(line.plan, "line_months", line_id=line.pk)).context["form"]
    sent = {name: str(form[name].value() or "") for name in form.fields}
    return sent | {f"2026-{name[1:]}": text for name, text in months.items()}


def test_it_saves_the_year(as_owner: Client, plan: Plan) -> None:
    line = make_line(plan)
    sent = typed(as_owner, line, m01="12tr5", m02="0", m12="1.500.000")

    answer = as_owner.post(address(plan, "line_months", line_id=line.pk), sent)

    assert answer.headers["Location"] == address(plan, "line_detail", line_id=line.pk)
    assert amounts(line) == [12_500_000, 0, *[None] * 9, 1_500_000]


def test_it_keeps_what_was_typed_beside_a_wrong_amount(as_owner: Client, plan: Plan) -> None:
    line = make_line(plan)

    answer = as_owner.post(
        address(plan, "line_months", line_id=line.pk), typed(as_owner, line, m01="5tr", m02="?")
    )

    assert answer.status_code == 422
    assert answer.context["form"]["2026-01"].value() == "5tr"
    assert amounts(line) == [None] * 12


def test_it_tells_what_somebody_wrote_meanwhile(
    as_owner: Client, plan: Plan, accountant: Membership
) -> None:
    line = make_line(plan)
    sent = typed(as_owner, line, m03="9tr")
    set_planned(line.pk, MARCH, 7_000_000, 1, actor=accountant)
    url = address(plan, "line_months", line_id=line.pk)

    answer = as_owner.post(url, sent)

    form = answer.context["form"]
    assert answer.status_code == 422
    assert "Accountant" in str(form.errors["2026-03"])
    assert (form["2026-03"].value(), form["version-2026-03"].value()) == ("9tr", "2")
    assert amounts(line)[2] == 7_000_000

    as_owner.post(url, {**sent, "version-2026-03": "2"})
    assert amounts(line)[2] == 9_000_000


def test_it_leaves_closed_months_alone(as_owner: Client, plan: Plan) -> None:
    line = filled_line(plan, "opex", 5)
    close_month(plan, Month(2026, 1))

    as_owner.post(
        address(plan, "line_months", line_id=line.pk), typed(as_owner, line, m01="9", m02="9")
    )

    assert amounts(line)[:3] == [5, 9, 5]


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        (Fill(FillKind.EVEN, year_amount=100), [9, 9, 9, 9, 8, 8, 8, 8, 8, 8, 8, 8]),
        (Fill(FillKind.EVEN, year_amount=120_000, step=1_000), [10_000] * 12),
    ],
)
def test_it_spreads_a_year(plan: Plan, fill: Fill, expected: list[int]) -> None:
    changes = preview_fill(make_line(plan), fill)

    assert [change.after for change in changes] == expected
    assert all(change.is_change for change in changes)


def test_it_spreads_over_the_months_that_are_left(plan: Plan) -> None:
    line = make_line(plan)
    make_month(line, Month(2026, 1), 40)
    close_month(plan, Month(2026, 2))

    changes = preview_fill(line, Fill(FillKind.EVEN, year_amount=140))

    assert [change.after for change in changes] == [40, None, *[10] * 10]


def test_it_spreads_by_last_years_season(plan: Plan) -> None:
    line = make_line(plan)
    for number, amount in ((1, 300), (2, 100)):
        make_month(line, Month(2026, number), None, last_year_amount=amount)

    changes = preview_fill(line, Fill(FillKind.SEASON, year_amount=200))

    assert [change.after for change in changes] == [150, 50, *[0] * 10]


def test_it_takes_last_year_and_some_more(as_owner: Client, plan: Plan) -> None:
    line = make_line(plan)
    make_month(line, Month(2026, 1), None, last_year_amount=1_005)

    page = as_owner.get(
        address(plan, "line_fill", line_id=line.pk),
        {"kind": "last_year", "growth": "10 %", "step": "1", "only_empty": "on"},
    )

    assert [change.after for change in page.context["changes"]] == [1_106, *[None] * 11]
    assert page.context["count"] == 1


def test_it_fills_as_previewed(as_owner: Client, plan: Plan) -> None:
    line = make_line(plan)
    chosen = {"kind": "even", "year_amount": "12tr", "step": "1", "only_empty": "on"}
    url = address(plan, "line_fill", line_id=line.pk)
    seen = as_owner.get(url, chosen).context["seen"]

    answer = as_owner.post(url, {**chosen, "seen": seen})

    assert answer.headers["Location"] == address(plan, "line_detail", line_id=line.pk)
    assert amounts(line) == [1_000_000] * 12


def test_it_looks_again_when_somebody_was_faster(
    as_owner: Client, plan: Plan, accountant: Membership
) -> None:
    line = make_line(plan)
    chosen = {"kind": "even", "year_amount": "12tr", "step": "1", "only_empty": "on"}
    url = address(plan, "line_fill", line_id=line.pk)
    seen = as_owner.get(url, chosen).context["seen"]
    set_planned(line.pk, MARCH, 7, 1, actor=accountant)

    answer = as_owner.post(url, {**chosen, "seen": seen})

    assert answer.status_code == 422
    assert amounts(line)[:3] == [None, None, 7]


@pytest.mark.parametrize(
    "chosen",
    [
        {"kind": "even", "step": "1"},
        {"kind": "season", "year_amount": "5tr", "step": "1"},
        {"kind": "even", "year_amount": "-5", "step": "1"},
        {"kind": "nothing", "step": "1"},
    ],
)
def test_it_refuses_a_fill_that_says_nothing(
    as_owner: Client, plan: Plan, chosen: dict[str, Any]
) -> None:
    line = make_line(plan)

    answer = as_owner.get(address(plan, "line_fill", line_id=line.pk), chosen)

    assert answer.status_code == 422
    assert answer.context["changes"] == []


def test_it_does_not_go_over_what_was_typed(plan: Plan, owner: Membership) -> None:
    line = filled_line(plan, "opex", 5)
    line.months.filter(first_day=MARCH.first_day).update(planned_amount=None)
    fill = Fill(FillKind.EVEN, year_amount=100)

    fill_line(line.pk, fill, seen=fingerprint(preview_fill(line, fill)), actor=owner)

    assert amounts(line) == [5, 5, 45, *[5] * 9]
