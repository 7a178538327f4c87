"""Rows of the variance table as text, ready for the template: hundreds of cells, written once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from aop.calc.currencies import Currency
from aop.calc.money_text import format_in_unit
from aop.calc.report.totals import RatioCell, YearRatio
from aop.calc.status import Status
from aop.calc.totals import TotalName
from aop.calc.writing import NO_BREAK, UNKNOWN, signed
from aop.web.templatetags.aop_format import points, ratio, signed_ratio
from aop.web.templatetags.aop_ui import icon
from budgets.models import BudgetLine
from tracking.queries.compared import GroupRows, Outlook, Period, Row, TotalRow
from tracking.queries.variance import VarianceTable
from tracking.templatetags.tracking_words import (
    Word,
    meaning_word,
    method_name,
    points_word,
    status_pill,
    status_tone,
    total_name,
)

Text = str | Promise
_ICONS = {"good": "arrow-up-right", "bad": "arrow-down-right"}
_SPENDING_CELLS = 5
_LABELS: dict[str, Text] = {
    "plan": _("Plan"),
    "actual": _("Actual"),
    "logged": _("Logged so far"),
    "committed": _("Committed"),
    "left": _("Left"),
    "baseline": _("Baseline"),
    "forecast": _("Forecast"),
    "difference": _("Difference"),
    "used": _("Used"),
    "remaining": _("Remaining"),
    "available": _("Available"),
    "year": _("Forecast of the year"),
    "variance": _("Variance"),
}


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell: its class, what stands in it, and what names it on a phone."""

    css: str
    content: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row: a line, a sum, a total or a ratio."""

    name: str
    cells: tuple[ShownCell, ...]
    css: str = ""
    line: BudgetLine | None = None


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A heading with its sums and rows; what would give a private line away is None."""

    name: str
    sums: ShownRow | None
    rows: tuple[ShownRow, ...]
    private_name: str
    private: ShownRow | None


