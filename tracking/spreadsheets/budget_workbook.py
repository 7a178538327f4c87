"""The accountant's budget workbook: the plan with its actuals, ready to be sent on."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from aop.calc.calendar_text import format_day, format_month
from aop.calc.money_text import unit_name
from aop.calc.months import Month
from aop.calc.totals import TotalName
from tracking.queries.workbook import Book
from tracking.spreadsheets.formulas import across
from tracking.spreadsheets.lists import (
    adjustments_sheet,
    changes_sheet,
    entries_sheet,
    month_title,
)
from tracking.spreadsheets.month_table import FIRST, LAST, Placed, actuals_table, budget_table
from tracking.spreadsheets.page import BookFile, Head
from tracking.spreadsheets.summary import Summary
from tracking.spreadsheets.variance_table import variance_sheet

NAMED = {
    TotalName.REVENUE: "planned_revenue",
    TotalName.GROSS_PROFIT: "planned_gross_profit",
    TotalName.OPERATING_COSTS: "planned_operating_costs",
    TotalName.OPERATING_PROFIT: "planned_operating_profit",
}


def budget_workbook(book: Book, people: Mapping[str, str]) -> bytes:
    """Return the whole workbook of a plan year in the language of its reader.

    `people` gives the names behind the codes of those who approved adjustments.
    """
    with override(book.reader.language):
        file = _new_file(book, _("Budget %(year)s") % {"year": book.plan.fiscal_year})
        summary = file.add(pgettext("sheet", "Summary"))
        budget_page = file.add(pgettext("sheet", "Budget"))
        budget = budget_table(budget_page, book, head_of(book, _("Budget by month")))
        if book.version.is_adjusted:
            page = file.add(pgettext("sheet", "Baseline and current"))
            changes_sheet(page, book, head_of(book, _("Changes since the baseline plan")))
        actuals_page = file.add(pgettext("sheet", "Actuals"))
        actuals = actuals_table(actuals_page, book, head_of(book, _("Actuals by month")))
        if book.closed:
            page = file.add(pgettext("sheet", "Variance"))
            variance_sheet(page, book, head_of(book, _("Plan and actual")))
        if book.adjustments:
            page = file.add(pgettext("sheet", "Adjustments"))
            adjustments_sheet(page, book, head_of(book, _("Adjustments")), people)
        if book.entries:
            page = file.add(pgettext("sheet", "Entries"))
            entries_sheet(page, book, head_of(book, _("Entries of the year")))
        Summary(summary, book, budget, actuals).write(head_of(book, _("Annual operating plan")))
        _name_ranges(file, budget)
        return file.content()


def variance_workbook(book: Book) -> bytes:
    """Return plan and actual up to the last month of `book`, with the entries of that month.

    That month has to be a closed one.
    """
    month = book.year.first.plus(book.closed - 1)
    with override(book.reader.language):
        title = month_title(month, book.reader.language)
        file = _new_file(book, f"{_('Plan and actual')} · {title}")
        page = file.add(pgettext("sheet", "Variance"))
        variance_sheet(page, book, head_of(book, f"{_('Plan and actual')} · {title}"))
        page = file.add(pgettext("sheet", "Entries"))
        entries_sheet(page, book, head_of(book, f"{_('Entries')} · {title}"), month)
        return file.content()


def head_of(book: Book, title: str) -> Head:
    """Return company and title, version and day, unit and months of a sheet."""
    company, language = book.plan.company, book.reader.language
    first, last = book.year.first, book.year.last
    made = _("made on %(day)s") % {"day": format_day(book.reader.today, language)}
    parts = [version_name(book), made, closed_name(book)]
    unit = unit_name(1, book.currency, language)
    return Head(
        f"{company.name} · {title} {book.plan.fiscal_year}",
        (
            " · ".join(part for part in parts if part),
            _("%(first)s to %(last)s. Unit: %(unit)s. Amounts exclude VAT.")
            % {
                "first": _short(first, language),
                "last": _short(last, language),
                "unit": unit,
            },
        ),
    )


def version_name(book: Book) -> str:
    """Name the version in force and the day it was approved."""
    version = book.version
    if not version.number:
        return _("Draft")
    name = _("Baseline plan v1") if version.number == 1 else _("Current plan v%(number)d")
    name = name % {"number": version.number} if version.number > 1 else name
    if version.approved_on is None:
        return name
    day = format_day(version.approved_on, book.reader.language)
    return _("%(version)s, approved on %(day)s") % {"version": name, "day": day}


def closed_name(book: Book) -> str:
    """Say how far the year is closed."""
    if not book.closed:
        return ""
    month = book.year.first.plus(book.closed - 1)
    return _("closed through %(month)s") % {"month": _short(month, book.reader.language)}


def _short(month: Month, language: str) -> str:
    return (
        f"{month.number:02d}/{month.year}"
        if language == "vi"
        else (f"{format_month(month, language)} {month.year}")
    )


def _new_file(book: Book, title: str) -> BookFile:
    company = book.plan.company
    return BookFile(book.currency, f"{company.name} · {title}", company.name, book.reader.today)


def _name_ranges(file: BookFile, budget: Placed) -> None:
    for name, label in NAMED.items():
        if name in budget.totals:
            first, last = across(budget.totals[name], FIRST, LAST).split(":")
            file.name_range(label, f"'{budget.sheet}'!{_fixed(first)}:{_fixed(last)}")


def _fixed(reference: str) -> str:
    letters = reference.rstrip("0123456789")
    return f"${letters}${reference.removeprefix(letters)}"
