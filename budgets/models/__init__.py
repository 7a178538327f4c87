"""The budget's models."""

from budgets.models.adjustments import Adjustment, AdjustmentGoal, AdjustmentMove, PlanVersion
from budgets.models.limits import Commitment, CommitmentStatus
from budgets.models.lines import KIND_CHOICES, METHOD_CHOICES, POLICY_CHOICES, BudgetLine
from budgets.models.months import LineMonth, PlanMonth

__all__ = [
    "KIND_CHOICES",
    "METHOD_CHOICES",
    "POLICY_CHOICES",
    "Adjustment",
    "AdjustmentGoal",
    "AdjustmentMove",
    "BudgetLine",
    "Commitment",
    "CommitmentStatus",
    "LineMonth",
    "PlanMonth",
    "PlanVersion",
]
