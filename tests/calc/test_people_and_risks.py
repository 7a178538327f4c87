"""Capacity, milestones, risk levels and triggers."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest

from aop.calc.capacity import overloads, person_loads
from aop.calc.lines import LineKind
from aop.calc.report.facts import (
    AllocationFacts,
    InitiativeFacts,
    MilestoneFacts,
    PersonFacts,
    TriggerFacts,
)
from aop.calc.report.people import days_late, milestone_state, needs_attention
from aop.calc.risk import fired_months, is_hit, risk_level, risk_state
from tests.calc.builders import make_figures, make_line

ANNA, BEN = PersonFacts("A", Decimal(48)), PersonFacts("B", Decimal(24))


def test_it_adds_up_a_persons_month() -> None:
    work = AllocationFacts("A", "BAU", (Decimal("62.5"),) * 12)
    more = AllocationFacts("A", "I1", (Decimal(40), *(Decimal(0),) * 11))

    loads = person_loads([ANNA, BEN], [work, more])

    assert loads["A"][:2] == (Fraction(41, 40), Fraction(5, 8))
    assert loads["B"] == (Fraction(0),) * 12
    assert [one.index for one in overloads([ANNA, BEN], loads)] == [0]


def test_it_calls_a_full_month_no_overload() -> None:
    loads = person_loads([ANNA], [AllocationFacts("A", "BAU", (Decimal(100),) * 12)])

    assert overloads([ANNA], loads) == []


@pytest.mark.parametrize(
    ("due", "done", "state", "late"),
    [
        ("2026-06-30", "2026-06-30", "done", 0),
        ("2026-06-30", "2026-06-01", "done", 0),
        ("2026-05-31", "2026-06-12", "done_late", 12),
        ("2026-06-29", None, "overdue", 1),
        ("2026-06-30", None, "upcoming", 0),
        ("2026-06-10", "2026-07-01", "overdue", 20),  # not known yet
        ("2026-08-01", "2026-07-01", "upcoming", 0),
    ],
)
def test_it_judges_a_milestone_on_a_day(due: str, done: str | None, state: str, late: int) -> None:
    milestone = MilestoneFacts(
        "M", date.fromisoformat(due), date.fromisoformat(done) if done else None
    )

    assert milestone_state(milestone, date(2026, 6, 30)) == state
    assert days_late(milestone, date(2026, 6, 30)) == late


@pytest.mark.parametrize(
    ("likelihood", "impact", "level"),
    [
        (1, 1, "low"),
        (5, 1, "low"),
        (1, 5, "medium"),
        (2, 3, "medium"),
        (2, 5, "medium"),
        (3, 4, "high"),
        (4, 4, "high"),
        (4, 5, "critical"),
        (5, 5, "critical"),
    ],
)
def test_it_grades_a_risk(likelihood: int, impact: int, level: str) -> None:
    assert risk_level(likelihood, impact) == level


@pytest.mark.parametrize(
    ("op", "hits"),
    [
        ("<", [True, False, False]),
        ("<=", [True, True, False]),
        (">", [False, False, True]),
        (">=", [False, True, True]),
    ],
)
def test_it_compares_with_every_operator(
    op: Literal["<", "<=", ">", ">="], hits: list[bool]
) -> None:
    trigger = TriggerFacts("K", op, Decimal("0.35"))
    values = [Fraction(34, 100), Fraction(35, 100), Fraction(36, 100)]

    assert [is_hit(value, trigger) for value in values] == hits


HIT, MISS, UNKNOWN = Fraction(0), Fraction(1), None


@pytest.mark.parametrize(
    ("values", "consecutive", "fired", "state"),
    [
        ([MISS, MISS], 1, [], "normal"),
        ([HIT], 1, [0], "fired"),
        ([HIT], 2, [], "warning"),
        ([HIT, HIT, HIT], 2, [1, 2], "fired"),
        ([HIT, MISS, HIT], 2, [], "warning"),
        ([HIT, UNKNOWN, HIT], 2, [2], "fired"),
        ([HIT, UNKNOWN], 1, [0], "fired"),
        ([HIT, MISS], 1, [0], "fired"),
        ([HIT, MISS, MISS], 1, [0], "normal"),
        ([HIT, MISS, UNKNOWN, MISS], 1, [0], "normal"),
        ([UNKNOWN, UNKNOWN], 1, [], "normal"),
    ],
)
def test_it_fires_after_a_run_of_hits(
    values: list[Fraction | None], consecutive: int, fired: list[int], state: str
) -> None:
    trigger = TriggerFacts("K", "<", Decimal("0.5"), consecutive=consecutive)

    assert fired_months(values, trigger) == fired
    assert risk_state(values, trigger) == state


def test_it_calls_for_attention_when_a_line_is_red() -> None:
    figures = make_figures(
        make_line("ADS", LineKind.MARKETING, actual=(150,) * 12),
        make_line("RENT", LineKind.OPEX, actual=(100,) * 12),
        closed=3,
    )
    day = date(2026, 6, 30)

    assert needs_attention(InitiativeFacts("I1", budget=(("ADS", 0),)), figures, day)
    assert not needs_attention(InitiativeFacts("I2", budget=(("RENT", 0),)), figures, day)
