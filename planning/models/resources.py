"""People with their hours, and what their time goes to."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from aop.fields import first_day_check, month_field
from aop.tenancy.models import CODE_LENGTH, NAME_LENGTH, TenantModel
from planning.models.plans import PlanPart

HOURS_IN_A_WEEK = 168


class Person(PlanPart):
    """Somebody whose time the plan counts on; the e-mail joins them to a member."""

    plan = models.ForeignKey("planning.Plan", models.CASCADE, related_name="people")
    code = models.CharField(_("Code"), max_length=CODE_LENGTH)
    name = models.CharField(_("Name"), max_length=NAME_LENGTH)
    role = models.CharField(_("Work"), max_length=NAME_LENGTH, blank=True)
    hours_per_week = models.DecimalField(
        _("Hours per week"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(HOURS_IN_A_WEEK)],
    )
    email = models.EmailField(_("E-mail address"), blank=True)

    class Meta(PlanPart.Meta):
        verbose_name = _("Person")
        constraints = [
            *PlanPart.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "code"], name="person_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Allocation(TenantModel):
    """Share of a person's own month that goes to one work; no initiative is daily business."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="allocations")
    initiative = models.ForeignKey(
        "planning.Initiative",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="allocations",
        verbose_name=_("Work"),
    )
    first_day = month_field(verbose_name=_("Month"))
    percent = models.DecimalField(
        _("Percent of the month"),
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(999)],
    )

    class Meta(TenantModel.Meta):
        ordering = ["id"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "initiative", "first_day"], name="allocation_once"
            ),
            models.UniqueConstraint(
                fields=["person", "first_day"],
                condition=models.Q(initiative=None),
                name="daily_business_once",
            ),
            first_day_check("allocation_day_one"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.first_day:%Y-%m} {self.percent}"
