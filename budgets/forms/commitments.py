"""The form of a commitment."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aop.calc.months import Month
from aop.tenancy.models import NOTE_LENGTH
from aop.web.amounts import AmountField, MonthChoiceField, use_currency
from budgets.services.commitments import Promise


class CommitmentForm(forms.Form):
    """How much is promised, in which month, for what."""

    note = forms.CharField(label=_("For what"), max_length=NOTE_LENGTH)
    amount = AmountField(label=_("Amount"), least=1)
    month = MonthChoiceField(label=_("Month"), help_text=_("When it will become an actual."))

    def __init__(self, *args: Any, months: Iterable[Month], currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        month = self.fields["month"]
        if isinstance(month, MonthChoiceField):
            month.use_months(months)
        use_currency(self, currency)

    def promise(self) -> Promise:
        """Return what was typed as the service takes it."""
        found = self.cleaned_data
        return Promise(found["month"], found["amount"], found["note"])
