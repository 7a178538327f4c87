"""What must not be shown to members who may not see private lines."""

from aop.calc.measures import measure_codes
from aop.calc.report.facts import PlanFacts


def private_kpis(facts: PlanFacts) -> frozenset[str]:
    """Return the codes of the KPIs that a private line goes into: their values would tell it."""
    private = {line.code for line in facts.lines if line.is_private}
    return frozenset(kpi.code for kpi in facts.kpis if private & {*measure_codes(kpi.measure)})


def private_goals(facts: PlanFacts) -> frozenset[str]:
    """Return the codes of the goals that such a KPI measures."""
    kpis = private_kpis(facts)
    return frozenset(goal.code for goal in facts.goals if goal.kpi_code in kpis)
