"""Actuals: the entries, and the forecasts that people type."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aop.fields import first_day_check, money_field, month_field
from aop.tenancy.models import NAME_LENGTH, NOTE_LENGTH, TenantModel
from budgets.models import BudgetLine
from planning.models import Initiative, Plan


class Entry(TenantModel):
    """One dated amount on a line; withdrawn ones stay for the record and count no more."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="entries")
    code = models.CharField(_("Number"), max_length=60)
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="entries", verbose_name=_("Budget line")
    )
    date = models.DateField(_("Date"))
    first_day = month_field(verbose_name=_("Month"))
    amount = money_field(verbose_name=_("Amount"))
    note = models.CharField(_("Note"), max_length=NOTE_LENGTH, blank=True)
    ref = models.CharField(_("Reference"), max_length=NAME_LENGTH, blank=True)
    source = models.CharField(_("Source"), max_length=NAME_LENGTH, blank=True)
    initiative = models.ForeignKey(
        Initiative,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("Initiative"),
    )
    key = models.CharField(max_length=64, blank=True, editable=False)  # of one submission
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    logged_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(TenantModel.Meta):
        ordering = ["id"]
        verbose_name = _("Entry")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "code"], name="entry_code_once"),
            models.UniqueConstraint(
                fields=["plan", "key"], condition=~models.Q(key=""), name="entry_key_once"
            ),
            first_day_check("entry_day_one"),
        ]
        indexes = [
            models.Index(
                fields=["plan", "line", "first_day", "withdrawn_at", "amount"],
                name="entry_line_month",
            ),
            models.Index(fields=["plan", "first_day", "-id"], name="entry_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.line} {self.date}"


class ManualForecast(TenantModel):
    """What somebody expects of a line in an open month; it wins over the computed."""

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="manual_forecasts")
    first_day = month_field(verbose_name=_("Month"))
    amount = money_field(verbose_name=_("Amount"))
    note = models.CharField(_("Note"), max_length=NOTE_LENGTH, blank=True)
    author = models.CharField(_("Author"), max_length=NAME_LENGTH, blank=True)
    typed_on = models.DateField(_("Typed on"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["id"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["line", "first_day"], name="manual_forecast_once"),
            first_day_check("manual_forecast_day_one"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.first_day:%Y-%m}"
