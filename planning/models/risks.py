"""Risks: how likely, how bad, how we notice and what we do then."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from aop.fields import money_field, value_field
from aop.tenancy.models import CODE_LENGTH, NAME_LENGTH, NOTE_LENGTH
from planning.models.goals import Goal, GoalLink
from planning.models.kpis import Kpi
from planning.models.plans import PlanPart
from planning.models.resources import Person

SCALE = [MinValueValidator(1), MaxValueValidator(5)]


class TriggerOp(models.TextChoices):
    """How the KPI is compared with the trigger's value."""

    BELOW = "<", _("falls below")
    AT_MOST = "<=", _("is at or below")
    ABOVE = ">", _("rises above")
    AT_LEAST = ">=", _("is at or above")


class TriggerScope(models.TextChoices):
    """Which value of the KPI the trigger looks at."""

    MONTH = "month", _("in a month")
    YTD = "ytd", _("year to date")


class Risk(PlanPart):
    """An uncertain event that could hurt a goal."""

    code = models.CharField(_("Code"), max_length=CODE_LENGTH)
    name = models.CharField(_("Risk"), max_length=NAME_LENGTH)
    likelihood = models.PositiveSmallIntegerField(_("Likelihood"), validators=SCALE)
    impact = models.PositiveSmallIntegerField(_("Impact"), validators=SCALE)
    owner = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="risks",
        verbose_name=_("Person in charge"),
    )
    trigger_kpi = models.ForeignKey(
        Kpi,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="triggered_risks",
        verbose_name=_("KPI to watch"),
    )
    trigger_op = models.CharField(
        _("Fires when it"), max_length=2, choices=TriggerOp.choices, blank=True
    )
    trigger_value = value_field(verbose_name=_("this value"), null=True, blank=True)
    trigger_scope = models.CharField(
        _("Measured"), max_length=5, choices=TriggerScope.choices, blank=True
    )
    trigger_consecutive = models.PositiveSmallIntegerField(
        _("Months in a row"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    contingency = models.TextField(_("Contingency plan"), max_length=NOTE_LENGTH, blank=True)
    contingency_amount = money_field(verbose_name=_("Reserve"), null=True)
    is_closed = models.BooleanField(_("Closed: no longer a risk"), default=False)

    class Meta(PlanPart.Meta):
        verbose_name = _("Risk")
        constraints = [
            *PlanPart.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "code"], name="risk_code_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def value_unit(self) -> str:
        """What the trigger's value is: money, ratio or number."""
        return self.trigger_kpi.unit if self.trigger_kpi else ""

    @property
    def score(self) -> int:
        """Likelihood times impact, 1 to 25."""
        return self.likelihood * self.impact


class RiskGoal(GoalLink):
    """A goal that the risk would hit."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="risk_links")
