"""The forms of the monthly review and of the month's end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aop.tenancy.models import NOTE_LENGTH
from aop.web.amounts import AmountField, use_currency
from budgets.models import PlanMonth
from tracking.models import Review
from tracking.services.reviews import ReviewValues


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReviewForm(forms.Form):
    """What was seen, any new risk, and what was agreed."""

    note = _text(_("What we saw"), _("How are the goals moving, are budget and people off plan?"))
    new_risk = _text(_("Any new risk?"), _("What could still hurt a goal, and who watches it."))
    agreed = _text(_("What we agreed"), _("Who does what by when. The next review starts here."))
    held_on = forms.DateField(
        label=_("Held on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, review: Review | None = None, **kwargs: Any) -> None:
        if review is not None:
            kwargs["initial"] = {
                "note": review.note,
                "new_risk": review.new_risk,
                "agreed": review.agreed,
                "held_on": review.held_on,
                "version": review.version,
            }
        super().__init__(*args, **kwargs)

    def values(self) -> ReviewValues:
        """Return what was typed as the service takes it."""
        typed = self.cleaned_data
        return ReviewValues(
            held_on=typed["held_on"],
            note=typed["note"],
            agreed=typed["agreed"],
            new_risk=typed["new_risk"],
        )


class CountForm(forms.Form):
    """What was counted at the month's end; empty means not counted."""

    cash = AmountField(label=_("Cash counted"), required=False)
    stock = AmountField(label=_("Stock counted"), required=False, least=0)

    def __init__(
        self, *args: Any, state: PlanMonth, currency: str, has_stock: bool, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {
            "cash": state.cash_counted_amount,
            "stock": state.stock_counted_amount,
        }
        super().__init__(*args, **kwargs)
        if not has_stock:
            del self.fields["stock"]
        use_currency(self, currency)


class ReopenForm(forms.Form):
    """Why a closed month is opened again."""

    reason = forms.CharField(
        label=_("Why is the month reopened?"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The reason stays in the history."),
    )
