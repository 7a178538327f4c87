"""What is typed into months: one cell of the table, the year of a line, a fill."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aop.calc.months import Month
from aop.tenancy.models import Membership
from aop.web.amounts import AmountField, AmountInput, RatioField, use_currency
from aop.web.templatetags.aop_format import month as month_name
from aop.web.templatetags.aop_format import unit_label
from budgets.models import BudgetLine, LineMonth
from budgets.queries.lines import visible_lines
from budgets.services.fills import Fill, FillKind
from budgets.services.months import FIRST_VERSION, TypedCell
from planning.models import Plan


class CellForm(forms.Form):
    """One cell of the table, as `static/js/grid.js` sends it."""

    month = forms.IntegerField(min_value=1, max_value=12)
    version = forms.IntegerField(min_value=FIRST_VERSION)
    text = AmountField(required=False)

    def __init__(self, *args: Any, plan: Plan, member: Membership, unit: int, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.plan = plan
        self.fields["line"] = forms.ModelChoiceField(visible_lines(plan, member))
        use_currency(self, plan.company.currency, unit=unit)

    @property
    def typed(self) -> TypedCell:
        """The month, counted from the first of the fiscal year, with its new amount."""
        found = self.cleaned_data
        month = self.plan.year.months[found["month"] - 1]
        return TypedCell(month, found["text"], found["version"])

    @property
    def line(self) -> BudgetLine:
        """The line that was typed into."""
        found: BudgetLine = self.cleaned_data["line"]
        return found


class YearForm(forms.Form):
    """The twelve months of one line, each with the version that was seen."""

    def __init__(
        self,
        *args: Any,
        line: BudgetLine,
        stored: dict[Month, LineMonth],
        is_open: set[Month],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.months = list(line.plan.year)
        for month in self.months:
            row = stored.get(month)
            self.fields[str(month)] = AmountField(
                label=month_name(month),
                required=False,
                disabled=month not in is_open,
                initial=row.planned_amount if row else None,
                widget=AmountInput(reads_back=False),
            )
            self.fields[_version_of(month)] = forms.IntegerField(
                widget=forms.HiddenInput,
                initial=row.version if row else FIRST_VERSION,
                min_value=FIRST_VERSION,
            )
        use_currency(self, line.company.currency)

    @property
    def amounts(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The field of each month beside the hidden one of its version, in order."""
        return [(self[str(month)], self[_version_of(month)]) for month in self.months]

    def show_conflict(self, month: Month, version: int, sentence: str) -> None:
        """Say what stands in a month by now; saving once more then goes over it."""
        self.add_error(str(month), sentence)
        self.data = {**self.data.dict(), _version_of(month): str(version)}  # type: ignore[attr-defined]  # what was posted

    @property
    def typed(self) -> list[TypedCell]:
        """The months that may change, with what was typed."""
        return [
            TypedCell(month, self.cleaned_data[str(month)], self.cleaned_data[_version_of(month)])
            for month in self.months
            if not self.fields[str(month)].disabled
        ]


def _version_of(month: Month) -> str:
    return f"version-{month}"


class FillForm(forms.Form):
    """How to fill the open months of a line at once."""

    kind = forms.ChoiceField(
        label=_("Fill the months"),
        choices=FillKind.choices,
        initial=FillKind.EVEN,
        widget=forms.RadioSelect,
    )
    year_amount = AmountField(
        label=_("Amount of the year"),
        required=False,
        least=0,
        help_text=_("Spread over the months so that they add up to it exactly."),
    )
    growth = RatioField(
        label=_("More or less than last year"),
        required=False,
        least=Decimal(-1),
        most=Decimal(10),
        help_text=_("For example 10 percent more, or -5 for less."),
    )
    step = forms.TypedChoiceField(label=_("Round the months to"), coerce=int)
    only_empty = forms.BooleanField(
        label=_("Only months that are still empty"), required=False, initial=True
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, currency: str, units: tuple[int, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["step"].choices = [  # type: ignore[attr-defined]  # a choice field
            (unit, unit_label(currency, unit)) for unit in units
        ]
        use_currency(self, currency)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        spreads = found.get("kind") in (FillKind.EVEN, FillKind.SEASON)
        if spreads and found.get("year_amount") is None and "year_amount" not in self.errors:
            self.add_error("year_amount", _("Type the amount of the year that is to be spread."))
        return found

    def fill(self, minor_units: int) -> Fill:
        """Return what was chosen as the service takes it."""
        found = self.cleaned_data
        return Fill(
            kind=FillKind(found["kind"]),
            year_amount=found["year_amount"],
            growth=found["growth"] or Decimal(0),
            step=found["step"] * minor_units,
            only_empty=found["only_empty"],
        )
