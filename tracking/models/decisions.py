"""Decisions and monthly reviews, and the link that shows the plan on a page."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aop.fields import first_day_check, month_field
from aop.tenancy.models import NAME_LENGTH, NOTE_LENGTH, TenantModel
from planning.models import Goal, GoalLink, Plan, PlanPart


class Decision(PlanPart):
    """Something that was decided, with its goals and its reason."""

    date = models.DateField(_("Date"))
    title = models.CharField(_("What it is about"), max_length=NAME_LENGTH)
    decision = models.TextField(_("Decision"), max_length=NOTE_LENGTH, blank=True)
    reason = models.TextField(_("Why?"), max_length=NOTE_LENGTH, blank=True)
    decided_by = models.CharField(_("Decided by"), max_length=NAME_LENGTH, blank=True)
    review_month = month_field(verbose_name=_("Noted in the review of"), null=True, blank=True)

    class Meta(PlanPart.Meta):
        ordering = ["-date", "-position", "-id"]
        verbose_name = _("Decision")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the list with this decision in it."""
        page = reverse("tracking:decision_list", args=[self.company.slug, self.plan.fiscal_year])
        return f"{page}#decision-{self.pk}"


class DecisionGoal(GoalLink):
    """A goal that the decision serves."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="decision_links")


class Review(TenantModel):
    """The monthly look at the plan: what was said and what was agreed."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="reviews")
    first_day = month_field(verbose_name=_("Month"))
    held_on = models.DateField(_("Held on"), null=True, blank=True)
    note = models.TextField(_("What we saw"), max_length=NOTE_LENGTH, blank=True)
    agreed = models.TextField(_("What we agreed"), max_length=NOTE_LENGTH, blank=True)
    new_risk = models.TextField(_("Any new risk?"), max_length=NOTE_LENGTH, blank=True)
    snapshot = models.JSONField(null=True, editable=False)  # the report when the month closed
    digest = models.CharField(max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(TenantModel.Meta):
        ordering = ["first_day"]
        verbose_name = _("Monthly review")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "first_day"], name="one_review_per_month"),
            first_day_check("review_day_one"),
        ]

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"

    def get_absolute_url(self) -> str:
        """Return the page of the review."""
        return reverse(
            "tracking:review_detail",
            args=[self.company.slug, self.plan.fiscal_year, f"{self.first_day:%Y-%m}"],
        )


class SummaryLink(TenantModel):
    """A read-only link to the plan on a page; only its digest is stored."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="summary_links")
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta(TenantModel.Meta):
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.plan} {self.created_at:%Y-%m-%d}"
