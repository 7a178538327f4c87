"""Forms of the direction: texts, sums, rhythm, and the three lists."""

from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from aop.calc.months import FiscalYear, Month
from aop.web.amounts import AmountField, MonthChoiceField, RatioField, use_currency
from planning.models import Assumption, NotDoing, Plan, Priority, Rhythm, StillTrue

VERSION = "version"
FORM_ID = "direction-form"
SUMS = ("opening_cash_amount", "minimum_cash_amount", "opening_stock_amount")


@dataclass(frozen=True)
class Difference:
    """A field that somebody else has stored with another value than the one typed here."""

    label: str
    stored: str


class VersionedForm(forms.ModelForm):
    """A form over the plan's own fields that remembers which version it was opened with.

    `conflict` is the plan as somebody else has stored it meanwhile, None otherwise.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, plan: Plan, data: QueryDict | None = None) -> None:
        super().__init__(data, instance=copy(plan))  # the page goes on showing what is stored
        use_currency(self, plan.company.currency)
        self.fields[VERSION].initial = plan.version
        self.conflict: Plan | None = None

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != VERSION}

    def show_conflict(self, stored: Plan) -> None:
        """Keep what was typed and let it be saved over `stored`, once that was seen."""
        self.conflict = stored
        self.data = {**dict(self.data.items()), VERSION: str(stored.version)}

    @property
    def differences(self) -> list[Difference]:
        """What stands in the database where something else was typed."""
        if self.conflict is None:
            return []
        return [
            Difference(str(self[name].label), self._shown(name, getattr(self.conflict, name)))
            for name, typed in self.changes.items()
            if typed != getattr(self.conflict, name)
        ]

    def _shown(self, name: str, value: Any) -> str:
        choices = dict(getattr(self.fields[name], "choices", []))
        shown = choices.get(value, self.fields[name].prepare_value(value))
        return "—" if shown in {None, ""} else str(shown)


class DirectionForm(VersionedForm):
    """Two of the three questions, and what the year starts with."""

    opening_cash_amount = AmountField(
        label=_("Opening cash"),
        required=False,
        help_text=_("Cash and bank on the first day of the year."),
    )
    minimum_cash_amount = AmountField(
        label=_("Minimum cash"),
        required=False,
        least=0,
        help_text=_("About one month of fixed cost and half of next month's purchases."),
    )
    opening_stock_amount = AmountField(
        label=_("Opening stock"),
        required=False,
        least=0,
        help_text=_("Leave it empty when you keep no stock."),
    )

    class Meta:
        model = Plan
        fields = [
            "where_we_are",
            "where_we_go",
            *SUMS,
        ]
        widgets = {
            "where_we_are": forms.Textarea(attrs={"rows": 3, "class": "in"}),
            "where_we_go": forms.Textarea(attrs={"rows": 3, "class": "in"}),
        }

    def __init__(self, plan: Plan, data: QueryDict | None = None) -> None:
        super().__init__(plan, data)
        for name in SUMS:  # they stand in a card of their own, further down the page
            self.fields[name].widget.attrs["form"] = FORM_ID


class RhythmForm(VersionedForm):
    """How the plan is followed, and from which size on a variance is explained."""

    review_every = forms.ChoiceField(
        label=_("Review"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect(attrs={"data_look": "choice"}),
    )
    review_day = forms.IntegerField(
        label=_("Day of the next month"),
        min_value=1,
        max_value=28,
        help_text=_("The numbers of a month are complete about then; 1 to 28."),
    )
    materiality_amount = AmountField(
        label=_("Explain a variance from"),
        least=0,
        help_text=_("About 0.1 percent of the year's revenue."),
    )
    materiality_ratio = RatioField(
        label=_("and from this share of the plan"), least=Decimal(0), most=Decimal(1)
    )

    class Meta:
        model = Plan
        fields = [
            "review_every",
            "review_day",
            "review_rhythm",
            "materiality_amount",
            "materiality_ratio",
        ]


class PriorityForm(forms.ModelForm):
    """One priority in one line."""

    class Meta:
        model = Priority
        fields = ["text"]


class NotDoingForm(forms.ModelForm):
    """One thing that is left out."""

    class Meta:
        model = NotDoing
        fields = ["what", "why", "revisit"]
        widgets = {"why": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "revisit": _("A date, or what would have to be true first."),
        }


class AssumptionForm(forms.ModelForm):
    """A statement that the plan depends on."""

    class Meta:
        model = Assumption
        fields = ["what", "why", "breaks_when", "check_month"]
        widgets = {
            "what": forms.Textarea(attrs={"rows": 2}),
            "why": forms.Textarea(attrs={"rows": 2}),
            "breaks_when": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, year: FiscalYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = MonthChoiceField(label=_("Month to check"), required=False)
        months.use_months(year.months)
        self.fields["check_month"] = months

    def clean_check_month(self) -> date | None:
        """Return the month as it is stored."""
        month: Month | None = self.cleaned_data["check_month"]
        return month.first_day if month else None


class AnswerForm(forms.Form):
    """Is the assumption still true?"""

    answer = forms.ChoiceField(
        label=_("Still true?"),
        choices=[(value, label) for value, label in StillTrue.choices if value],
        widget=forms.RadioSelect(attrs={"data_look": "choice"}),
    )
    note = forms.CharField(
        label=_("What we saw"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def still_true(self) -> StillTrue:
        """The answer."""
        return StillTrue(self.cleaned_data["answer"])
