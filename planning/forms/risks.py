"""The form of a risk: its trigger is read in the unit of the KPI that is watched."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from aop.web.amounts import AmountField, use_currency
from planning.forms.choices import kpi_field, person_field
from planning.forms.values import read_value, show_value
from planning.models import Goal, Plan, Risk, TriggerOp, TriggerScope
from planning.queries import parts

LIKELIHOODS = [
    (1, _("1 · hardly (below 10 %)")),
    (2, _("2 · rather not (10 to 30 %)")),
    (3, _("3 · possible (30 to 50 %)")),
    (4, _("4 · likely (50 to 80 %)")),
    (5, _("5 · almost certain (above 80 %)")),
]
IMPACTS = [
    (1, _("1 · below 1 percent of gross profit")),
    (2, _("2 · 1 to 3 percent of gross profit")),
    (3, _("3 · 3 to 7 percent of gross profit")),
    (4, _("4 · 7 to 15 percent of gross profit")),
    (5, _("5 · above 15 percent of gross profit")),
]


class RiskForm(forms.ModelForm):
    """A risk: how likely, how bad, what it hits, how it shows and what is done then."""

    likelihood = forms.TypedChoiceField(
        label=_("Likelihood"), choices=LIKELIHOODS, coerce=int, initial=3
    )
    impact = forms.TypedChoiceField(label=_("Impact"), choices=IMPACTS, coerce=int, initial=3)
    trigger_op = forms.ChoiceField(
        label=_("Fires when it"), choices=[("", "—"), *TriggerOp.choices], required=False
    )
    trigger_value = forms.CharField(
        label=_("Value"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("In the unit of the KPI: money, percent or a number."),
    )
    trigger_scope = forms.ChoiceField(
        label=_("Measured"), choices=TriggerScope.choices, required=False
    )
    contingency_amount = AmountField(
        label=_("Reserve"),
        least=0,
        required=False,
        help_text=_("Money that is kept for it."),
    )

    class Meta:
        model = Risk
        fields = [
            "name",
            "likelihood",
            "impact",
            "owner",
            "trigger_kpi",
            "trigger_op",
            "trigger_value",
            "trigger_scope",
            "trigger_consecutive",
            "contingency",
            "contingency_amount",
        ]
        widgets = {"contingency": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = plan.company.currency
        use_currency(self, self.currency)
        self.fields["owner"] = person_field(plan)
        self.fields["trigger_kpi"] = kpi_field(plan)
        self.fields["trigger_kpi"].label = _("KPI to watch")
        self.fields["trigger_kpi"].help_text = _("Without one, the risk is watched by hand.")
        self.fields["goals"] = forms.ModelMultipleChoiceField(
            parts.goals_of(plan),
            label=_("Goals it would hit"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        kpi = self.instance.trigger_kpi
        shown = show_value(self.instance.trigger_value, kpi.unit if kpi else "", self.currency)
        self.initial["trigger_value"] = shown
        if self.instance.pk:
            links = self.instance.goal_links.all()
            self.initial["goals"] = [link.goal_id for link in links]

    def clean(self) -> dict[str, Any]:
        """Read the value of the trigger in the unit of its KPI."""
        values = super().clean() or self.cleaned_data
        kpi, text = values.get("trigger_kpi"), values.get("trigger_value") or ""
        values["trigger_value"] = None
        if kpi:
            try:
                values["trigger_value"] = read_value(text, kpi.unit, self.currency)
            except ValidationError as error:
                self.add_error("trigger_value", error)
        return values

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, without the goals, which are tied apart."""
        return {name: value for name, value in self.cleaned_data.items() if name != "goals"}

    @property
    def chosen_goals(self) -> list[Goal]:
        """The goals that the risk would hit, by rank."""
        return list(self.cleaned_data["goals"])
