"""The form of a decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aop.tenancy.models import NAME_LENGTH, NOTE_LENGTH
from planning.models import Goal, Person, Plan
from tracking.models import Decision
from tracking.services.decisions import DecisionValues


class DecisionForm(forms.Form):
    """What was decided, for which goals, why and by whom."""

    date = forms.DateField(
        label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    title = forms.CharField(label=_("What it is about"), max_length=NAME_LENGTH)
    decision = forms.CharField(
        label=_("Decision"), max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence is enough: what spoke for it, and what you give up."),
    )
    goals = forms.ModelMultipleChoiceField(
        label=_("Which goal does this serve?"),
        queryset=Goal.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None is an answer too; the check then says so."),
    )
    decided_by = forms.ChoiceField(label=_("Decided by"), required=False)

    def __init__(
        self, *args: Any, plan: Plan, decision: Decision | None = None, **kwargs: Any
    ) -> None:
        if decision is not None:
            kwargs["initial"] = {
                "date": decision.date,
                "title": decision.title,
                "decision": decision.decision,
                "reason": decision.reason,
                "goals": [link.goal_id for link in decision.goal_links.all()],
                "decided_by": decision.decided_by,
            }
        super().__init__(*args, **kwargs)
        goals = Goal.objects.for_company(plan.company).filter(plan=plan)
        self.fields["goals"].queryset = goals  # type: ignore[attr-defined]  # a model choice field
        people = Person.objects.for_company(plan.company).filter(plan=plan)
        choices = [("", "—"), *people.values_list("code", "name")]
        kept = decision.decided_by if decision else ""
        if kept and kept not in dict(choices):
            choices.append((kept, kept))
        self.fields["decided_by"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def values(self) -> DecisionValues:
        """Return what was typed as the service takes it."""
        typed = self.cleaned_data
        return DecisionValues(
            date=typed["date"],
            title=typed["title"],
            decision=typed["decision"],
            reason=typed["reason"],
            decided_by=typed["decided_by"],
            goals=list(typed["goals"]),
        )
