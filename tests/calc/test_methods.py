"""The worked examples of METHODS.md, run as written."""

import doctest
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import aop.calc
from aop.calc.capacity import month_hours
from aop.calc.checks import linked_spending, plan_checks, year_checks
from aop.calc.currencies import Currency
from aop.calc.figures import Column, Figures
from aop.calc.goals import Requirement, follow_goal, goal_requirement
from aop.calc.lines import LineKind, Meaning, Method
from aop.calc.money import parse_typed
from aop.calc.money_text import format_money
from aop.calc.months import FiscalYear, Month
from aop.calc.report.build import build_report
from aop.calc.report.facts import GoalFacts, KpiFacts
from aop.calc.report.lines import LineRow
from aop.calc.rounding import divide_half_up, rounded_ratio
from aop.calc.scenario import Change, outlook, with_changes
from aop.calc.spread import spread_evenly
from aop.calc.status import Status
from aop.calc.totals import TotalName
from tests.calc.sample import babycare

METHODS = Path(next(iter(aop.calc.__path__))) / "METHODS.md"


class Compared:
    """A report with its lines at hand by code."""

    def __init__(self, through: str) -> None:
        self._report = build_report(babycare(through))

    def __getattr__(self, name: str) -> object:
        return getattr(self._report, name)

    def line(self, code: str) -> LineRow:
        return next(row for row in self._report.lines if row.code == code)


def measured(code: str, figures: Figures) -> tuple[GoalFacts, KpiFacts]:
    goal = next(one for one in figures.facts.goals if one.code == code)
    return goal, next(one for one in figures.facts.kpis if one.code == goal.kpi_code)


def required(code: str, figures: Figures) -> Requirement | None:
    return goal_requirement(*measured(code, figures), figures)


def statuses(code: str, figures: Figures) -> Sequence[Status | None]:
    return [month.status for month in follow_goal(*measured(code, figures), figures)]


NAMES = {
    "Change": Change,
    "Column": Column,
    "Currency": Currency,
    "Decimal": Decimal,
    "Figures": Figures,
    "FiscalYear": FiscalYear,
    "Fraction": Fraction,
    "LineKind": LineKind,
    "Meaning": Meaning,
    "Method": Method,
    "Month": Month,
    "TotalName": TotalName,
    "babycare": babycare,
    "compared": Compared,
    "divide_half_up": divide_half_up,
    "format_money": format_money,
    "linked_spending": linked_spending,
    "month_hours": month_hours,
    "outlook": outlook,
    "parse_typed": parse_typed,
    "plan_checks": plan_checks,
    "required": required,
    "rounded_ratio": rounded_ratio,
    "spread_evenly": spread_evenly,
    "statuses": statuses,
    "with_changes": with_changes,
    "year_checks": year_checks,
}


def test_it_keeps_what_the_methods_say() -> None:
    moments = {"march": "2026-03", "june": "2026-06", "october": "2026-10"}
    figures = {name: Figures(babycare(month)) for name, month in moments.items()}
    text = METHODS.read_text(encoding="utf-8").replace("```", "")  # a fence is no output
    examples = doctest.DocTestParser().get_doctest(text, NAMES | figures, METHODS.name, None, 0)

    found = doctest.DocTestRunner().run(examples)

    assert found.attempted > 30
    assert found.failed == 0
