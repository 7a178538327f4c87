"""Goals: few, ranked, each measured by one headline KPI."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aop.fields import value_field
from aop.tenancy.models import CODE_LENGTH, NAME_LENGTH, NOTE_LENGTH, TenantModel
from planning.models.plans import PlanPart
from planning.models.resources import Person


class GoalKind(models.TextChoices):
    """What kind of result a goal asks for."""

    GROW = "grow", _("Grow to")
    REACH = "reach", _("Reach")
    AT_LEAST = "at_least", _("Stay at or above")
    AT_MOST = "at_most", _("Stay at or below")


class Basis(models.TextChoices):
    """Which period the target is meant for."""

    FULL_YEAR = "full_year", _("Full year")
    EXIT_MONTH = "exit_month", _("Last month of the year")
    EXIT_QUARTER = "exit_quarter", _("Last quarter of the year")


class Threshold(models.TextChoices):
    """Which thresholds colour the goal; empty means the default of its kind."""

    DEFAULT = "", _("Usual for this kind")
    ATTAINMENT = "attainment", _("Share of the plan reached")
    SHARE_GAP = "share_gap", _("Gap to the path")
    FLOOR_GAP = "floor_gap", _("Gap to the floor")
    CAP_GAP = "cap_gap", _("Gap to the cap")
    SPEND_RATIO = "spend_ratio", _("Spending against the plan")


class Goal(PlanPart):
    """A business result for the year with target, basis and person in charge."""

    code = models.CharField(_("Code"), max_length=CODE_LENGTH)
    name = models.CharField(_("Goal"), max_length=NAME_LENGTH)
    rank = models.PositiveSmallIntegerField(_("Rank"), default=1)
    kind = models.CharField(_("Kind"), max_length=10, choices=GoalKind.choices)
    kpi = models.ForeignKey(
        "planning.Kpi",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="headline_goals",
        verbose_name=_("Headline KPI"),
    )
    unit = models.CharField(_("Unit"), max_length=10, blank=True)  # only while there is no KPI
    baseline = value_field(verbose_name=_("Baseline (starting value)"), null=True, blank=True)
    target = value_field(verbose_name=_("Target"), null=True, blank=True)
    basis = models.CharField(_("Basis"), max_length=15, choices=Basis.choices, blank=True)
    basis_note = models.TextField(_("Note on the basis"), max_length=NOTE_LENGTH, blank=True)
    why = models.TextField(_("Why this goal"), max_length=NOTE_LENGTH, blank=True)
    threshold = models.CharField(
        _("Thresholds"), max_length=15, choices=Threshold.choices, blank=True, default=""
    )
    owner = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("Person in charge"),
    )

    class Meta(PlanPart.Meta):
        ordering = ["rank", "position", "id"]
        verbose_name = _("Goal")
        constraints = [
            *PlanPart.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "code"], name="goal_code_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def value_unit(self) -> str:
        """What baseline and target are: money, ratio or number."""
        return self.kpi.unit if self.kpi else self.unit


class GoalLink(TenantModel):
    """Something that serves or hits a goal; the first link is the main one."""

    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta(TenantModel.Meta):
        abstract = True
        ordering = ["position", "id"]
