"""The facts behind the report: the plan's, and what only tracking knows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from aop.calc.months import Month
from aop.calc.report.facts import NO_CELLS, Cells, DecisionFacts, PlanFacts
from budgets.models import PlanMonth
from budgets.queries.facts import plan_facts
from planning.models import Plan
from tracking.models import Decision, ManualForecast, Review


def report_facts(
    plan: Plan,
    *,
    through: Month | None = None,
    months: Sequence[PlanMonth] | None = None,
    reviewed: frozenset[Month] | None = None,
) -> PlanFacts:
    """Return everything that the report of `plan` is made of, from fifteen queries.

    `through` is the month looked at, the last closed one by default. `months` and
    `reviewed` spare a query each where the caller has them.
    """
    facts = plan_facts(plan, through=through, months=months)
    manual = _manual(plan)
    return replace(
        facts,
        lines=tuple(replace(line, manual=manual.get(line.code, NO_CELLS)) for line in facts.lines)
        if manual
        else facts.lines,
        decisions=_decisions(plan),
        reviewed=_reviewed(plan) if reviewed is None else reviewed,
    )


def _reviewed(plan: Plan) -> frozenset[Month]:
    reviews = Review.objects.for_company(plan.company).filter(plan=plan)
    return frozenset(map(Month.of, reviews.values_list("first_day", flat=True)))


def _manual(plan: Plan) -> dict[str, Cells]:
    found: dict[str, dict[date, int]] = defaultdict(dict)
    rows = (
        ManualForecast.objects.for_company(plan.company)
        .filter(line__plan=plan)
        .values_list("line__code", "first_day", "amount")
    )
    for code, first_day, amount in rows:
        found[code][first_day] = amount
    return {
        code: tuple(amounts.get(month.first_day) for month in plan.year)
        for code, amounts in found.items()
    }


def _decisions(plan: Plan) -> tuple[DecisionFacts, ...]:
    rows = (
        Decision.objects.for_company(plan.company)
        .filter(plan=plan)
        .order_by("position", "id", "goal_links__position", "goal_links__id")
        .values_list("pk", "date", "goal_links__goal__code")
    )
    found: dict[int, tuple[date, list[str]]] = {}
    for pk, day, goal in rows:
        goals = found.setdefault(pk, (day, []))[1]
        if goal is not None:
            goals.append(goal)
    return tuple(DecisionFacts(day, tuple(goals)) for day, goals in found.values())
