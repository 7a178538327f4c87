"""The plan's models."""

from planning.models.actions import (
    Initiative,
    InitiativeBudget,
    InitiativeGoal,
    InitiativeStatus,
    Milestone,
)
from planning.models.goals import Basis, Goal, GoalKind, GoalLink, Threshold
from planning.models.kpis import Better, Kpi, KpiGoal, KpiMonth, MeasureKind, Unit
from planning.models.plans import (
    Assumption,
    NotDoing,
    Plan,
    PlanPart,
    PlanStatus,
    Priority,
    Rhythm,
    StillTrue,
)
from planning.models.resources import Allocation, Person
from planning.models.risks import Risk, RiskGoal, TriggerOp, TriggerScope

__all__ = [
    "Allocation",
    "Assumption",
    "Basis",
    "Better",
    "Goal",
    "GoalKind",
    "GoalLink",
    "Initiative",
    "InitiativeBudget",
    "InitiativeGoal",
    "InitiativeStatus",
    "Kpi",
    "KpiGoal",
    "KpiMonth",
    "MeasureKind",
    "Milestone",
    "NotDoing",
    "Person",
    "Plan",
    "PlanPart",
    "PlanStatus",
    "Priority",
    "Rhythm",
    "Risk",
    "RiskGoal",
    "StillTrue",
    "Threshold",
    "TriggerOp",
    "TriggerScope",
    "Unit",
]
