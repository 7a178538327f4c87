"""Rows of the budget table as text, ready for the templates and for answers in JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aop.calc.currencies import Currency
from aop.calc.lines import Meaning
from aop.calc.months import MONTHS_PER_YEAR
from aop.calc.totals import TotalName
from aop.calc.writing import signed
from aop.web.amount_messages import AmountWords
from aop.web.amounts import page_language
from aop.web.templatetags.aop_format import amount_in, points, ratio
from budgets.models import BudgetLine, PlanMonth
from budgets.queries.table import (
    CASH,
    MARGIN,
    Figure,
    GroupRow,
    LineRow,
    Row,
    TableView,
    TotalRow,
)
from budgets.services.months import FIRST_VERSION

TOTAL_LABELS = {
    TotalName.REVENUE.value: gettext_lazy("Revenue"),
    TotalName.GROSS_PROFIT.value: gettext_lazy("Gross profit"),
    MARGIN: gettext_lazy("Gross margin"),
    TotalName.OPERATING_COSTS.value: gettext_lazy("Operating costs"),
    TotalName.OPERATING_PROFIT.value: gettext_lazy("Operating profit"),
    TotalName.PURCHASES.value: gettext_lazy("Stock purchases"),
    CASH: gettext_lazy("Closing cash"),
}
_TONES = {Meaning.FAVOURABLE: "fav", Meaning.ADVERSE: "adv"}
_WORDS = {
    Meaning.FAVOURABLE: gettext_lazy("favourable"),
    Meaning.ADVERSE: gettext_lazy("adverse"),
}
COLUMNS = tuple(str(number) for number in range(1, MONTHS_PER_YEAR + 1))
Versions = Mapping[tuple[int, date], int]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell as text; `column` counts the months from 1 and is empty under the year.

    `exact` and `version` belong to cells that can be typed in; `word` says in words what
    the colour says.
    """

    column: str
    text: str
    tone: str = ""
    word: str = ""
    exact: str = ""
    version: str = ""
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of sums or of one line."""

    key: str
    label: str
    cells: tuple[ShownCell, ...]
    year: ShownCell
    line: BudgetLine | None = None
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A heading with its subtotal and its rows."""

    key: str
    name: str
    sums: ShownRow | None
    rows: tuple[ShownRow, ...]
    private_count: int
    private: ShownRow | None


class Writer:
    """Writes rows in one currency, unit and view, in the language of the page."""

    def __init__(self, currency: str, unit: int, view: TableView) -> None:
        self.currency, self.unit, self.view = currency, unit, view
        self._words = AmountWords(Currency.of(currency), page_language(), unit)

    def amount(self, value: int | None) -> str:
        """Write an amount as the table shows it."""
        return amount_in(value, self.currency, self.unit)

    def exact(self, value: int | None) -> str:
        """Write an amount as it can be typed back without losing anything; nothing for None."""
        return "" if value is None else self._words.typed(value)

    def row(self, key: str, label: str, row: Row) -> ShownRow:
        """Write a row of amounts."""
        return self._written(key, label, row, self._amount_cell)

    def total(self, total: TotalRow) -> ShownRow:
        """Write one of the totals; the margin in percent, its variance in points."""
        write = self._ratio_cell if total.is_ratio else self._amount_cell
        return self._written(total.name, str(TOTAL_LABELS[total.name]), total.row, write)

    def cash(self, row: Row, minimum: int) -> ShownRow:
        """Write the closing cash; a month below the minimum stands out."""

        def write(figure: Figure, column: str) -> ShownCell:
            if self.view is TableView.VARIANCE or figure.value is None or figure.value >= minimum:
                return self._amount_cell(figure, column)
            word = _("below the minimum")
            return ShownCell(column, self._text(figure.value), tone="low", word=word)

        return self._written(CASH, str(TOTAL_LABELS[CASH]), row, write)

    def group(self, group: GroupRow, typing: "Typing | None") -> ShownGroup:
        """Write a group with its lines; `typing` makes the lines' cells inputs."""
        key = f"g{group.number}"
        private = group.private
        return ShownGroup(
            key=key,
            name=group.name,
            sums=self.row(key, group.name, group.sums) if group.sums else None,
            rows=tuple(self.line(row, typing) for row in group.lines),
            private_count=group.private_count,
            private=self.row(f"{key}-private", "", private) if private else None,
        )

    def line(self, row: LineRow, typing: "Typing | None") -> ShownRow:
        """Write the row of one line."""
        key, is_typed = f"l{row.line.pk}", typing is not None and not row.line.is_computed
        shown = self.row(key, row.line.label, row.row)
        cells = shown.cells
        if typing is not None and is_typed:
            cells = tuple(
                self._input_cell(figure, column, row.line, typing)
                for column, figure in zip(COLUMNS, row.row.cells, strict=True)
            )
        return ShownRow(key, row.line.label, cells, shown.year, row.line, is_typed)

    def _input_cell(
        self, figure: Figure, column: str, line: BudgetLine, typing: "Typing"
    ) -> ShownCell:
        value: Any = figure.value
        month = typing.months[int(column) - 1]
        return ShownCell(
            column,
            "" if value is None else self.amount(value),
            exact=self.exact(value),
            version=str(typing.versions.get((line.pk, month.first_day), FIRST_VERSION)),
            is_locked=month.is_closed,
        )

    def _written(
        self, key: str, label: str, row: Row, write: Callable[[Figure, str], ShownCell]
    ) -> ShownRow:
        cells = tuple(
            write(figure, column) for column, figure in zip(COLUMNS, row.cells, strict=True)
        )
        return ShownRow(key, label, cells, write(row.year, ""))

    def _amount_cell(self, figure: Figure, column: str) -> ShownCell:
        text = self._text(figure.value)
        tone, word = self._meaning(figure)
        if not tone and figure.value is not None and figure.value < 0:
            tone = "" if self.view is TableView.VARIANCE else "neg"
        return ShownCell(column, text, tone=tone, word=word)

    def _ratio_cell(self, figure: Figure, column: str) -> ShownCell:
        is_points = self.view is TableView.VARIANCE
        text = points(figure.value) if is_points else ratio(figure.value)
        return ShownCell(column, text)

    def _text(self, value: int | Decimal | None) -> str:
        text = self.amount(None if value is None else int(value))
        return signed(text) if self.view is TableView.VARIANCE else text

    def _meaning(self, figure: Figure) -> tuple[str, str]:
        if figure.meaning not in _TONES:
            return "", ""
        return _TONES[figure.meaning], str(_WORDS[figure.meaning])


@dataclass(frozen=True, slots=True)
class Typing:
    """What makes cells inputs: the months with their state, and the stored versions."""

    months: list[PlanMonth]
    versions: Versions
