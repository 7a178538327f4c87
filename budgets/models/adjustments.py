"""Frozen versions of a plan, and the adjustments that move money afterwards."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aop.fields import first_day_check, money_field, month_field
from aop.tenancy.models import NAME_LENGTH, NOTE_LENGTH, TenantModel
from budgets.models.lines import BudgetLine
from planning.models import Goal, GoalLink, Plan


class PlanVersion(TenantModel):
    """The whole plan as it stood when it was approved, names and structure included.

    `document` holds the files of the plan folder as text, so that a version never
    depends on rows that live on. Number 1 is the baseline.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Version"))
    approved_on = models.DateField(_("Approved on"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    document = models.JSONField()

    class Meta(TenantModel.Meta):
        ordering = ["number"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"


class Adjustment(TenantModel):
    """A change of the approved budget from an open month on, with what is given up."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="adjustments")
    number = models.PositiveSmallIntegerField(_("Number"))
    proposed_on = models.DateField(_("Proposed on"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    approved_on = models.DateField(_("Approved on"), null=True, blank=True)
    approved_by = models.CharField(_("Approved by"), max_length=NAME_LENGTH, blank=True)
    effective_from = month_field(verbose_name=_("In force from"))
    reason = models.TextField(_("Reason"), max_length=NOTE_LENGTH)
    trade_off = models.TextField(_("What do we give up?"), max_length=NOTE_LENGTH)
    source = models.CharField(_("Where the money comes from"), max_length=NOTE_LENGTH, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["number"]
        verbose_name = _("Adjustment")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "number"], name="adjustment_number_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    def get_absolute_url(self) -> str:
        """Return the page of the adjustment."""
        return reverse(
            "budgets:adjustment_detail",
            args=[self.company.slug, self.plan.fiscal_year, self.number],
        )

    @property
    def is_approved(self) -> bool:
        """Whether its moves count."""
        return self.approved_on is not None


class AdjustmentGoal(GoalLink):
    """A goal that the adjustment protects."""

    adjustment = models.ForeignKey(Adjustment, models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="adjustment_links")


class AdjustmentMove(TenantModel):
    """Money added to (+) or taken from (−) one line in one month."""

    adjustment = models.ForeignKey(Adjustment, models.CASCADE, related_name="moves")
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="moves", verbose_name=_("Budget line")
    )
    first_day = month_field(verbose_name=_("Month"))
    amount = money_field(verbose_name=_("Amount"))

    class Meta(TenantModel.Meta):
        ordering = ["id"]
        constraints = [
            *TenantModel.Meta.constraints,
            first_day_check("move_day_one"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.first_day:%Y-%m} {self.amount:+d}"
