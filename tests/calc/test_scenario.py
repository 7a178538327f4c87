"""What-if: what follows a change, what does not, and the outlook."""

from decimal import Decimal

import pytest

from aop.calc.figures import Figures
from aop.calc.lines import LineKind, Method
from aop.calc.months import Month
from aop.calc.report.facts import PlanFacts
from aop.calc.scenario import Change, Move, outlook, with_changes, with_moves
from tests.calc.builders import cells, make_goal, make_kpi, make_line, make_plan
from tests.calc.sample import babycare

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)


def _changed(facts: PlanFacts, kind: LineKind, ratio: str, first: Month = DECEMBER) -> PlanFacts:
    return with_changes(facts, [Change(kind, Decimal(ratio), first)])


def _planned(facts: PlanFacts) -> dict[str, tuple[int | None, ...]]:
    return {line.code: line.planned for line in facts.lines}


def test_it_changes_open_months_from_a_month_on() -> None:
    facts = _changed(make_plan(make_line(planned=(5,) * 12), closed=2), LineKind.REVENUE, "0.1")

    assert _planned(facts)["REV"] == (5,) * 8 + (6,) * 4  # 5.5 is rounded half-up


def test_it_never_changes_a_closed_month() -> None:
    facts = make_plan(make_line(), closed=10)

    changed = _changed(facts, LineKind.REVENUE, "-0.5", Month(2026, 4))

    assert _planned(changed)["REV"] == (100,) * 10 + (50,) * 2


def test_it_leaves_an_empty_cell_empty() -> None:
    facts = make_plan(make_line(planned=cells(1, None)))

    assert _planned(_changed(facts, LineKind.REVENUE, "1", Month(2026, 4)))["REV"] == cells(2)


def test_it_lets_driven_lines_follow() -> None:
    facts = make_plan(
        make_line(),
        make_line(
            "FEE",
            LineKind.VARIABLE,
            planned=(12,) * 12,  # an adjustment gave 2 more than the rate
            driver_code="REV",
            driver_ratio=Decimal("0.1"),
        ),
        make_line("RENT", LineKind.OPEX, planned=(60,) * 12),
        closed=11,
    )

    changed = _planned(_changed(facts, LineKind.REVENUE, "0.5"))

    assert changed["FEE"][10:] == (12, 17)
    assert changed["RENT"] == (60,) * 12


def test_it_changes_a_forecast_that_is_not_made_from_the_plan() -> None:
    facts = make_plan(
        make_line(actual=(100,) * 12),
        make_line("C", LineKind.COGS, driver_code="REV", actual=(60,) * 12, planned=(60,) * 12),
        closed=11,
    )

    changed = Figures(_changed(facts, LineKind.COGS, "0.5"))

    assert changed.forecasts["C"].year == 660 + 90
    assert changed.forecasts["C"].method is Method.MANUAL


def test_it_changes_revenue_first_whatever_the_order() -> None:
    facts = make_plan(
        make_line(actual=(100,) * 12),
        make_line("C", LineKind.COGS, driver_code="REV", actual=(60,) * 12, planned=(60,) * 12),
        closed=11,
    )
    changes = [
        Change(LineKind.COGS, Decimal("0.1"), DECEMBER),
        Change(LineKind.REVENUE, Decimal("0.5"), DECEMBER),
    ]

    assert with_changes(facts, changes) == with_changes(facts, changes[::-1])
    assert Figures(with_changes(facts, changes)).forecasts["C"].year == 660 + 99


@pytest.mark.parametrize("kind", list(LineKind))
def test_it_changes_nothing_by_nothing(kind: LineKind) -> None:
    facts = babycare()

    assert outlook(Figures(_changed(facts, kind, "0"))) == outlook(Figures(facts))


def test_it_refuses_a_month_outside_the_year() -> None:
    with pytest.raises(ValueError, match="fiscal year"):
        _changed(make_plan(make_line()), LineKind.REVENUE, "0.1", Month(2026, 3))


def test_it_moves_money_between_lines() -> None:
    facts = make_plan(make_line("A", LineKind.OPEX), make_line("B", LineKind.OPEX, planned=cells()))

    moved = with_moves(facts, [Move("A", DECEMBER, -30), Move("B", DECEMBER, 30)])

    assert _planned(moved)["A"][8] == 70
    assert _planned(moved)["B"] == cells(*(None,) * 8, 30)


@pytest.mark.parametrize(
    ("move", "error"),
    [(Move("GONE", DECEMBER, 1), KeyError), (Move("REV", Month(2027, 4), 1), ValueError)],
)
def test_it_refuses_a_move_to_nowhere(move: Move, error: type[Exception]) -> None:
    with pytest.raises(error):
        with_moves(make_plan(make_line()), [move])


def test_it_sees_where_a_draft_is_heading() -> None:
    facts = make_plan(
        make_line(),
        make_line("RENT", LineKind.OPEX, planned=(110,) * 12),
        opening_cash=100,
        goals=(make_goal(), make_goal(code="LOST", kpi_code=None)),
        kpis=(make_kpi(),),
    )

    found = outlook(Figures(facts))

    assert (found.planned_operating_profit, found.operating_profit) == (-120, -120)
    assert [(goal.code, goal.projection) for goal in found.goals] == [("G", 1200)]
    assert found.lowest_cash == found.lowest_cash_at_pace
    assert found.lowest_cash is not None
    assert found.lowest_cash.closing == -20


def test_it_shows_what_dearer_stock_does_to_the_sample() -> None:
    before, after = (
        outlook(Figures(facts))
        for facts in (babycare(), _changed(babycare(), LineKind.PURCHASE, "0.06", NOVEMBER))
    )

    assert before.operating_profit == after.operating_profit  # purchases are no cost of the year
    assert before.lowest_cash is not None
    assert after.lowest_cash is not None
    assert after.lowest_cash.closing < before.lowest_cash.closing
