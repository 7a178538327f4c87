"""What a plan still lacks and what the year has left undone: codes, no texts (METHODS.md §15)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from aop.calc.capacity import overloads
from aop.calc.cells import total_or_zero
from aop.calc.figures import Column, Figures
from aop.calc.lines import LineKind
from aop.calc.report.facts import GoalFacts, GoalKind, InitiativeFacts, PlanFacts
from aop.calc.report.people import MilestoneState, milestone_state
from aop.calc.risk import risk_score
from aop.calc.totals import Kinds, TotalName

PLAN = "plan"
MOST_GOALS, MOST_INITIATIVES, MOST_KPIS = 5, 7, 8
LARGE_RISK = 12
_FEW_INITIATIVES = 3
_SPENDING: Kinds = (
    LineKind.PURCHASE,
    LineKind.MARKETING,
    LineKind.OPEX,
    LineKind.VARIABLE,
    LineKind.TAX,
    LineKind.CAPEX,
    LineKind.CONTINGENCY,
)


class Severity(StrEnum):
    """An error blocks the approval of the plan."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class CheckCode(StrEnum):
    """Everything that can be found, in the order of the list (DOMAIN §16)."""

    NO_GOAL = "no_goal"
    GOAL_INCOMPLETE = "goal_incomplete"
    GOAL_WITHOUT_KPI = "goal_without_kpi"
    GOAL_WITHOUT_INITIATIVE = "goal_without_initiative"
    GOAL_WITHOUT_BASELINE = "goal_without_baseline"
    INITIATIVE_INCOMPLETE = "initiative_incomplete"
    INITIATIVES_OVER_LINE = "initiatives_over_line"
    STOCK_INCONSISTENT = "stock_inconsistent"
    CASH_NEGATIVE = "cash_negative"
    CASH_BELOW_MINIMUM = "cash_below_minimum"
    TOO_MANY_GOALS = "too_many_goals"
    TOO_MANY_INITIATIVES = "too_many_initiatives"
    TOO_MANY_KPIS = "too_many_kpis"
    NOTHING_LEFT_OUT = "nothing_left_out"
    NO_REVIEW_RHYTHM = "no_review_rhythm"
    RISK_WITHOUT_CONTINGENCY = "risk_without_contingency"
    SPEND_OVER_MEANS = "spend_over_means"
    PLANNED_LOSS = "planned_loss"
    CONTINGENCY_OVER_PROFIT = "contingency_over_profit"
    OVER_CAPACITY = "over_capacity"
    OWNER_OVERLOADED = "owner_overloaded"
    DRIVER_WITHOUT_RATE = "driver_without_rate"
    PLAN_MISSING = "plan_missing"
    MILESTONE_OVERDUE = "milestone_overdue"
    DECISION_WITHOUT_GOAL = "decision_without_goal"
    REVIEW_MISSING = "review_missing"


