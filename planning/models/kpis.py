"""KPIs: what is measured, its targets and what was typed by hand."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from aop.fields import first_day_check, month_field, value_field
from aop.tenancy.models import CODE_LENGTH, NAME_LENGTH, TenantModel
from planning.models.goals import Goal, GoalLink
from planning.models.plans import PlanPart
from planning.models.resources import Person


class Unit(models.TextChoices):
    """What the values of a KPI or goal are."""

    MONEY = "money", _("Money")
    RATIO = "ratio", _("Percent")
    NUMBER = "number", _("Number")


class Better(models.TextChoices):
    """Which way is good."""

    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")


class MeasureKind(models.TextChoices):
    """The ways in which a KPI is measured (CONTRACT §3)."""

    TOTAL = "total", _("Sum of lines")
    RATIO = "ratio", _("Lines divided by lines")
    MARGIN = "margin", _("Margin: (revenue − cost) ÷ revenue")
    CLOSING_STOCK = "closing_stock", _("Closing stock")
    CLOSING_CASH = "closing_cash", _("Closing cash")
    ATTAINMENT = "attainment", _("Actual divided by plan")
    LOAD_OF = "load_of", _("Load of a person")
    MANUAL = "manual", _("Logged by hand")


class Kpi(PlanPart):
    """One measured number.

    `measure` is structured data with exactly one key of `MeasureKind`, such as
    `{"ratio": {"of": ["REV-ONL"], "to": ["REV-STORE", "REV-ONL"]}}`; lines stand in it by
    their codes, which never change once given.
    """

    code = models.CharField(_("Code"), max_length=CODE_LENGTH)
    name = models.CharField(_("Name"), max_length=NAME_LENGTH)
    unit = models.CharField(_("Unit"), max_length=10, choices=Unit.choices)
    better = models.CharField(_("Direction"), max_length=10, choices=Better.choices)
    measure = models.JSONField(default=dict)
    floor = value_field(verbose_name=_("Not below"), null=True, blank=True)
    cap = value_field(verbose_name=_("Not above"), null=True, blank=True)
    headline = models.BooleanField(_("Shown among the KPIs"), default=True)
    owner = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="kpis",
        verbose_name=_("Person in charge"),
    )

    class Meta(PlanPart.Meta):
        verbose_name = _("KPI")
        constraints = [
            *PlanPart.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "code"], name="kpi_code_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def value_unit(self) -> str:
        """What floor, cap, targets and actuals are: money, ratio or number."""
        return self.unit

    @property
    def measure_kind(self) -> str:
        """The one key of `measure`."""
        return next(iter(self.measure), MeasureKind.MANUAL)

    @property
    def measured_on(self) -> Any:
        """What the measure is taken of: codes, a person's code, or True."""
        return self.measure.get(self.measure_kind)


class KpiGoal(GoalLink):
    """A goal that the KPI tells about."""

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="kpi_links")


class KpiMonth(TenantModel):
    """The target of a KPI for one month, and the value logged by hand."""

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="months")
    first_day = month_field(verbose_name=_("Month"))
    target_value = value_field(verbose_name=_("Target"), null=True, blank=True)
    actual_value = value_field(verbose_name=_("Actual"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["first_day"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["kpi", "first_day"], name="kpi_month_once"),
            first_day_check("kpi_month_day_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kpi} {self.first_day:%Y-%m}"
