"""The numbers and words inside the sentences of findings, taken from what was checked."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from aop.calc.calendar_text import format_day, format_month, format_month_long
from aop.calc.cells import total_or_zero
from aop.calc.checks import (
    MOST_GOALS,
    MOST_INITIATIVES,
    MOST_KPIS,
    CheckCode,
    linked_spending,
)
from aop.calc.currencies import Currency
from aop.calc.figures import Column, Figures
from aop.calc.lines import LineKind
from aop.calc.money_text import format_short
from aop.calc.months import Month
from aop.calc.report.people import MilestoneState, milestone_state
from aop.calc.totals import TotalName
from aop.calc.writing import format_ratio

Detail = dict[str, object]


@dataclass(frozen=True, slots=True)
class Words:
    """What was checked, and how its numbers are written on this page."""

    figures: Figures
    currency: str
    language: str | None

    def money(self, amount: int | None) -> str:
        """Write an amount short: three digits are enough for a sentence."""
        return format_short(amount or 0, Currency.of(self.currency), self.language)

    def month(self, text: str) -> str:
        """Name a month given as `2026-05`."""
        return format_month_long(Month.parse(text), self.language)

    def months(self, months: list[Month]) -> str:
        """Name some months inside the fiscal year, one after the other."""
        return ", ".join(format_month(month, self.language) for month in months)


def _goal_incomplete(words: Words, code: str) -> Detail:
    goal = next(goal for goal in words.figures.facts.goals if goal.code == code)
    return _parts(
        (goal.target is None, _("target")),
        (goal.basis is None, _("basis")),
        (not goal.owner, _("person in charge")),
    )


def _initiative_incomplete(words: Words, code: str) -> Detail:
    facts = words.figures.facts
    found = next(one for one in facts.initiatives if one.code == code)
    days = [day for day in (found.start, found.end) if day is not None]
    first, last = facts.year.first_day, facts.year.last_day
    is_outside = days != sorted(days) or any(not first <= day <= last for day in days)
    return _parts(
        (not found.goals, _("goal")),
        (not found.owner, _("person in charge")),
        (found.start is None, _("start")),
        (found.end is None, _("end")),
        (is_outside, _("months inside the year")),
        (not found.budget, _("money (0 if it costs nothing)")),
    )


def _parts(*parts: tuple[bool, str]) -> Detail:
    return {"parts": ", ".join(word for is_missing, word in parts if is_missing)}


def _over_line(words: Words, code: str) -> Detail:
    wanted: Counter[str] = Counter()
    for initiative in words.figures.facts.initiatives:
        wanted.update(dict(initiative.budget))
    planned = total_or_zero(words.figures.row(code, Column.BASELINE))
    return {"wanted": words.money(wanted[code]), "planned": words.money(planned)}


def _stock(words: Words, month: str) -> Detail:
    facts = words.figures.facts
    closing = words.figures.stock_baseline[facts.year.index(Month.parse(month))]
    return {
        "opening": words.money(facts.opening_stock),
        "amount": words.money(closing),
        "month": words.month(month),
    }


def _cash(words: Words, month: str) -> Detail:
    facts = words.figures.facts
    closing = words.figures.cash_baseline[facts.year.index(Month.parse(month))].closing
    return {
        "amount": words.money(closing),
        "minimum": words.money(facts.minimum_cash),
        "month": words.month(month),
    }


def _means(words: Words, _subject: str) -> Detail:
    facts = words.figures.facts
    revenue = words.figures.total(TotalName.REVENUE, Column.BASELINE) or 0
    return {
        "spending": words.money(linked_spending(facts)[1]),
        "means": words.money(revenue + facts.opening_cash - facts.minimum_cash),
    }


def _loss(words: Words, _subject: str) -> Detail:
    profit = words.figures.total(TotalName.OPERATING_PROFIT, Column.BASELINE) or 0
    return {"amount": words.money(-profit)}


def _contingency(words: Words, _subject: str) -> Detail:
    figures = words.figures
    codes = figures.codes_of((LineKind.CONTINGENCY,))
    return {
        "amount": words.money(figures.amount(codes, Column.BASELINE)),
        "profit": words.money(figures.total(TotalName.OPERATING_PROFIT, Column.BASELINE)),
    }


def _overload(words: Words, subject: str) -> Detail:
    person, _space, month = subject.rpartition(" ")
    index = words.figures.facts.year.index(Month.parse(month))
    load = words.figures.loads[person][index]
    return {"load": format_ratio(load, words.language, places=0), "month": words.month(month)}


def _owner(words: Words, code: str) -> Detail:
    initiatives = words.figures.facts.initiatives
    count = sum(initiative.owner == code for initiative in initiatives)
    return {"count": count, "total": len(initiatives)}


def _driver(words: Words, code: str) -> Detail:
    return {"driver": words.figures.lines[code].driver_code}


def _plan_missing(words: Words, code: str) -> Detail:
    year, row = words.figures.facts.year, words.figures.row(code, Column.BASELINE)
    empty = [month for month, amount in zip(year, row, strict=True) if amount is None]
    return {"months": words.months(empty)}


def _overdue(words: Words, code: str) -> Detail:
    facts = words.figures.facts
    found = next(one for one in facts.initiatives if one.code == code)
    day = (facts.through or facts.year.first).last_day
    names = [
        milestone.name
        for milestone in found.milestones
        if milestone_state(milestone, day) is MilestoneState.OVERDUE
    ]
    return {"milestones": ", ".join(f"“{name}”" for name in names)}


def _decided(words: Words, day: str) -> Detail:
    return {"day": format_day(date.fromisoformat(day), words.language)}


def _reviewed(words: Words, month: str) -> Detail:
    name = words.month(month)
    return {"month": name[:1].upper() + name[1:]}


DETAILS: Mapping[CheckCode, Callable[[Words, str], Detail]] = {
    CheckCode.GOAL_INCOMPLETE: _goal_incomplete,
    CheckCode.INITIATIVE_INCOMPLETE: _initiative_incomplete,
    CheckCode.INITIATIVES_OVER_LINE: _over_line,
    CheckCode.STOCK_INCONSISTENT: _stock,
    CheckCode.CASH_NEGATIVE: _cash,
    CheckCode.CASH_BELOW_MINIMUM: _cash,
    CheckCode.TOO_MANY_GOALS: lambda words, _subject: {
        "count": len(words.figures.facts.goals),
        "most": MOST_GOALS,
    },
    CheckCode.TOO_MANY_INITIATIVES: lambda words, _subject: {
        "count": len(words.figures.facts.initiatives),
        "most": MOST_INITIATIVES,
    },
    CheckCode.TOO_MANY_KPIS: lambda words, _subject: {
        "count": sum(kpi.headline for kpi in words.figures.facts.kpis),
        "most": MOST_KPIS,
    },
    CheckCode.SPEND_OVER_MEANS: _means,
    CheckCode.PLANNED_LOSS: _loss,
    CheckCode.CONTINGENCY_OVER_PROFIT: _contingency,
    CheckCode.OVER_CAPACITY: _overload,
    CheckCode.OWNER_OVERLOADED: _owner,
    CheckCode.DRIVER_WITHOUT_RATE: _driver,
    CheckCode.PLAN_MISSING: _plan_missing,
    CheckCode.MILESTONE_OVERDUE: _overdue,
    CheckCode.DECISION_WITHOUT_GOAL: _decided,
    CheckCode.REVIEW_MISSING: _reviewed,
}
