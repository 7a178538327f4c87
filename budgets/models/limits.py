"""Commitments: what is ordered or contracted, not yet an actual."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aop.fields import first_day_check, money_field, month_field
from aop.tenancy.models import CODE_LENGTH, NOTE_LENGTH
from budgets.models.lines import BudgetLine
from planning.models import PlanPart


class CommitmentStatus(models.TextChoices):
    """Whether the promised money still counts."""

    OPEN = "open", pgettext_lazy("commitment", "Open")
    CLOSED = "closed", _("Closed")


class Commitment(PlanPart):
    """Promised money on one line, expected in one month."""

    code = models.CharField(_("Code"), max_length=CODE_LENGTH)
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="commitments", verbose_name=_("Budget line")
    )
    first_day = month_field(verbose_name=_("Month"))
    amount = money_field(verbose_name=_("Amount"))
    note = models.CharField(_("For what"), max_length=NOTE_LENGTH, blank=True)
    status = models.CharField(
        _("Status"),
        max_length=8,
        choices=CommitmentStatus.choices,
        default=CommitmentStatus.OPEN,
    )

    class Meta(PlanPart.Meta):
        verbose_name = _("Commitment")
        constraints = [
            *PlanPart.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "code"], name="commitment_code_once"),
            first_day_check("commitment_day_one"),
        ]

    def __str__(self) -> str:
        return self.note or self.code
