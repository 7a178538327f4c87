"""One line in one month, and the state of each month of a plan."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aop.fields import first_day_check, money_field, month_field
from aop.tenancy.models import NOTE_LENGTH, TenantModel
from budgets.models.lines import BudgetLine
from planning.models import Plan


class LineMonth(TenantModel):
    """What one line is planned to bring in or cost in one month, and what it did.

    `planned_amount` is the amount in force: typed while the plan is a draft, afterwards
    `baseline_amount` plus the moves of the approved adjustments. `actual_amount` is the
    kept total of the entries, None while there is none. A missing amount is not 0.
    """

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="months")
    first_day = month_field(verbose_name=_("Month"))
    planned_amount = money_field(verbose_name=_("Planned"), null=True, blank=True)
    baseline_amount = money_field(verbose_name=_("Baseline plan"), null=True, blank=True)
    last_year_amount = money_field(verbose_name=_("Last year"), null=True, blank=True)
    actual_amount = money_field(verbose_name=_("Actual"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=NOTE_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta(TenantModel.Meta):
        ordering = ["first_day"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["line", "first_day"], name="line_month_once"),
            first_day_check("line_month_day_one"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.first_day:%Y-%m}"


class PlanMonth(TenantModel):
    """The state of one month of a plan: open or closed, and what was counted at its end.

    Every plan has its twelve rows from the start. Whoever writes actuals of a month
    locks its row first; closing locks the same row, so nothing slips in behind it.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="months")
    first_day = month_field(verbose_name=_("Month"))
    closed_at = models.DateTimeField(_("Closed at"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    cash_counted_amount = money_field(verbose_name=_("Cash counted"), null=True, blank=True)
    stock_counted_amount = money_field(verbose_name=_("Stock counted"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["first_day"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "first_day"], name="plan_month_once"),
            first_day_check("plan_month_day_one"),
        ]

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"

    @property
    def is_closed(self) -> bool:
        """Whether no write path may touch the month any more."""
        return self.closed_at is not None
