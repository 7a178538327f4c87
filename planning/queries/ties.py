"""What stands behind each goal: initiatives with their money, and risks that would hit it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Sum

from planning.models import (
    Initiative,
    InitiativeBudget,
    InitiativeGoal,
    Kpi,
    KpiGoal,
    Plan,
    Risk,
    RiskGoal,
)


@dataclass(frozen=True, slots=True)
class GoalTies:
    """What is tied to one goal; `amount` is the money of the initiatives it is the main goal of.

    None while none of them says what it costs, which is not 0.
    """

    initiatives: list[Initiative] = field(default_factory=list)
    also_served_by: list[Initiative] = field(default_factory=list)
    risks: list[Risk] = field(default_factory=list)
    kpis: list[Kpi] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)

    @property
    def amount(self) -> int | None:
        """The sum of the money, None when none is known."""
        return sum(self.amounts) if self.amounts else None


def goal_ties(plan: Plan) -> defaultdict[int, GoalTies]:
    """Return what is tied to each goal, by the goal's id; four queries."""
    ties: defaultdict[int, GoalTies] = defaultdict(GoalTies)
    amounts = _amounts(plan)
    for link, initiative, is_main in _initiative_links(plan):
        tie = ties[link.goal_id]
        (tie.initiatives if is_main else tie.also_served_by).append(initiative)
        if is_main and initiative.pk in amounts:
            tie.amounts.append(amounts[initiative.pk])
    company = plan.company
    risks = RiskGoal.objects.for_company(company).filter(risk__plan=plan, risk__is_closed=False)
    for hit in risks.select_related("risk").order_by("risk__position", "risk_id"):
        ties[hit.goal_id].risks.append(hit.risk)
    kpis = KpiGoal.objects.for_company(company).filter(kpi__plan=plan)
    for told in kpis.select_related("kpi").order_by("kpi__position", "kpi_id"):
        ties[told.goal_id].kpis.append(told.kpi)
    return ties


def _initiative_links(plan: Plan) -> list[tuple[InitiativeGoal, Initiative, bool]]:
    """Return every tie with its initiative in the order of importance, the main goal marked."""
    links = InitiativeGoal.objects.for_company(plan.company).filter(initiative__plan=plan)
    ordered = links.select_related("initiative").order_by(
        "initiative__position", "initiative_id", "position", "id"
    )
    seen: set[int] = set()
    found = []
    for link in ordered:
        found.append((link, link.initiative, link.initiative_id not in seen))
        seen.add(link.initiative_id)
    return found


def _amounts(plan: Plan) -> dict[int, int]:
    rows = InitiativeBudget.objects.for_company(plan.company).filter(initiative__plan=plan)
    return dict(rows.order_by().values_list("initiative_id").annotate(Sum("amount")))
