"""The form of a goal: its numbers are read in the unit of its KPI."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from planning.forms.choices import kpi_field, person_field
from planning.forms.values import read_value, show_value
from planning.models import Basis, Goal, GoalKind, Plan, Unit

NUMBERS = ("baseline", "target")
NUMBER_ATTRS = {"inputmode": "decimal", "autocomplete": "off"}


class GoalForm(forms.ModelForm):
    """A goal with target, basis and person in charge; `reason` once the plan is approved."""

    unit = forms.ChoiceField(
        label=_("Unit"),
        choices=Unit.choices,
        required=False,
        help_text=_("Counts while no KPI measures the goal; then the KPI's unit does."),
    )
    baseline = forms.CharField(
        label=_("Baseline (starting value)"),
        required=False,
        widget=forms.TextInput(attrs=NUMBER_ATTRS),
        help_text=_("Last year's value. A goal to grow or to reach needs it."),
    )
    target = forms.CharField(
        label=_("Target"), required=False, widget=forms.TextInput(attrs=NUMBER_ATTRS)
    )
    basis = forms.ChoiceField(
        label=_("Basis"),
        choices=[("", "—"), *Basis.choices],
        required=False,
        help_text=_("Over the whole year, or only at its end? Without it people argue later."),
    )
    reason = forms.CharField(
        label=_("Why does this goal change?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The plan is approved. The reason stays in the history."),
    )

    class Meta:
        model = Goal
        fields = [
            "name",
            "kind",
            "kpi",
            "unit",
            "baseline",
            "target",
            "basis",
            "basis_note",
            "owner",
            "why",
            "threshold",
        ]
        widgets = {
            "why": forms.Textarea(attrs={"rows": 2}),
            "basis_note": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {"kind": _("Kind of goal")}
        help_texts = {
            "kind": _("Grow and reach rise from a starting value; the others hold a line."),
            "threshold": _("Which limits colour the goal green, amber or red."),
        }

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        kind: Any = self.fields["kind"]
        kind.choices = [("", "—"), *GoalKind.choices]
        self.fields["kpi"] = kpi_field(plan)
        self.fields["kpi"].label = _("Headline KPI")
        self.fields["kpi"].help_text = _("The one number that measures it.")
        self.fields["owner"] = person_field(plan)
        if not plan.is_frozen:
            del self.fields["reason"]
        unit = self.instance.kpi.unit if self.instance.kpi else self.instance.unit
        self.initial["unit"] = unit
        for name in NUMBERS:
            shown = show_value(getattr(self.instance, name), unit, plan.company.currency)
            self.initial[name] = shown

    def clean(self) -> dict[str, Any]:
        """Read baseline and target in the unit that the goal has now."""
        values = super().clean() or self.cleaned_data
        kpi = values.get("kpi")
        unit = kpi.unit if kpi else values.get("unit", "")
        for name in NUMBERS:
            values[name] = self._number(name, unit)
        return values

    def _number(self, name: str, unit: str) -> Decimal | None:
        text = self.cleaned_data.get(name) or ""
        if text and not unit:
            self.add_error("unit", _("Say what the numbers are counted in."))
            return None
        try:
            return read_value(text, unit, self.plan.company.currency)
        except ValidationError as error:
            self.add_error(name, error)
            return None

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, without the reason."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}
