"""The form of a what-if: which kind of line, by how much, from which month on."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aop.calc.lines import LineKind
from aop.calc.months import Month
from aop.calc.scenario import Change
from aop.web.amounts import MonthChoiceField, RatioField
from budgets.models import KIND_CHOICES


class WhatIfForm(forms.Form):
    """One change of one kind of line; sent by GET, so that it can be bookmarked."""

    kind = forms.ChoiceField(label=_("What changes"))
    ratio = RatioField(
        label=_("By how many percent"),
        least=Decimal(-1),
        most=Decimal(10),
        help_text=_("−15 is 15 percent less, 6 is 6 percent more."),
    )
    first = MonthChoiceField(label=_("From which month on"))

    def __init__(
        self, *args: Any, kinds: Iterable[LineKind], months: list[Month], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = set(kinds)
        choices = [(value, label) for value, label in KIND_CHOICES if LineKind(value) in known]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["first"].use_months(months)  # type: ignore[attr-defined]  # a month field

    @property
    def change(self) -> Change:
        """The change that was asked for."""
        typed = self.cleaned_data
        return Change(LineKind(typed["kind"]), typed["ratio"], typed["first"])

    @property
    def kind_label(self) -> str:
        """The kind of line as it is called."""
        return str(dict(KIND_CHOICES)[self.cleaned_data["kind"]])
