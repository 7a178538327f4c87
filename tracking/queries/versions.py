"""Which version of the plan is in force."""

from dataclasses import dataclass
from datetime import date

from budgets.models import Adjustment
from planning.models import Plan


@dataclass(frozen=True, slots=True)
class Version:
    """Version 1 is the approved baseline; each approved adjustment makes the next. 0: a draft."""

    number: int
    approved_on: date | None

    @property
    def is_adjusted(self) -> bool:
        """Whether the current plan is another one than the baseline."""
        return self.number > 1


def plan_version(plan: Plan) -> Version:
    """Return the version in force, from one query."""
    if not plan.is_frozen:
        return Version(0, None)
    adjustments = Adjustment.objects.for_company(plan.company).filter(plan=plan)
    approved = adjustments.exclude(approved_on=None).order_by("number")
    days = list(approved.values_list("approved_on", flat=True))
    return Version(1 + len(days), days[-1] if days else plan.approved_on)
