"""The form of one entry."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aop.calc.calendar_text import format_day
from aop.calc.months import Month
from aop.tenancy.models import NAME_LENGTH, NOTE_LENGTH
from aop.web.amounts import AmountField, page_language, use_currency
from budgets.models import BudgetLine
from planning.models import Initiative
from tracking.models import Entry
from tracking.services.entries import EntryValues

KEY_LENGTH = 64


class EntryForm(forms.Form):
    """An amount on one line, on a day of the month; `key` names this submission."""

    amount = AmountField(label=gettext_lazy("Amount"))
    date = forms.DateField(
        label=gettext_lazy("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=NOTE_LENGTH, required=False)
    ref = forms.CharField(label=gettext_lazy("Reference"), max_length=NAME_LENGTH, required=False)
    key = forms.CharField(max_length=KEY_LENGTH, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        month: Month,
        currency: str,
        today: dt.date,
        entry: Entry | None = None,
        **kwargs: Any,
    ) -> None:
        self.month, self.entry = month, entry
        kwargs["initial"] = _shown(entry) if entry else _blank(month, today)
        super().__init__(*args, **kwargs)
        use_currency(self, currency)
        attrs = self.fields["date"].widget.attrs
        attrs["min"], attrs["max"] = str(month.first_day), str(month.last_day)

    def clean_date(self) -> dt.date:
        """Keep the entry in the month that the page is about."""
        day: dt.date = self.cleaned_data["date"]
        if Month.of(day) != self.month:
            raise ValidationError(
                _("Choose a day from %(first)s to %(last)s, or go to the month of that day.")
                % {
                    "first": format_day(self.month.first_day, page_language()),
                    "last": format_day(self.month.last_day, page_language()),
                }
            )
        return day

    def values(self, line: BudgetLine, initiative: Initiative | None = None) -> EntryValues:
        """Return what was typed as the service takes it."""
        typed = self.cleaned_data
        return EntryValues(
            line=line,
            date=typed["date"],
            amount=typed["amount"],
            note=typed["note"],
            ref=typed["ref"],
            initiative=initiative,
            key=typed["key"],
        )


def _blank(month: Month, today: dt.date) -> dict[str, Any]:
    day = today if Month.of(today) == month else month.last_day
    return {"date": min(max(day, month.first_day), month.last_day), "key": uuid4().hex}


def _shown(entry: Entry) -> dict[str, Any]:
    return {
        "amount": entry.amount,
        "date": entry.date,
        "note": entry.note,
        "ref": entry.ref,
    }
