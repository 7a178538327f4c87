"""What a person chooses at the very start: a company and its first year, a copy, a folder."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from aop.calc.calendar_text import format_month_long
from aop.calc.months import MONTHS_PER_YEAR, FiscalYear, Month
from aop.tenancy.choices import currency_choices
from aop.tenancy.forms import CompanyForm
from aop.tenancy.models import NAME_LENGTH
from tracking.folders.storage import LARGEST_ARCHIVE
from tracking.services.start import FirstYear

YEARS_BACK = 2
LATE_MONTHS = 3  # in the last months of a year, people plan the next one
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


class YearFields(forms.Form):
    """Which twelve months the plan is for, and what the year is called."""

    first_month = forms.ChoiceField(
        label=gettext_lazy("The twelve months of the plan"),
        help_text=gettext_lazy("Most firms take the calendar year"),
    )
    fiscal_year = forms.IntegerField(
        label=gettext_lazy("Name of the year"),
        required=False,
        min_value=_FIRST_YEAR,
        max_value=_LAST_YEAR,
        help_text=gettext_lazy("The year it starts in; from July on, the year it ends in"),
    )

    def __init__(self, *args: Any, first: Month, **kwargs: Any) -> None:
        """Suggest the year from `first` on, and offer those around it."""
        super().__init__(*args, **kwargs)
        self.fields["first_month"].choices = _year_choices(first.year)  # type: ignore[attr-defined]
        self.initial.setdefault("first_month", str(first))
        self.initial.setdefault("fiscal_year", FiscalYear(first).usual_label)

    @property
    def year(self) -> FirstYear:
        """What was chosen, once it is valid; without a name the usual one."""
        first = Month.parse(self.cleaned_data["first_month"])
        label = self.cleaned_data["fiscal_year"] or FiscalYear(first).usual_label
        return FirstYear(first, label)


class StartForm(YearFields, CompanyForm):
    """A company from nothing."""

    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=currency_choices)
    field_order = (
        "name",
        "industry",
        "currency",
        "language",
        "first_month",
        "fiscal_year",
        "time_zone",
    )


class CurrencyForm(forms.Form):
    """Another currency for a company whose plans hold no amounts yet."""

    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=currency_choices)


class SampleForm(forms.Form):
    """A copy of the sample company to look round in."""

    AS_IT_IS, AS_DRAFT = "as_it_is", "as_draft"

    state = forms.ChoiceField(
        label=gettext_lazy("Which plan?"),
        widget=forms.RadioSelect,
        initial=AS_IT_IS,
        choices=(
            (AS_IT_IS, gettext_lazy("In the middle of its year: ten months logged and closed")),
            (AS_DRAFT, gettext_lazy("As a draft: all written, not approved yet")),
        ),
    )
    name = forms.CharField(label=gettext_lazy("Name of the copy"), max_length=NAME_LENGTH)

    @property
    def is_draft(self) -> bool:
        """Whether the copy starts before its approval."""
        return bool(self.cleaned_data["state"] == self.AS_DRAFT)


class FolderForm(forms.Form):
    """A plan folder, packed into one file."""

    archive = forms.FileField(
        label=gettext_lazy("Plan folder as a zip file"),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        allow_empty_file=True,  # the reader says what is wrong with it
    )

    def clean_archive(self) -> bytes:
        """Return what is in the file, unless it is larger than any plan folder."""
        uploaded = self.cleaned_data["archive"]
        if uploaded.size > LARGEST_ARCHIVE:
            limit = LARGEST_ARCHIVE // (1024 * 1024)
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MB. Is it a plan folder?") % {"limit": limit}
            )
        content: bytes = uploaded.read()
        return content


def usual_first_month(today: date) -> Month:
    """Return January of this year, or of the next one when this one is nearly over."""
    is_late = today.month > MONTHS_PER_YEAR - LATE_MONTHS
    return Month(today.year + 1 if is_late else today.year, 1)


def _year_choices(middle: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the fiscal years that begin in the years around `middle`, by year."""
    return [
        (
            str(year),
            [(str(month), _in_words(FiscalYear(month))) for month in FiscalYear(Month(year, 1))],
        )
        for year in range(middle - YEARS_BACK, middle + 2)
    ]


def _in_words(year: FiscalYear) -> str:
    language = get_language()
    text = _("%(first)s to %(last)s") % {
        "first": format_month_long(year.first, language),
        "last": format_month_long(year.last, language),
    }
    return text[:1].upper() + text[1:]
