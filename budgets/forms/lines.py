"""The form of a budget line: only what its kind can have, each in words of the trade."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from aop.calc.lines import RULES, LineKind, Policy
from aop.tenancy.models import CODE_LENGTH, NAME_LENGTH, NOTE_LENGTH, Channel
from aop.web.amounts import AmountField, RatioField, use_currency
from budgets.models import KIND_CHOICES, METHOD_CHOICES, POLICY_CHOICES, BudgetLine
from budgets.queries.lines import lines_of
from budgets.services.lines import ALIVE
from planning.models import Person, Plan

KIND_HELP = {
    LineKind.REVENUE: _("What you sell: counts in the profit and brings cash with its delay."),
    LineKind.COGS: _("What the sold goods cost: counts in the profit, moves no cash."),
    LineKind.PURCHASE: _("Goods bought into stock: paid in cash, not a cost until they are sold."),
    LineKind.MARKETING: _("Counts in the profit and is paid in cash."),
    LineKind.OPEX: _("Does not move with sales: counts in the profit and is paid in cash."),
    LineKind.VARIABLE: _("Moves with sales: counts in the profit and is paid in cash."),
    LineKind.CAPEX: _("Equipment used for years: paid in cash, not a cost of the year."),
    LineKind.TAX: _("Paid in cash, stands below the operating profit."),
    LineKind.CONTINGENCY: _("Money set aside: spent only by moving it to another line."),
    LineKind.FINANCING: _("Loans, and what the owner puts in or takes out: cash alone."),
}
OWN_SHARES = "own"
TIMING_CHOICES = [
    ("1", _("In the same month")),
    ("0;1", _("All one month later")),
    ("0.75;0.25", _("75 percent in the same month, 25 percent one month later")),
    ("0.5;0.5", _("Half in the same month, half one month later")),
    ("0.4;0.6", _("40 percent in the same month, 60 percent one month later")),
    ("0;0;1", _("All two months later")),
    (OWN_SHARES, _("Own shares")),
]
_CAN_FOLLOW = {
    *(LineKind.COGS, LineKind.PURCHASE, LineKind.MARKETING, LineKind.OPEX, LineKind.VARIABLE)
}
_HAS_CHANNEL = {LineKind.REVENUE, LineKind.COGS, LineKind.MARKETING, LineKind.VARIABLE}
_MOST_DELAY = 12
NOTHING = "—"


class LineForm(forms.Form):
    """A line of one kind; on an approved plan only what lives on."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    kind = forms.ChoiceField(label=_("Kind of line"), choices=KIND_CHOICES)
    code = forms.CharField(
        label=_("Code"),
        max_length=CODE_LENGTH,
        required=False,
        validators=[RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]*\Z")],
        help_text=_("For files. Left empty, the line gets one; it never changes."),
    )
    group = forms.CharField(
        label=_("Group"),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"list": "line-groups"}),
        help_text=_("Lines of a group stand together with a subtotal; empty means its kind."),
    )
    channel = forms.ModelChoiceField(
        Channel.objects.none(), label=_("Sales channel"), required=False, empty_label=NOTHING
    )
    timing = forms.ChoiceField(label=_("When the money moves"), choices=TIMING_CHOICES)
    shares = forms.CharField(
        label=_("Own shares"),
        max_length=100,
        required=False,
        help_text=_("By month of delay, adding up to 1: 0,4; 0,6"),
    )
    opening_balance_amount = AmountField(label=_("Opening balance"), required=False)
    driver = forms.ModelChoiceField(
        BudgetLine.objects.none(),
        label=_("Follows the revenue of"),
        required=False,
        empty_label=NOTHING,
        help_text=_("The months of the line are then computed, rate by rate."),
    )
    driver_ratio = RatioField(
        label=_("At a rate of"), required=False, least=Decimal(0), most=Decimal(999)
    )
    policy = forms.ChoiceField(
        label=_("Limit policy"),
        choices=POLICY_CHOICES,
        initial=Policy.TRACK.value,
        help_text=_("What happens when somebody wants to spend more than the plan."),
    )
    is_private = forms.BooleanField(
        label=_("Private: owner and accountant only"),
        required=False,
        help_text=_(
            "Others see it only inside the totals. A single private line can still be worked "
            "out by who knows all the others."
        ),
    )
    owner = forms.ModelChoiceField(
        Person.objects.none(), label=_("Person in charge"), required=False, empty_label=NOTHING
    )
    forecast_method = forms.ChoiceField(label=_("Forecast"), choices=METHOD_CHOICES, required=False)
    name_en = forms.CharField(label=_("English name"), max_length=NAME_LENGTH, required=False)
    aliases = forms.CharField(
        label=_("Other names in files"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One on each row: what bank and sales files call this line."),
    )
    note = forms.CharField(label=_("Note"), max_length=NOTE_LENGTH, required=False)

    def __init__(
        self,
        *args: Any,
        plan: Plan,
        kind: LineKind,
        line: BudgetLine | None = None,
        **options: Any,
    ) -> None:
        usual: dict[str, Any] = {"kind": kind.value, "timing": "1", "policy": Policy.TRACK.value}
        given = options.pop("initial", {})
        options["initial"] = {**usual, **(_initial(line) if line else {}), **given}
        super().__init__(*args, **options)
        self.plan, self.line_kind, self.line = plan, kind, line
        self._fill_choices()
        for name in self._left_out():
            del self.fields[name]
        if kind is not LineKind.REVENUE and "opening_balance_amount" in self.fields:
            self.fields["opening_balance_amount"].label = _("Still to pay from last year")
        elif "opening_balance_amount" in self.fields:
            self.fields["opening_balance_amount"].label = _("Still to come in from last year")
        use_currency(self, plan.company.currency)

    def _fill_choices(self) -> None:
        company, plan = self.plan.company, self.plan
        drivers = lines_of(plan).filter(kind=LineKind.REVENUE.value)
        if self.line is not None:
            drivers = drivers.exclude(pk=self.line.pk)
        for name, rows in (
            ("channel", Channel.objects.for_company(company)),
            ("driver", drivers),
            ("owner", Person.objects.for_company(company).filter(plan=plan)),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # model choices

    def _left_out(self) -> set[str]:
        """Return the fields that the kind, or the approval of the plan, leaves no room for."""
        if self.plan.is_frozen and self.line is not None:
            return set(self.fields) - ALIVE
        out = set()
        if not RULES[self.line_kind].cash:
            out |= {"timing", "shares", "opening_balance_amount"}
        if self.line_kind not in _CAN_FOLLOW or self.plan.is_frozen:
            out |= {"driver", "driver_ratio"}
        if self.line_kind not in _HAS_CHANNEL:
            out.add("channel")
        if not RULES[self.line_kind].is_spending:
            out.add("policy")
        if self.plan.is_frozen:
            out.add("opening_balance_amount")
        if self.line is not None:
            out.add("code")
        else:
            self.fields["kind"].widget = forms.HiddenInput()
        return out

    @property
    def kind_label(self) -> Any:
        """The name of the kind that the form is for."""
        return dict(KIND_CHOICES)[self.line_kind.value]

    @property
    def groups(self) -> list[str]:
        """The groups that lines of the plan stand in already."""
        names = lines_of(self.plan).exclude(group="").values_list("group", flat=True)
        return list(dict.fromkeys(names))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("timing") == OWN_SHARES:
            try:
                found["timing"] = parse_shares(found.get("shares", ""))
            except ValidationError as error:
                self.add_error("shares", error)
        if found.get("driver_ratio") is not None and "driver" in found and not found["driver"]:
            self.add_error("driver", _("Choose the revenue that the rate is taken of."))
        return found

    def values(self) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        found = dict(self.cleaned_data)
        found.pop("shares", None)
        if "timing" in found:
            found["cash_lag"] = found.pop("timing")
        if "aliases" in found:
            names = (name.strip() for name in found["aliases"].splitlines())
            found["aliases"] = [name for name in names if name]
        return found


def parse_shares(text: str) -> str:
    """Return shares by month of delay as they are stored: `0,4; 0,6` and `40 %; 60 %` alike.

    Raises:
        ValidationError: Something is no number, below 0, too far away, or they miss 1.
    """
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    is_percent = any("%" in part for part in parts)
    try:
        shares = [Decimal(part.replace("%", "").replace(",", ".").strip()) for part in parts]
    except InvalidOperation:
        raise ValidationError(_("Type the shares like this: 0,4; 0,6")) from None
    if is_percent:
        shares = [share / 100 for share in shares]
    finite = all(share.is_finite() and share >= 0 for share in shares)
    if not finite or not 0 < len(shares) <= _MOST_DELAY:
        raise ValidationError(_("Type the shares like this: 0,4; 0,6"))
    if sum(shares) != 1:
        raise ValidationError(_("The shares have to add up to 1, or to 100 %."))
    return ";".join(f"{share.normalize():f}" for share in shares)


def _initial(line: BudgetLine) -> Mapping[str, Any]:
    known = {value for value, _label in TIMING_CHOICES}
    timing = {"timing": line.cash_lag or "1"}
    if line.cash_lag and line.cash_lag not in known:
        timing = {"timing": OWN_SHARES, "shares": line.cash_lag.replace(";", "; ")}
    names = ("name", "kind", "group", "opening_balance_amount", "driver_ratio", "policy")
    more = ("is_private", "forecast_method", "name_en", "note")
    return {
        **timing,
        **{name: getattr(line, name) for name in (*names, *more)},
        "channel": line.channel_id,
        "driver": line.driver_id,
        "owner": line.owner_id,
        "aliases": "\n".join(line.aliases),
    }
