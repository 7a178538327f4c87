"""Budget lines: one row of the budget with its kind, timing and guard."""

from decimal import Decimal
from fractions import Fraction

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aop.calc.lines import RULES, KindRule, LineKind, Method, Policy
from aop.fields import money_field
from aop.tenancy.models import CODE_LENGTH, NAME_LENGTH, NOTE_LENGTH, Channel
from planning.models import Person, PlanPart

KIND_CHOICES = [
    (LineKind.REVENUE.value, _("Revenue")),
    (LineKind.COGS.value, _("Cost of goods sold")),
    (LineKind.PURCHASE.value, _("Stock purchase")),
    (LineKind.MARKETING.value, _("Marketing")),
    (LineKind.OPEX.value, _("Fixed cost")),
    (LineKind.VARIABLE.value, _("Variable cost")),
    (LineKind.CAPEX.value, _("Capital expenditure")),
    (LineKind.TAX.value, _("Tax")),
    (LineKind.CONTINGENCY.value, _("Contingency")),
    (LineKind.FINANCING.value, _("Financing")),
]
POLICY_CHOICES = [
    (Policy.TRACK.value, _("Track")),
    (Policy.WARN.value, _("Warn")),
    (Policy.REASON.value, _("Ask for a reason")),
    (Policy.APPROVE.value, _("The owner approves")),
]
METHOD_CHOICES = [
    ("", _("Usual for this kind")),
    (Method.PLAN.value, _("Actual + remaining plan")),
    (Method.PACE.value, _("Pace so far")),
    (Method.LAST_YEAR.value, _("Last year's season")),
    (Method.RATE.value, _("Rate on its driver")),
    (Method.NONE.value, _("Actual only")),
]


class BudgetLine(PlanPart):
    """One row of the budget; its twelve months are `LineMonth` rows."""

    plan = models.ForeignKey("planning.Plan", models.CASCADE, related_name="lines")
    code = models.CharField(_("Code"), max_length=CODE_LENGTH)
    name = models.CharField(_("Name"), max_length=NAME_LENGTH)
    name_en = models.CharField(_("English name"), max_length=NAME_LENGTH, blank=True)
    aliases = models.JSONField(_("Other names in files"), default=list, blank=True)
    group = models.CharField(_("Group"), max_length=NAME_LENGTH, blank=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=KIND_CHOICES)
    channel = models.ForeignKey(
        Channel,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("Sales channel"),
    )
    cash_lag = models.CharField(_("Cash timing"), max_length=100, blank=True)
    opening_balance_amount = money_field(verbose_name=_("Opening balance"), null=True, blank=True)
    driver = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="driven_lines",
        verbose_name=_("Driver"),
    )
    driver_ratio = models.DecimalField(
        _("Rate on the driver"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    forecast_method = models.CharField(
        _("Forecast"), max_length=10, choices=METHOD_CHOICES, blank=True, default=""
    )
    policy = models.CharField(
        _("Limit policy"), max_length=8, choices=POLICY_CHOICES, default=Policy.TRACK.value
    )
    is_private = models.BooleanField(_("Private: owner and accountant only"), default=False)
    note = models.CharField(_("Note"), max_length=NOTE_LENGTH, blank=True)
    owner = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("Person in charge"),
    )

    class Meta(PlanPart.Meta):
        verbose_name = _("Budget line")
        constraints = [
            *PlanPart.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "code"], name="line_code_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the line."""
        return reverse(
            "budgets:line_detail", args=[self.company.slug, self.plan.fiscal_year, self.pk]
        )

    @property
    def rule(self) -> KindRule:
        """What the kind of the line means."""
        return RULES[LineKind(self.kind)]

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        is_english = (get_language() or "").startswith("en")
        return self.name_en if is_english and self.name_en else self.name

    @property
    def heading(self) -> str:
        """The group that the line stands under; without one of its own, its kind."""
        return self.group or str(self.get_kind_display())

    @property
    def is_computed(self) -> bool:
        """Whether a draft's months are the rate times the driver's, so that nobody types them."""
        return self.driver_id is not None and self.driver_ratio is not None

    @property
    def cash_shares(self) -> tuple[Fraction, ...]:
        """Shares of an amount that move in the same month, one month later, and so on."""
        return tuple(Fraction(share) for share in self.cash_lag.split(";") if share.strip())
