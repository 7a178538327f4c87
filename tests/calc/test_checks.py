"""Checks: each code is found, about the right subject, and nothing else is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aop.calc.checks import CheckCode, Severity, linked_spending, plan_checks, year_checks
from aop.calc.lines import LineKind
from aop.calc.months import Month
from aop.calc.report.facts import (
    AllocationFacts,
    DecisionFacts,
    GoalKind,
    InitiativeFacts,
    MilestoneFacts,
    PersonFacts,
    PlanFacts,
    RiskFacts,
)
from tests.calc.builders import cells, make_goal, make_kpi, make_line, make_plan

DRIVE = InitiativeFacts("I1", ("G",), "P", date(2026, 4, 1), date(2027, 3, 31), (("RENT", 100),))
SOUND = make_plan(
    make_line(),
    make_line("RENT", LineKind.OPEX, planned=(60,) * 12),
    opening_cash=500,
    minimum_cash=100,
    review_rhythm="monthly",
    not_doing_count=1,
    goals=(make_goal(),),
    kpis=(make_kpi(),),
    initiatives=(DRIVE,),
    people=(PersonFacts("P", Decimal(40)),),
)


def _found(facts: PlanFacts) -> list[str]:
    return [f"{one.code} {one.subject}" for one in plan_checks(facts)]


def test_it_finds_nothing_wrong_with_a_sound_plan() -> None:
    assert _found(SOUND) == []


def _lines(kind: LineKind, *amounts: int | None, **values: Any) -> dict[str, Any]:
    return {"lines": (*SOUND.lines, make_line("X", kind, planned=cells(*amounts), **values))}


BUSY = AllocationFacts("P", "BAU", (*(Decimal(100),) * 7, Decimal("100.5"), *(Decimal(0),) * 4))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"goals": (), "initiatives": ()}, "no_goal plan"),
        ({"goals": (make_goal(target=None),)}, "goal_incomplete G"),
        ({"goals": (make_goal(basis=None),)}, "goal_incomplete G"),
        ({"goals": (make_goal(owner=""),)}, "goal_incomplete G"),
        ({"goals": (make_goal(kpi_code=None),)}, "goal_without_kpi G"),
        ({"goals": (make_goal(kpi_code="GONE"),)}, "goal_without_kpi G"),
        ({"initiatives": ()}, "goal_without_initiative G"),
        ({"goals": (make_goal(baseline=None),)}, "goal_without_baseline G"),
        ({"goals": (make_goal(GoalKind.REACH, baseline=None),)}, "goal_without_baseline G"),
        ({"initiatives": (DRIVE, InitiativeFacts("I2"))}, "initiative_incomplete I2"),
        ({"initiatives": (replace(DRIVE, budget=()),)}, "initiative_incomplete I1"),
        ({"initiatives": (replace(DRIVE, owner=None),)}, "initiative_incomplete I1"),
        ({"initiatives": (replace(DRIVE, end=date(2027, 4, 1)),)}, "initiative_incomplete I1"),
        ({"initiatives": (replace(DRIVE, start=date(2026, 3, 31)),)}, "initiative_incomplete I1"),
        ({"initiatives": (replace(DRIVE, budget=(("RENT", 721),)),)}, "initiatives_over_line RENT"),
        ({"opening_cash": 100, "minimum_cash": 141}, "cash_below_minimum 2026-04"),
        ({"review_rhythm": " "}, "no_review_rhythm plan"),
        ({"not_doing_count": 0}, "nothing_left_out plan"),
        ({"kpis": tuple(make_kpi(f"{i or 'K'}") for i in range(9))}, "too_many_kpis plan"),
        ({"risks": (RiskFacts("R", 3, 4),)}, "risk_without_contingency R"),
        ({"allocations": (BUSY,)}, "over_capacity P 2026-11"),
        (_lines(LineKind.CONTINGENCY, *(41,) * 12), "contingency_over_profit plan"),
        (_lines(LineKind.TAX, *(0,) * 11, None), "plan_missing X"),
        (
            _lines(LineKind.VARIABLE, *(0,) * 12, driver_code="REV"),
            "driver_without_rate X",
        ),
    ],
)
def test_it_finds_what_is_missing(changes: dict[str, Any], expected: str) -> None:
    assert _found(replace(SOUND, **changes)) == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {"goals": (make_goal(GoalKind.AT_LEAST, baseline=None),)},
        {"initiatives": (replace(DRIVE, budget=(("RENT", 0),)),)},
        {"initiatives": (replace(DRIVE, budget=(("RENT", 720),)),)},
        {"opening_cash": 100, "minimum_cash": 140},
        {"risks": (RiskFacts("R", 3, 4, contingency="wait"),)},
        {"risks": (RiskFacts("R", 3, 4, contingency_amount=1),)},
        {"risks": (RiskFacts("R", 2, 5),)},
        {"kpis": tuple(make_kpi(f"{i or 'K'}", headline=i < 8) for i in range(9))},
        _lines(LineKind.CONTINGENCY, *(40,) * 12),
        _lines(LineKind.VARIABLE, *(0,) * 12, driver_code="REV", driver_ratio=Decimal(0)),
    ],
)
def test_it_lets_pass_what_is_allowed(changes: dict[str, Any]) -> None:
    assert _found(replace(SOUND, **changes)) == []


def test_it_counts_goals_and_initiatives() -> None:
    goals = tuple(make_goal(code=f"G{i}") for i in range(6))
    drives = tuple(
        replace(DRIVE, code=f"I{i}", goals=(f"G{i % 6}",), owner=f"P{i % 4}", budget=(("RENT", 0),))
        for i in range(8)
    )

    assert _found(replace(SOUND, goals=goals, initiatives=drives)) == [
        "too_many_goals plan",
        "too_many_initiatives plan",
    ]


def test_it_names_who_owns_too_much() -> None:
    drives = tuple(
        replace(DRIVE, code=f"I{i}", owner=owner, budget=(("RENT", 0),))
        for i, owner in enumerate("PPQ")
    )

    assert _found(replace(SOUND, initiatives=drives)) == ["owner_overloaded P"]
    assert _found(replace(SOUND, initiatives=drives[1:])) == []


def test_it_finds_a_loss_and_money_that_is_not_there() -> None:
    rent = make_line("RENT", LineKind.OPEX, planned=(150,) * 12)

    assert _found(replace(SOUND, lines=(make_line(), rent))) == [
        "cash_negative 2027-02",
        "cash_below_minimum 2026-12",
        "spend_over_means plan",
        "planned_loss plan",
    ]


@pytest.mark.parametrize(
    ("opening", "buys", "expected"),
    [
        (1200, (50,) * 12, []),  # the stock falls to half
        (1199, (50,) * 12, ["stock_inconsistent 2027-03"]),
        (100, (0,) * 12, ["stock_inconsistent 2026-04"]),
        (None, (0,) * 12, []),
    ],
)
def test_it_holds_purchases_against_the_cost_of_goods(
    opening: int | None, buys: tuple[int, ...], expected: list[str]
) -> None:
    lines = (
        make_line(planned=(300,) * 12),
        SOUND.lines[1],
        make_line("BUY", LineKind.PURCHASE, planned=buys),
        make_line("C", LineKind.COGS, planned=(100,) * 12),
    )

    assert _found(replace(SOUND, opening_stock=opening, lines=lines)) == expected


def test_it_looks_at_the_baseline_alone() -> None:
    lines = (make_line(planned=(0,) * 12, baseline=(100,) * 12), SOUND.lines[1])

    assert _found(replace(SOUND, lines=lines)) == []


def test_it_puts_errors_first() -> None:
    found = plan_checks(make_plan())

    assert [one.code for one in found] == ["no_goal", "nothing_left_out", "no_review_rhythm"]
    assert [one.severity for one in found] == [Severity.ERROR, *[Severity.WARNING] * 2]
    assert next(iter(CheckCode)) is CheckCode.NO_GOAL


def test_it_finds_what_the_year_has_left_undone() -> None:
    late = MilestoneFacts("Opening", date(2026, 5, 30))
    facts = replace(
        SOUND,
        closed_through=Month(2026, 6),
        through=Month(2026, 6),
        initiatives=(replace(DRIVE, milestones=(late, late)),),
        decisions=(
            DecisionFacts(date(2026, 6, 30)),
            DecisionFacts(date(2026, 7, 1)),
            DecisionFacts(date(2026, 5, 1), ("G",)),
        ),
        reviewed=frozenset({Month(2026, 5)}),
    )

    assert [f"{one.code} {one.subject}" for one in year_checks(facts)] == [
        "milestone_overdue I1",
        "decision_without_goal 2026-06-30",
        "review_missing 2026-04",
    ]
    assert year_checks(replace(facts, through=None)) == []


def test_it_says_how_much_spending_serves_a_goal() -> None:
    idle = replace(DRIVE, code="I2", goals=(), budget=(("RENT", 500),))

    assert linked_spending(replace(SOUND, initiatives=(DRIVE, DRIVE, idle))) == (200, 720)
