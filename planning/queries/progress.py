"""How far a plan is on its nine steps: one query, whatever its size."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from planning.models import (
    Allocation,
    Assumption,
    Goal,
    Initiative,
    InitiativeBudget,
    InitiativeGoal,
    Kpi,
    NotDoing,
    Person,
    Plan,
    Priority,
    Risk,
)

LARGE_RISK = 12


class Step(StrEnum):
    """The steps to an approved plan, in order."""

    DIRECTION = "direction"
    GOALS = "goals"
    BUDGET = "budget"
    ACTIONS = "actions"
    RESOURCES = "resources"
    RISKS = "risks"
    KPIS = "kpis"
    CHECK = "check"
    APPROVE = "approve"


class StepState(StrEnum):
    """How far a step is; budget, check and approval are not for planning to judge."""

    DONE = "done"
    PART = "part"
    TODO = "todo"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class StepProgress:
    """One step: `done` of `total` things are there; both 0 while nothing is."""

    step: Step
    state: StepState
    done: int = 0
    total: int = 0


def progress(plan: Plan) -> tuple[StepProgress, ...]:
    """Return the nine steps with how far each is, from one query."""
    if plan.is_frozen:
        return tuple(StepProgress(step, StepState.DONE) for step in Step)
    counts = _counts(plan)
    return (
        _step(Step.DIRECTION, *_direction(plan, counts)),
        _step(Step.GOALS, counts["goals_complete"], counts["goals"]),
        StepProgress(Step.BUDGET, StepState.UNKNOWN),
        _step(Step.ACTIONS, counts["initiatives_complete"], counts["initiatives"]),
        _step(Step.RESOURCES, counts["people_busy"], counts["people"]),
        _step(Step.RISKS, counts["risks_covered"], counts["risks"]),
        _step(Step.KPIS, counts["goals_measured"], counts["goals"] if counts["kpis"] else 0),
        StepProgress(Step.CHECK, StepState.UNKNOWN),
        StepProgress(Step.APPROVE, StepState.TODO),
    )


def _step(step: Step, done: int, total: int) -> StepProgress:
    if not total:
        return StepProgress(step, StepState.TODO)
    state = StepState.DONE if done >= total else StepState.PART
    return StepProgress(step, state, done, total)


def _direction(plan: Plan, counts: dict[str, int]) -> tuple[int, int]:
    parts = (
        bool(plan.where_we_are.strip()),
        bool(plan.where_we_go.strip()),
        counts["priorities"] > 0,
        counts["not_doing"] > 0,
        counts["assumptions"] > 0,
        plan.opening_cash_amount is not None and plan.minimum_cash_amount is not None,
    )
    return sum(parts), len(parts) if any(parts) else 0


def _counts(plan: Plan) -> dict[str, int]:
    rows = Plan.objects.for_company(plan.company).filter(pk=plan.pk)
    counts = {f"count_{name}": _count(part) for name, part in _parts(plan).items()}
    found = rows.annotate(**counts).values(*counts).get()
    return {name.removeprefix("count_"): number for name, number in found.items()}


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.filter(plan=OuterRef("pk")).order_by().values("plan")
    number = counted.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), Value(0))


def _parts(plan: Plan) -> dict[str, QuerySet[Any]]:
    company = plan.company
    goals = Goal.objects.for_company(company)
    people = Person.objects.for_company(company)
    risks = Risk.objects.for_company(company).filter(is_closed=False)
    busy = Allocation.objects.for_company(company).filter(person=OuterRef("pk"), percent__gt=0)
    return {
        "priorities": Priority.objects.for_company(company),
        "not_doing": NotDoing.objects.for_company(company),
        "assumptions": Assumption.objects.for_company(company),
        "goals": goals,
        "goals_complete": goals.exclude(
            Q(target=None) | Q(basis="") | Q(owner=None) | Q(kind="grow", baseline=None)
        ),
        "goals_measured": goals.exclude(kpi=None),
        "kpis": Kpi.objects.for_company(company),
        "initiatives": Initiative.objects.for_company(company),
        "initiatives_complete": complete_initiatives(plan),
        "people": people,
        "people_busy": people.filter(Exists(busy)),
        "risks": risks,
        "risks_covered": _covered(risks),
    }


def complete_initiatives(plan: Plan) -> QuerySet[Initiative]:
    """Return the initiatives with goal, person, dates and money; 0 is money too."""
    company = plan.company
    links = InitiativeGoal.objects.for_company(company).filter(initiative=OuterRef("pk"))
    budgets = InitiativeBudget.objects.for_company(company).filter(initiative=OuterRef("pk"))
    rows = Initiative.objects.for_company(company).filter(Exists(links), Exists(budgets))
    return rows.exclude(Q(owner=None) | Q(start=None) | Q(end=None))


def _covered(risks: QuerySet[Risk]) -> QuerySet[Risk]:
    """Narrow to small risks and those with an answer: a text, or money above 0."""
    small = [
        Q(likelihood=likelihood, impact__lt=-(-LARGE_RISK // likelihood))
        for likelihood in range(1, 6)
    ]
    answered = ~Q(contingency="") | Q(contingency_amount__gt=0)
    return risks.filter(small[0] | small[1] | small[2] | small[3] | small[4] | answered)
