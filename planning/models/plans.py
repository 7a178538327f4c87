"""The plan of one fiscal year and its direction."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aop.calc.months import FiscalYear, Month
from aop.fields import first_day_check, money_field, month_field, ratio_field
from aop.tenancy.models import NAME_LENGTH, NOTE_LENGTH, TenantModel

DEFAULT_THRESHOLDS: dict[str, dict[str, Any]] = {
    "attainment": {"green": 0.98, "amber": 0.93, "hysteresis": 0.01, "better": "higher"},
    "share_gap": {"green": -1.0, "amber": -3.0, "hysteresis": 0.5, "better": "higher"},
    "floor_gap": {"green": 0.0, "amber": -1.0, "hysteresis": 0.25, "better": "higher"},
    "cap_gap": {"green": 0.25, "amber": 1.0, "hysteresis": 0.25, "better": "lower"},
    "spend_ratio": {
        "green": 1.03,
        "amber": 1.1,
        "hysteresis": 0.01,
        "better": "lower",
        "min_amount": 0,
    },
}


def default_thresholds() -> dict[str, dict[str, Any]]:
    """Return the thresholds that a new plan starts with (DOMAIN §5, §9)."""
    return {name: dict(values) for name, values in DEFAULT_THRESHOLDS.items()}


class PlanStatus(models.TextChoices):
    """Whether the plan is still being written or in force."""

    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")


class Rhythm(models.TextChoices):
    """How often the plan is reviewed."""

    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")


class Plan(TenantModel):
    """The annual operating plan of one fiscal year."""

    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    first_month = month_field(verbose_name=_("First month"))
    status = models.CharField(
        _("Status"), max_length=10, choices=PlanStatus.choices, default=PlanStatus.DRAFT
    )
    approved_on = models.DateField(_("Approved on"), null=True, blank=True)
    where_we_are = models.TextField(
        _("Where are we after last year?"), max_length=NOTE_LENGTH, blank=True
    )
    where_we_go = models.TextField(
        _("What result do we want at the end of the year?"), max_length=NOTE_LENGTH, blank=True
    )
    review_every = models.CharField(
        _("Review"), max_length=10, choices=Rhythm.choices, default=Rhythm.MONTH
    )
    review_day = models.PositiveSmallIntegerField(_("Day of the next month"), default=5)
    review_rhythm = models.CharField(
        _("How the review is held"), max_length=NAME_LENGTH, blank=True
    )
    opening_cash_amount = money_field(verbose_name=_("Opening cash"), null=True)
    minimum_cash_amount = money_field(verbose_name=_("Minimum cash"), null=True)
    opening_stock_amount = money_field(verbose_name=_("Opening stock"), null=True, blank=True)
    thresholds = models.JSONField(default=default_thresholds)
    materiality_amount = money_field(verbose_name=_("Explain a variance from"), default=0)
    materiality_ratio = ratio_field(
        verbose_name=_("and from this share of the plan"), default="0.05"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(TenantModel.Meta):
        ordering = ["-fiscal_year"]
        verbose_name = _("Plan")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["company", "fiscal_year"], name="one_plan_per_year"),
            first_day_check("plan_first_month_day_one", field="first_month"),
            models.CheckConstraint(
                condition=models.Q(review_day__gte=1, review_day__lte=28), name="review_day_1_to_28"
            ),
        ]

    def __str__(self) -> str:
        return str(self.fiscal_year)

    def get_absolute_url(self) -> str:
        """Return the first page of the plan."""
        return reverse("planning:direction", args=[self.company.slug, self.fiscal_year])

    @property
    def is_frozen(self) -> bool:
        """Whether the plan is approved, so that its structure changes by adjustment only."""
        return self.status == PlanStatus.APPROVED

    @property
    def year(self) -> FiscalYear:
        """The twelve months."""
        return FiscalYear(Month.of(self.first_month))

    @property
    def first_day(self) -> date:
        """The first day of the fiscal year."""
        return self.first_month

    @property
    def last_day(self) -> date:
        """The last day of the fiscal year."""
        return self.year.last_day


class PlanPart(TenantModel):
    """A row of a plan that stands in an order."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="%(class)ss")
    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta(TenantModel.Meta):
        abstract = True
        ordering = ["position", "id"]


class Priority(PlanPart):
    """What matters most, in order."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="priorities")
    text = models.CharField(_("Priority"), max_length=NAME_LENGTH)

    class Meta(PlanPart.Meta):
        verbose_name = _("Priority")

    def __str__(self) -> str:
        return self.text


class NotDoing(PlanPart):
    """Something deliberately left out this year."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="not_doing")
    what = models.CharField(_("What we do not do"), max_length=NAME_LENGTH)
    why = models.CharField(_("Why"), max_length=NOTE_LENGTH, blank=True)
    revisit = models.CharField(_("When to look again"), max_length=NAME_LENGTH, blank=True)

    class Meta(PlanPart.Meta):
        verbose_name = _("Not doing")

    def __str__(self) -> str:
        return self.what


class StillTrue(models.TextChoices):
    """The latest answer to an assumption."""

    UNKNOWN = "", _("Not checked yet")
    YES = "yes", _("Still true")
    NO = "no", _("No longer true")


class Assumption(PlanPart):
    """A statement that the plan depends on."""

    what = models.CharField(_("We believe that"), max_length=NOTE_LENGTH)
    why = models.CharField(_("Why"), max_length=NOTE_LENGTH, blank=True)
    breaks_when = models.CharField(
        _("How we would see it break"), max_length=NOTE_LENGTH, blank=True
    )
    check_month = month_field(verbose_name=_("Month to check"), null=True, blank=True)
    answer = models.CharField(
        _("Still true?"), max_length=3, choices=StillTrue.choices, blank=True, default=""
    )
    answer_note = models.CharField(_("What we saw"), max_length=NOTE_LENGTH, blank=True)
    answered_on = models.DateField(null=True, blank=True, editable=False)

    class Meta(PlanPart.Meta):
        verbose_name = _("Assumption")

    def __str__(self) -> str:
        return self.what
