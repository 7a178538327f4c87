"""Which goals an initiative, KPI or risk is tied to; the first one is the main goal."""

from collections.abc import Sequence

from planning.models import Goal, Initiative, InitiativeGoal, Kpi, KpiGoal, Risk, RiskGoal
from planning.services.parts import Changes


def set_goal_links(row: Initiative | Kpi | Risk, goals: Sequence[Goal] | None) -> Changes:
    """Tie `row` to exactly these goals in this order; return what that changed, by codes.

    None leaves the ties as they are.

    Raises:
        ValueError: A goal belongs to another plan.
    """
    if goals is None:
        return {}
    if any(goal.plan_id != row.plan_id for goal in goals):
        raise ValueError("a goal belongs to another plan")
    wanted = list(dict.fromkeys(goals))
    before = list(row.goal_links.values_list("goal__code", flat=True))
    after = [goal.code for goal in wanted]
    if before == after:
        return {}
    row.goal_links.all().delete()
    _write(row, wanted)
    return {"goals": (before, after)}


def _write(row: Initiative | Kpi | Risk, goals: Sequence[Goal]) -> None:
    for position, goal in enumerate(goals):
        values = {"company": row.company, "goal": goal, "position": position}
        if isinstance(row, Initiative):
            InitiativeGoal.objects.create(initiative=row, **values)
        elif isinstance(row, Kpi):
            KpiGoal.objects.create(kpi=row, **values)
        else:
            RiskGoal.objects.create(risk=row, **values)