_ORDER = {code: place for place, code in enumerate(CheckCode)}
_LAST_ERROR = _ORDER[CheckCode.CASH_NEGATIVE]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; `subject` is the code, month or day it is about, or `plan`."""

    code: CheckCode
    severity: Severity
    subject: str


def plan_checks(facts: PlanFacts, figures: Figures | None = None) -> list[Finding]:
    """Check the plan alone: its baseline, its people, its risks (METHODS.md §15; DOMAIN §16).

    In the order of `CheckCode`, errors first, and within a code in the order of the company.
    `figures` saves adding up again what is at hand.

    >>> from aop.calc.report.example import shop
    >>> [f"{one.code} {one.subject}" for one in plan_checks(shop())][:2]
    ['goal_incomplete G1', 'initiative_incomplete I1']
    """
    figures = figures or Figures(facts)
    found = (
        *_goal_errors(facts),
        *_initiative_errors(facts),
        *_money_findings(facts, figures),
        *_plan_warnings(facts),
        *_profit_warnings(facts, figures),
        *_people_warnings(facts, figures),
        *_line_warnings(facts),
    )
    return _findings(found)


def year_checks(facts: PlanFacts) -> list[Finding]:
    """Check the year as of the last day of `through`; nothing before a month is closed.

    Milestones overdue, decisions without a goal, closed months before `through` without a review
    (METHODS.md §15; DOMAIN §16).

    >>> from aop.calc.report.example import shop
    >>> [f"{one.code} {one.subject}" for one in year_checks(shop())]
    ['milestone_overdue I1', 'review_missing 2026-01', 'review_missing 2026-02']
    """
    if facts.through is None:
        return []
    return _findings(_year_warnings(facts, facts.closed))


def linked_spending(facts: PlanFacts) -> tuple[int, int]:
    """Return how much of the planned spending serves a goal through an initiative, and all of it.

    Minor units of the baseline's year; what serves none is daily business. No line counts for
    more than it plans (METHODS.md §15).

    >>> from aop.calc.report.example import shop
    >>> linked_spending(shop())
    (60, 360)
    """
    wanted = _initiative_money(one for one in facts.initiatives if one.goals)
    planned = {
        line.code: total_or_zero(line.baseline) for line in facts.lines if line.kind in _SPENDING
    }
    linked = sum(min(wanted[code], amount) for code, amount in planned.items())
    return linked, sum(planned.values())


Found = tuple[CheckCode, str]


def _initiative_money(initiatives: Iterable[InitiativeFacts]) -> Counter[str]:
    wanted: Counter[str] = Counter()
    for initiative in initiatives:
        for line_code, amount in initiative.budget:
            wanted[line_code] += amount
    return wanted


def _findings(found: Iterable[Found]) -> list[Finding]:
    findings = [Finding(code, _severity(code), subject) for code, subject in found]
    return sorted(findings, key=lambda one: _ORDER[one.code])


def _severity(code: CheckCode) -> Severity:
    return Severity.ERROR if _ORDER[code] <= _LAST_ERROR else Severity.WARNING


def _goal_errors(facts: PlanFacts) -> Iterator[Found]:
    if not facts.goals:
        yield CheckCode.NO_GOAL, PLAN
    kpis = {kpi.code for kpi in facts.kpis}
    served = {code for initiative in facts.initiatives for code in initiative.goals}
    for goal in facts.goals:
        if goal.target is None or goal.basis is None or not goal.owner:
            yield CheckCode.GOAL_INCOMPLETE, goal.code
        if goal.kpi_code not in kpis:
            yield CheckCode.GOAL_WITHOUT_KPI, goal.code
        if goal.code not in served:
            yield CheckCode.GOAL_WITHOUT_INITIATIVE, goal.code
        if _lacks_baseline(goal):
            yield CheckCode.GOAL_WITHOUT_BASELINE, goal.code


def _lacks_baseline(goal: GoalFacts) -> bool:
    return goal.baseline is None and goal.kind in (GoalKind.GROW, GoalKind.REACH)


def _initiative_errors(facts: PlanFacts) -> Iterator[Found]:
    for initiative in facts.initiatives:
        if _is_incomplete(initiative, facts):
            yield CheckCode.INITIATIVE_INCOMPLETE, initiative.code
    wanted = _initiative_money(facts.initiatives)
    for line in facts.lines:
        if wanted[line.code] > total_or_zero(line.baseline):
            yield CheckCode.INITIATIVES_OVER_LINE, line.code


def _is_incomplete(initiative: InitiativeFacts, facts: PlanFacts) -> bool:
    if not (initiative.goals and initiative.owner and initiative.budget):
        return True
    start, end = initiative.start, initiative.end
    if start is None or end is None:
        return True
    return not facts.year.first_day <= start <= end <= facts.year.last_day


def _money_findings(facts: PlanFacts, figures: Figures) -> Iterator[Found]:
    months = [str(month) for month in facts.year]
    opening = facts.opening_stock
    if opening is not None:
        # |closing − opening| > 50 % of opening, in whole numbers
        odd = (
            closing is not None and (closing < 0 or 2 * abs(closing - opening) > abs(opening))
            for closing in figures.stock_baseline
        )
        yield from _first(CheckCode.STOCK_INCONSISTENT, months, odd)
    closings = [month.closing for month in figures.cash_baseline]
    yield from _first(CheckCode.CASH_NEGATIVE, months, (one < 0 for one in closings))
    below = (one < facts.minimum_cash for one in closings)
    yield from _first(CheckCode.CASH_BELOW_MINIMUM, months, below)


def _first(code: CheckCode, months: list[str], hits: Iterable[bool]) -> list[Found]:
    return [(code, month) for month, is_hit in zip(months, hits, strict=True) if is_hit][:1]


def _plan_warnings(facts: PlanFacts) -> Iterator[Found]:
    limits = (
        (CheckCode.TOO_MANY_GOALS, len(facts.goals) > MOST_GOALS),
        (CheckCode.TOO_MANY_INITIATIVES, len(facts.initiatives) > MOST_INITIATIVES),
        (CheckCode.TOO_MANY_KPIS, sum(kpi.headline for kpi in facts.kpis) > MOST_KPIS),
        (CheckCode.NOTHING_LEFT_OUT, not facts.not_doing_count),
        (CheckCode.NO_REVIEW_RHYTHM, not facts.review_rhythm.strip()),
    )
    yield from ((code, PLAN) for code, is_hit in limits if is_hit)
    for risk in facts.risks:
        has_money = (risk.contingency_amount or 0) > 0
        is_large = risk_score(risk.likelihood, risk.impact) >= LARGE_RISK
        if is_large and not has_money and not risk.contingency.strip():
            yield CheckCode.RISK_WITHOUT_CONTINGENCY, risk.code


def _profit_warnings(facts: PlanFacts, figures: Figures) -> Iterator[Found]:
    spending = figures.amount(figures.codes_of(_SPENDING), Column.BASELINE) or 0
    revenue = figures.total(TotalName.REVENUE, Column.BASELINE) or 0
    if spending > revenue + facts.opening_cash - facts.minimum_cash:
        yield CheckCode.SPEND_OVER_MEANS, PLAN
    profit = figures.total(TotalName.OPERATING_PROFIT, Column.BASELINE)
    if profit is None:
        return
    if profit < 0:
        yield CheckCode.PLANNED_LOSS, PLAN
    contingency = figures.amount(figures.codes_of((LineKind.CONTINGENCY,)), Column.BASELINE)
    if (contingency or 0) > max(profit, 0):
        yield CheckCode.CONTINGENCY_OVER_PROFIT, PLAN


def _people_warnings(facts: PlanFacts, figures: Figures) -> Iterator[Found]:
    for one in overloads(facts.people, figures.loads):
        yield CheckCode.OVER_CAPACITY, f"{one.person} {facts.year.first.plus(one.index)}"
    count = len(facts.initiatives)
    owned = Counter(initiative.owner for initiative in facts.initiatives)
    for person in facts.people:
        if count >= _FEW_INITIATIVES and 2 * owned[person.code] > count:
            yield CheckCode.OWNER_OVERLOADED, person.code


def _line_warnings(facts: PlanFacts) -> Iterator[Found]:
    for line in facts.lines:
        if line.driver_code and line.driver_ratio is None:
            yield CheckCode.DRIVER_WITHOUT_RATE, line.code
    for line in facts.lines:
        if None in line.baseline:
            yield CheckCode.PLAN_MISSING, line.code


def _year_warnings(facts: PlanFacts, closed: int) -> Iterator[Found]:
    last = facts.year.first.plus(closed - 1)
    day = last.last_day
    for initiative in facts.initiatives:
        states = [milestone_state(milestone, day) for milestone in initiative.milestones]
        if MilestoneState.OVERDUE in states:
            yield CheckCode.MILESTONE_OVERDUE, initiative.code
    for decision in facts.decisions:
        if decision.day <= day and not decision.goals:
            yield CheckCode.DECISION_WITHOUT_GOAL, decision.day.isoformat()
    for month in facts.year.months[: closed - 1]:
        if month not in facts.reviewed:
            yield CheckCode.REVIEW_MISSING, str(month)
