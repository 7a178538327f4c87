"""Goals: period, path, gap, colour and projection of every kind and basis."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from aop.calc.figures import Figures
from aop.calc.goals import (
    follow_goal,
    goal_projection,
    goal_requirement,
    goal_threshold,
    planned_growth,
    projections,
)
from aop.calc.lines import LineKind
from aop.calc.measures import (
    AttainmentMeasure,
    ClosingCashMeasure,
    ClosingStockMeasure,
    ManualMeasure,
    MarginMeasure,
    Measure,
    RatioMeasure,
)
from aop.calc.report.facts import Basis, GoalKind, Unit
from aop.calc.status import ThresholdName
from tests.calc.builders import cells, make_figures, make_goal, make_kpi, make_line

SHARE = RatioMeasure(("ONL",), ("REV", "ONL"))


def _shop(closed: int, **values: Any) -> Figures:
    """The online line is to grow from 50 to 100; both channels sell 90 % of what was planned."""
    planned = (*tuple(50 + 5 * month for month in range(11)), 100)
    return make_figures(
        make_line(actual=(90,) * 12),
        make_line("ONL", planned=planned, actual=tuple(amount * 9 // 10 for amount in planned)),
        closed=closed,
        **values,
    )


@pytest.mark.parametrize(
    ("kind", "unit", "expected"),
    [
        (GoalKind.GROW, Unit.MONEY, "attainment"),
        (GoalKind.REACH, Unit.RATIO, "share_gap"),
        (GoalKind.REACH, Unit.NUMBER, "attainment"),
        (GoalKind.AT_LEAST, Unit.RATIO, "floor_gap"),
        (GoalKind.AT_MOST, Unit.MONEY, "cap_gap"),
    ],
)
def test_it_has_a_threshold_for_each_kind(kind: GoalKind, unit: Unit, expected: str) -> None:
    assert goal_threshold(make_goal(kind), unit) == expected


def test_it_lets_the_goal_name_its_threshold() -> None:
    goal = make_goal(threshold=ThresholdName.SPEND_RATIO)

    assert goal_threshold(goal, Unit.MONEY) is ThresholdName.SPEND_RATIO


def test_it_follows_the_plans_season() -> None:
    found = follow_goal(make_goal(), make_kpi(), _shop(3))

    assert [month.attained for month in found] == [Fraction(n) for n in (90, 180, 270)]
    assert [month.path for month in found] == [Fraction(n) for n in (100, 200, 300)]
    assert [month.gap for month in found] == [Fraction(n) for n in (-10, -20, -30)]
    assert [month.status for month in found] == ["red"] * 3


@pytest.mark.parametrize(
    ("basis", "closed", "months"),
    [
        (Basis.FULL_YEAR, 12, 12),
        (Basis.EXIT_MONTH, 11, 11),
        (Basis.EXIT_MONTH, 12, 1),
        (Basis.EXIT_QUARTER, 9, 9),
        (Basis.EXIT_QUARTER, 10, 1),
        (Basis.EXIT_QUARTER, 12, 3),
    ],
)
def test_it_judges_the_exit_period_once_it_has_begun(
    basis: Basis, closed: int, months: int
) -> None:
    found = follow_goal(make_goal(basis=basis), make_kpi(), _shop(closed))

    assert found[-1].attained == 90 * months


def test_it_measures_a_share_in_points() -> None:
    goal = make_goal(GoalKind.REACH, target=Decimal("0.5"), basis=Basis.EXIT_MONTH)

    found = follow_goal(goal, make_kpi(unit=Unit.RATIO, measure=SHARE), _shop(1))

    assert found[0].gap == 100 * (Fraction(45, 135) - Fraction(50, 150))
    assert found[0].status == "green"


@pytest.mark.parametrize("kind", [GoalKind.AT_LEAST, GoalKind.AT_MOST])
def test_it_holds_a_bound_against_the_target(kind: GoalKind) -> None:
    goal = make_goal(kind, target=Decimal("0.4"))

    found = follow_goal(goal, make_kpi(unit=Unit.RATIO, measure=SHARE), _shop(1))

    assert found[0].path == Fraction(2, 5)
    assert found[0].status == ("red" if kind is GoalKind.AT_LEAST else "green")


def test_it_holds_a_bound_on_a_total_against_the_plan() -> None:
    found = follow_goal(make_goal(GoalKind.AT_LEAST, target=Decimal(1)), make_kpi(), _shop(1))

    assert found[0].path == 100
    assert found[0].status == "red"  # −10 %


@pytest.mark.parametrize(
    ("kind", "measure", "path"),
    [
        (GoalKind.REACH, ManualMeasure(), 7),
        (GoalKind.AT_LEAST, ManualMeasure(), 1200),
        (GoalKind.REACH, AttainmentMeasure(("REV",)), 7),
        (GoalKind.REACH, ClosingCashMeasure(), 150),
        (GoalKind.AT_MOST, ClosingCashMeasure(), 1200),
        (GoalKind.REACH, ClosingStockMeasure(), 500),
    ],
)
def test_it_finds_a_path_for_what_the_budget_does_not_plan(
    kind: GoalKind, measure: Measure, path: int
) -> None:
    kpi = make_kpi(measure=measure, unit=Unit.NUMBER, targets=(Decimal(7),) * 12)

    found = follow_goal(make_goal(kind), kpi, _shop(1, opening_stock=500))

    assert found[0].path == path


def test_it_has_no_colour_without_a_path() -> None:
    kpi = make_kpi(measure=ManualMeasure(), actuals=(Decimal(3),) * 12)

    found = follow_goal(make_goal(GoalKind.REACH), kpi, _shop(1))

    assert found[0].attained == 3
    assert (found[0].gap, found[0].status) == (None, None)


def test_it_projects_the_exit_from_the_last_three_months() -> None:
    goal = make_goal(basis=Basis.EXIT_MONTH)

    assert goal_projection(goal, make_kpi(), _shop(6)) == 90
    assert goal_projection(goal, make_kpi(), _shop(12)) == 90
    assert goal_projection(goal, make_kpi(), _shop(0)) is None


def test_it_projects_an_exit_quarter_as_a_whole() -> None:
    goal = make_goal(basis=Basis.EXIT_QUARTER)

    assert goal_projection(goal, make_kpi(), _shop(1)) == 270


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (ClosingCashMeasure(), 90 + 45 + 1100 + 875),
        (ClosingStockMeasure(), 500),
        (AttainmentMeasure(("REV",)), Fraction(9, 10)),
        (ManualMeasure(), None),
    ],
)
def test_it_projects_states(measure: Measure, expected: Fraction | None) -> None:
    kpi = make_kpi(measure=measure)

    assert goal_projection(make_goal(), kpi, _shop(1, opening_stock=500)) == expected


def test_it_says_what_the_open_months_must_bring() -> None:
    found = goal_requirement(make_goal(), make_kpi(), _shop(6))

    assert found is not None
    assert (found.required, found.planned) == (Fraction(1200 - 540), Fraction(600))
    assert goal_requirement(make_goal(), make_kpi(), _shop(12)) is None
    assert goal_requirement(make_goal(target=None), make_kpi(), _shop(6)) is None


@pytest.mark.parametrize(
    ("measure", "target", "required"),
    [
        (MarginMeasure(("REV",), ("C",)), "0.35", Fraction(14, 25)),
        (RatioMeasure(("C",), ("REV",)), "0.65", Fraction(11, 25)),  # (780 − 560) ÷ 500
        (RatioMeasure(("C",), ("GONE",)), "0.65", None),
    ],
)
def test_it_says_what_share_the_open_months_must_bring(
    measure: Measure, target: str, required: Fraction | None
) -> None:
    figures = make_figures(
        make_line(actual=(100,) * 12),
        make_line("C", LineKind.COGS, planned=(60,) * 12, actual=cells(*(80,) * 7)),
        closed=7,
    )
    goal = make_goal(GoalKind.AT_LEAST, target=Decimal(target))

    found = goal_requirement(goal, make_kpi(measure=measure, unit=Unit.RATIO), figures)

    assert (found and found.required) == required


def test_it_compares_growth_with_planned_growth() -> None:
    figures = make_figures(make_line(actual=(90,) * 12, last_year=(80,) * 12), closed=3)

    assert planned_growth(make_kpi(), figures) == (Fraction(1, 8), Fraction(1, 4))
    assert planned_growth(make_kpi(), _shop(3)) == (None, None)


def test_it_remembers_what_was_projected() -> None:
    figures = make_figures(make_line(actual=cells(90, 110, 100)), closed=3)

    assert projections(make_goal(), make_kpi(), figures.facts) == [1080, 1200, 1200]