class RowWriter:
    """Writes the rows of one table; `entries_url` leads to the entries of a line, or nowhere."""

    def __init__(
        self,
        table: VarianceTable,
        *,
        unit: int,
        has_baseline: bool,
        entries_url: Callable[[BudgetLine], str],
    ) -> None:
        self.table, self.unit, self.has_baseline = table, unit, has_baseline
        self.entries_url = entries_url
        self.currency, self.language = (
            Currency.of(table.figures.facts.currency),
            get_language(),
        )
        self.labels = {name: str(label) for name, label in _LABELS.items()}

    def totals(self) -> list[ShownRow]:
        """Write the totals, each ratio below the amount it belongs to."""
        rows = []
        for total in self.table.totals():
            css = "res" if total.is_result else "sumline"
            rows.append(ShownRow(total_name(total.name), self._cells(total), css))
            rows.extend(self._ratio(total.name))
        return rows

    def group(self, group: GroupRows) -> ShownGroup:
        """Write a group with its lines."""
        name = ngettext("%(n)s private line", "%(n)s private lines", group.private_count)
        hidden = group.private
        return ShownGroup(
            name=group.name,
            sums=ShownRow(group.name, self._cells(group.sums)) if group.sums else None,
            rows=tuple(self._line(row) for row in group.rows),
            private_name=name % {"n": group.private_count} if group.private_count else "",
            private=ShownRow("", self._cells(hidden)) if hidden else None,
        )

    def _line(self, row: Row) -> ShownRow:
        return ShownRow(row.line.name if row.line else "", self._cells(row), line=row.line)

    def _amount(self, value: int | None) -> str:
        if value is None:
            return UNKNOWN
        return format_in_unit(value, self.currency, self.language, unit=self.unit)

    def _cell(self, css: str, label: str, content: str) -> ShownCell:
        return ShownCell(css, content, self.labels[label])

    def _cells(self, row: Row | TotalRow) -> tuple[ShownCell, ...]:
        if self.table.is_partial and isinstance(row, Row):
            return self._partial(row)
        return self._year(row) if self.table.period is Period.YEAR else self._compared(row)

    def _actual(self, row: Row | TotalRow) -> str:
        """Write what happened; in a month it leads to the entries behind it."""
        text = self._amount(row.cell.actual)
        line = row.line if isinstance(row, Row) else None
        if line is None or row.cell.actual is None or self.table.period is not Period.MONTH:
            return text
        url = self.entries_url(line)
        return format_html('<a href="{}">{}</a>', url, text) if url else text

    def _partial(self, row: Row) -> tuple[ShownCell, ...]:
        left, committed = row.limit.left, row.limit.committed
        is_over = left is not None and left < 0
        return (
            self._cell("pl", "plan", self._amount(row.cell.planned)),
            self._cell("ac", "logged", self._actual(row)),
            self._cell("ra", "committed", self._amount(committed) if committed else ""),
            self._cell(
                "va bad-t b" if is_over else "va",
                "left",
                self._amount(left) if row.spending else "",
            ),
        )

    def _compared(self, row: Row | TotalRow) -> tuple[ShownCell, ...]:
        cell, is_sum = row.cell, isinstance(row, Row) and row.line is None
        word = meaning_word(cell)
        variance = signed(self._amount(cell.variance))
        shown = (
            self._cell("pl", "plan", self._amount(cell.planned)),
            self._cell("ac", "actual", self._actual(row)),
            self._cell(f"va b {word.tone}-t" if word.tone else "va", "variance", variance),
            ShownCell("ra", "" if cell.ratio is None else signed_ratio(cell.ratio)),
            _word(Word("") if is_sum else word),
        )
        if self.table.period is Period.MONTH:
            return shown
        year = self._cell("x fc", "year", self._amount(row.outlook.forecast))
        return (*shown, year, self._pace(row))

    def _year(self, row: Row | TotalRow) -> tuple[ShownCell, ...]:
        year = row.outlook
        spending = row.spending if isinstance(row, Row) else None
        baseline = self._cell("ba", "baseline", self._amount(year.baseline))
        shown = (
            *([baseline] if self.has_baseline else []),
            self._cell("pl", "plan", self._amount(year.planned)),
            self._cell("ac", "forecast", self._amount(year.forecast)),
            self._cell("va", "difference", signed(self._amount(year.difference))),
            ShownCell("me l note", _with_note(method_name(year.method), self._range(year))),
        )
        if spending is None or not isinstance(row, Row):
            return (*shown, *_NO_SPENDING)
        used = "" if row.line is None else ratio(spending.used_ratio)
        committed = self._amount(spending.committed) if spending.committed else ""
        over = "x bad-t b" if spending.is_over else "x"
        return (
            *shown,
            self._cell("x", "used", used),
            self._cell(over, "remaining", self._amount(spending.remaining)),
            self._cell("x", "committed", committed),
            self._cell("x b", "available", self._amount(spending.available)),
            self._pace(row, with_limit=True),
        )

    def _range(self, year: Outlook) -> str:
        """Say between which amounts the methods lie; nothing where they agree."""
        if year.lowest is None or year.lowest == year.highest:
            return ""
        amounts = {"low": self._amount(year.lowest), "high": self._amount(year.highest)}
        return (gettext("%(low)s to %(high)s") % amounts).replace(" ", NO_BREAK)

    def _pace(self, row: Row | TotalRow, *, with_limit: bool = False) -> ShownCell:
        """Write the colour of the pace and, for the year, what is said of the limit."""
        if not isinstance(row, Row) or row.line is None or row.spending is None:
            return ShownCell("x l")
        status, note = row.spending.status, ""
        if with_limit and row.spending.is_over:
            note = gettext("Over the limit")
        elif with_limit and row.spending.is_short:
            note = gettext("too little left for the open months")
        pill = _pill(status, self.language) if status and row.is_judged else ""
        tone = "" if note else status_tone(status)
        return ShownCell(f"x l {tone}".rstrip(), _with_note(pill, note))

    def _ratio(self, name: TotalName) -> list[ShownRow]:
        """Write the gross margin below the gross profit, the share below the marketing."""
        names = {
            TotalName.GROSS_PROFIT: ("gross_margin", _("Gross margin")),
            TotalName.MARKETING: ("marketing", _("Marketing to revenue")),
        }
        if name not in names:
            return []
        key, label = names[name]
        if self.table.period is Period.YEAR:
            cells = self._year_ratio(getattr(self.table.year_ratios, key))
        elif self.table.ratios is not None:
            is_margin = name is TotalName.GROSS_PROFIT
            cells = self._ratio_cells(getattr(self.table.ratios, key), is_margin)
        else:
            return []
        return [ShownRow(str(label), cells, "less")]

    def _year_ratio(self, year: YearRatio) -> tuple[ShownCell, ...]:
        baseline = self._cell("ba", "baseline", ratio(year.baseline))
        return (
            *([baseline] if self.has_baseline else []),
            self._cell("pl", "plan", ratio(year.planned)),
            self._cell("ac", "forecast", ratio(year.forecast)),
            ShownCell("va"),
            ShownCell("me l"),
            *_NO_SPENDING,
        )

    def _ratio_cells(self, cell: RatioCell, is_higher_better: bool) -> tuple[ShownCell, ...]:
        word = points_word(cell.points, is_higher_better=is_higher_better)
        shown = (
            self._cell("pl", "plan", ratio(cell.planned)),
            self._cell("ac", "actual", ratio(cell.actual)),
            ShownCell("va", points(cell.points)),
            ShownCell("ra"),
            ShownCell("me l mean", word.text),
        )
        is_month = self.table.period is Period.MONTH
        return shown if is_month else (*shown, ShownCell("x fc"), ShownCell("x l"))


_NO_SPENDING = (ShownCell("nil"),) * _SPENDING_CELLS


def _word(word: Word) -> ShownCell:
    css = f"me l mean {word.tone}-t" if word.tone else "me l mean"
    if word.tone not in _ICONS:
        return ShownCell(css, word.text)
    return ShownCell(css, format_html("{}{}", icon(_ICONS[word.tone]), word.text))


def _with_note(content: str, note: str) -> str:
    return format_html('{} <span class="note">{}</span>', content, note) if note else content


@cache
def _pill(status: Status, language: str | None) -> str:
    """Draw a status once for all rows in that language."""
    return render_to_string("components/_status_pill.html", status_pill(status))
