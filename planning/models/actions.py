"""Initiatives: a few focused pieces of work with money, months and milestones."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aop.fields import money_field
from aop.tenancy.models import CODE_LENGTH, NAME_LENGTH, TenantModel
from planning.models.goals import Goal, GoalLink
from planning.models.plans import Plan, PlanPart
from planning.models.resources import Person


class InitiativeStatus(models.TextChoices):
    """What the person in charge says of the work."""

    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("Needs attention")
    OFF_TRACK = "off_track", _("Off track")
    DONE = "done", _("Done")
    POSTPONED = "postponed", _("Postponed")
    DROPPED = "dropped", _("Dropped")


class Initiative(PlanPart):
    """One focused piece of work that serves one or more goals; `position` is its order."""

    code = models.CharField(_("Code"), max_length=CODE_LENGTH)
    name = models.CharField(_("Initiative"), max_length=NAME_LENGTH)
    owner = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("Person in charge"),
    )
    start = models.DateField(_("Start"), null=True, blank=True)
    end = models.DateField(_("End"), null=True, blank=True)
    status = models.CharField(
        _("Status"),
        max_length=15,
        choices=InitiativeStatus.choices,
        default=InitiativeStatus.NOT_STARTED,
    )

    class Meta(PlanPart.Meta):
        verbose_name = _("Initiative")
        constraints = [
            *PlanPart.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "code"], name="initiative_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class InitiativeGoal(GoalLink):
    """A goal that the initiative serves; the first is the main one."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="initiative_links")


class InitiativeBudget(TenantModel):
    """Money of the initiative on one budget line; 0 says that it costs nothing."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="budgets")
    line_code = models.CharField(_("Budget line"), max_length=CODE_LENGTH)
    amount = money_field(verbose_name=_("Amount"))
    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["initiative", "line_code"], name="initiative_line_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} {self.line_code}"


class Milestone(TenantModel):
    """A dated, checkable result inside an initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="milestones")
    name = models.CharField(_("Milestone"), max_length=NAME_LENGTH)
    due = models.DateField(_("Due date"))
    first_due = models.DateField(_("First due date"))
    done = models.DateField(_("Done on"), null=True, blank=True)
    times_pushed = models.PositiveSmallIntegerField(default=0, editable=False)
    added_after_approval = models.BooleanField(default=False, editable=False)
    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        verbose_name = _("Milestone")

    def __str__(self) -> str:
        return self.name

    @property
    def plan(self) -> Plan:
        """The plan that the milestone belongs to, which the history names."""
        return self.initiative.plan
