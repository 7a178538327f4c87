"""Sheets that list things one below the other: changes of the plan, adjustments, entries."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from aop.calc.calendar_text import format_month_long, format_month_year
from aop.calc.figures import Column
from aop.calc.months import Month
from budgets.spreadsheets.align import CellChange, changed_cells
from tracking.queries.workbook import Book, BookAdjustment
from tracking.spreadsheets.formulas import cell, down, sum_of
from tracking.spreadsheets.page import NAME, SOFT, Head, Page

HEADER_ROW, BODY_ROW = 4, 5
REASON_WIDTH = 44


def changes_sheet(page: Page, book: Book, head: Head) -> None:
    """Write every line-month in which the current plan is not the baseline."""
    page.head(head)
    heads = {
        1: _("Budget line"),
        2: _("Month"),
        3: _("Baseline plan"),
        4: _("Current plan"),
        5: _("Current − baseline"),
    }
    page.heads(HEADER_ROW, heads, left=(1, 2))
    row = BODY_ROW
    for change in plan_changes(book):
        _change(page, book, row, change)
        row += 1
    style = {"bold": True, "bg_color": SOFT}
    page.text(row, 1, _("Total"), page.file.style(**style))
    page.blank(row, [2], page.file.style(**style))
    sums = _sums(plan_changes(book))
    for column, value in zip((3, 4, 5), sums, strict=True):
        formula = sum_of(down(range(BODY_ROW, row), column), value)
        page.formula(row, column, formula, value, page.file.money(**style))
    _list_dress(page, head, row, {1: 40, 2: 12, 3: 18, 4: 18, 5: 18})


def plan_changes(book: Book) -> list[CellChange]:
    """Return what the adjustments changed, of the lines that the reader may see."""
    codes = [row.key for row in book.rows if row.key]
    baseline, current = (
        {code: dict(zip(book.year, book.figures.row(code, column), strict=True)) for code in codes}
        for column in (Column.BASELINE, Column.PLANNED)
    )
    return list(changed_cells(baseline, current))


def _change(page: Page, book: Book, row: int, change: CellChange) -> None:
    names = {line.key: line.name for line in book.rows}
    page.text(row, 1, names[change.code])
    page.text(row, 2, format_month_year(change.month, book.reader.language))
    page.amount(row, 3, change.before)
    page.amount(row, 4, change.after)
    formula = f"={cell(row, 4)}-{cell(row, 3)}"
    page.formula(row, 5, formula, change.difference, page.file.signed())


def _sums(changes: Sequence[CellChange]) -> tuple[int, int, int]:
    before = sum(change.before or 0 for change in changes)
    after = sum(change.after or 0 for change in changes)
    return before, after, after - before


def adjustments_sheet(page: Page, book: Book, head: Head, people: Mapping[str, str]) -> None:
    """Write the adjustments with their reasons, and every move below its own."""
    page.head(head)
    heads = {1: _("Adjustment"), 2: _("Month"), 3: _("Amount"), 4: _("Reason"), 5: _("Trade-off")}
    page.heads(HEADER_ROW, heads | {6: _("Source")}, left=(1, 2, 4, 5, 6))
    row = BODY_ROW
    for adjustment in book.adjustments:
        row = _adjustment(page, book, row, adjustment, people)
    _list_dress(
        page,
        head,
        row - 1,
        {1: 48, 2: 14, 3: 18, 4: REASON_WIDTH, 5: REASON_WIDTH, 6: REASON_WIDTH},
    )


def _adjustment(
    page: Page, book: Book, row: int, adjustment: BookAdjustment, people: Mapping[str, str]
) -> int:
    style = {"bold": True, "bg_color": SOFT, "valign": "top"}
    wrap = page.file.style(text_wrap=True, indent=1, **(style | {"bold": False}))
    moves = range(row + 1, row + 1 + len(adjustment.moves))
    page.text(row, 1, _title(adjustment, people), page.file.style(text_wrap=True, **style))
    page.blank(row, [2], wrap)
    texts = {4: adjustment.reason, 5: adjustment.trade_off, 6: adjustment.source}
    for column, text in texts.items():
        page.text(row, column, text, wrap)
    page.fit_height(row, list(texts.values()), REASON_WIDTH)
    if moves:
        value = sum(move.amount for move in adjustment.moves)
        page.formula(row, 3, sum_of(down(moves, 3), value), value, page.file.money(**style))
    else:
        page.blank(row, [3], wrap)
    for place, move in zip(moves, adjustment.moves, strict=True):
        page.text(place, 1, move.line_name, page.file.style(indent=1))
        page.text(place, 2, format_month_year(move.month, book.reader.language))
        page.amount(place, 3, move.amount, page.file.signed())
        page.sheet.set_row(place, None, None, {"level": 1})
    return moves.stop


def _title(adjustment: BookAdjustment, people: Mapping[str, str]) -> str:
    number = {"number": adjustment.number}
    if adjustment.approved_on is None:
        return _("#%(number)d, proposed, not in force") % number
    who = people.get(adjustment.approved_by, adjustment.approved_by)
    approved = {"day": adjustment.approved_on.strftime("%d/%m/%Y"), "who": who}
    return _("#%(number)d, approved on %(day)s by %(who)s") % (number | approved)


def entries_sheet(page: Page, book: Book, head: Head, month: Month | None = None) -> None:
    """Write the entries that count, those of one month or of the whole year."""
    page.head(head)
    heads = {
        1: _("Number"),
        2: _("Date"),
        3: _("Code"),
        4: _("Budget line"),
        5: _("Amount"),
        6: pgettext("entry", "Note"),
        7: _("Reference"),
        8: _("Source"),
    }
    page.heads(HEADER_ROW, heads, left=(1, 2, 3, 4, 6, 7, 8))
    entries = [e for e in book.entries if month is None or Month.of(e.date) == month]
    for row, entry in enumerate(entries, start=BODY_ROW):
        page.text(row, 1, entry.code)
        page.day(row, 2, entry.date)
        page.text(row, 3, entry.line_code)
        page.text(row, 4, entry.line_name)
        page.amount(row, 5, entry.amount)
        for column, text in ((6, entry.note), (7, entry.ref), (8, entry.source)):
            page.text(row, column, text)
    last = BODY_ROW + max(len(entries), 1) - 1
    page.sheet.autofilter(HEADER_ROW, 1, last, 8)
    _list_dress(page, head, last, {1: 10, 2: 12, 3: 15, 4: 34, 5: 16, 6: 44, 7: 16, 8: 22})


def _list_dress(page: Page, head: Head, last_row: int, widths: Mapping[int, int]) -> None:
    page.sheet.set_column(0, 0, 2)
    for column, width in widths.items():
        page.sheet.set_column(column, column, width)
    page.sheet.freeze_panes(BODY_ROW, NAME + 1)
    page.print_as(head, header_row=HEADER_ROW, last=(last_row, max(widths)))


def month_title(month: Month, language: str) -> str:
    """Return a month as it starts a sentence."""
    text = format_month_long(month, language)
    return text[:1].upper() + text[1:]
