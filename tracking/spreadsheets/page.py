"""One sheet of a workbook: typed cells, number formats of the currency, title, print set-up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from aop.calc.currencies import Currency

KEY, NAME = 0, 1
A4 = 9
NARROWEST, WIDEST = 12, 19
FONT = "Calibri"
INK, PAPER, LINE_COLOUR, SOFT, HEAD = "#18231f", "#ffffff", "#d5d1c3", "#eef4f2", "#0c6b5a"
GREY = "#5f6a65"
TONES = {"good": "#1a7446", "bad": "#b02a21"}
CHARACTERS_PER_LINE, LINE_HEIGHT = 1.1, 13.5
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_LONGEST_TEXT = 32_000
Style = Any


@dataclass(frozen=True, slots=True)
class Head:
    """The three lines above every table."""

    title: str
    lines: Sequence[str]


def clean(text: str) -> str:
    """Return a text as a cell can hold it: no control characters, no endless length."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n"))[:_LONGEST_TEXT]


class BookFile:
    """A workbook in memory; texts never become formulas, links or numbers."""

    def __init__(self, currency: Currency, title: str, author: str, today: date) -> None:
        self.currency = currency
        self._bytes = BytesIO()
        self._book = xlsxwriter.Workbook(
            self._bytes,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties(
            {
                "title": clean(title),
                "author": clean(author),
                "created": datetime.combine(today, time(12)),
            }
        )
        self._styles: dict[tuple[tuple[str, Any], ...], Style] = {}

    def style(self, **properties: Any) -> Style:
        """Return a cell format; equal ones are one."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            plain = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
            self._styles[key] = self._book.add_format(plain | properties)
        return self._styles[key]

    def money(self, **properties: Any) -> Style:
        """Return a cell format for amounts with all decimals of the currency."""
        return self.style(num_format=f"{self._digits};[Red]-{self._digits}", **properties)

    def signed(self, tone: str = "", **properties: Any) -> Style:
        """Return a cell format for differences; the colour says what they do, not their sign."""
        colour = {"font_color": TONES[tone]} if tone in TONES else {}
        return self.style(
            num_format=f"+{self._digits};-{self._digits};{self._digits}", **(properties | colour)
        )

    @property
    def _digits(self) -> str:
        decimals = self.currency.decimals
        return "#,##0" + ("." + "0" * decimals if decimals else "")

    def add(self, name: str) -> "Page":
        """Return a new sheet behind the others."""
        return Page(self, self._book.add_worksheet(name), name)

    def name_range(self, name: str, reference: str) -> None:
        """Give cells a name that formulas of the reader can use."""
        self._book.define_name(name, f"={reference}")

    def content(self) -> bytes:
        """Return the finished file."""
        self._book.close()
        return self._bytes.getvalue()


class Page:
    """One sheet; rows and columns are counted from 0."""

    def __init__(self, file: BookFile, sheet: Any, name: str) -> None:
        self.file = file
        self.name = name
        self.sheet = sheet
        self._money = file.money()
        self._first, self._other = file.style(), file.style(indent=1)
        sheet.hide_gridlines(2)

    def text(self, row: int, column: int, text: str, style: Style = None) -> None:
        """Write a text as a text, whatever it looks like."""
        style = style or (self._other if column > NAME else self._first)
        self.sheet.write_string(row, column, clean(text), style)

    def amount(self, row: int, column: int, amount: int | None, style: Style = None) -> None:
        """Write an amount given in minor units; None stays an empty cell."""
        style = style or self._money
        if amount is None:
            self.sheet.write_blank(row, column, None, style)
        else:
            self.sheet.write_number(row, column, self.number(amount), style)

    def number(self, amount: int) -> int | Decimal:
        """Return an amount as the number that people see, exact."""
        decimals = self.file.currency.decimals
        return Decimal(amount).scaleb(-decimals) if decimals else amount

    def formula(
        self, row: int, column: int, formula: str, amount: int | None, style: Style = None
    ) -> None:
        """Write a formula with the amount that it gives, None for nothing."""
        value = "" if amount is None else self.number(amount)
        self.sheet.write_formula(row, column, formula, style or self._money, value)

    def ratio(
        self, row: int, column: int, formula: str, value: Fraction | None, style: Style = None
    ) -> None:
        """Write a formula with the ratio or the points that it gives, None for nothing."""
        shown = "" if value is None else float(value)
        style = style or self.file.style(num_format="0.0%")
        self.sheet.write_formula(row, column, formula, style, shown)

    def day(self, row: int, column: int, day: date | None, style: Style = None) -> None:
        """Write a date as a date."""
        style = style or self.file.style(num_format="dd/mm/yyyy", align="left", indent=1)
        if day is None:
            self.sheet.write_blank(row, column, None, style)
        else:
            self.sheet.write_datetime(row, column, datetime.combine(day, time()), style)

    def blank(self, row: int, columns: Sequence[int], style: Style) -> None:
        """Draw empty cells."""
        for column in columns:
            self.sheet.write_blank(row, column, None, style)

    def fit_height(self, row: int, texts: Sequence[str], width: int) -> None:
        """Make a row as high as its longest wrapped text needs."""
        lines = max((1 + int(len(text) * CHARACTERS_PER_LINE / width) for text in texts), default=1)
        self.sheet.set_row(row, LINE_HEIGHT * lines + 2)

    def head(self, head: Head) -> None:
        """Write title, version and unit into the first three rows."""
        self.text(0, NAME, head.title, self.file.style(bold=True, font_size=15, font_color=HEAD))
        self.sheet.set_row(0, 24)
        for row, line in enumerate(head.lines, start=1):
            self.text(row, NAME, line, self.file.style(font_color=GREY))

    def heads(self, row: int, texts: dict[int, str], *, left: Sequence[int] = (NAME,)) -> None:
        """Write the heads of the columns."""
        for column, text in texts.items():
            side: dict[str, Any] = {"align": "left" if column in left else "right"}
            if column in left and column > NAME:
                side["indent"] = 1
            style = self.file.style(
                bold=True, bg_color=HEAD, font_color=PAPER, text_wrap=True, **side
            )
            self.text(row, column, text, style)
        self.sheet.set_row(row, 30)

    def print_as(self, head: Head, *, header_row: int, last: tuple[int, int]) -> None:
        """Print on A4 landscape, as wide as one page, with the heads on every page."""
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(header_row)
        sheet.print_area(0, NAME, *last)
        title = clean(head.title).replace("&", "&&")[:120]
        page = _("Page")
        sheet.set_footer(f"&L&8{title}&C&8&A&R&8{page} &P / &N")

    def money_width(self, amounts: Sequence[int | None]) -> int:
        """Return how wide a column has to be for these amounts."""
        digits = max((len(f"{amount:,}") for amount in amounts if amount is not None), default=0)
        return min(WIDEST, max(NARROWEST, digits + 3))
