"""What the accountant's workbook holds: the plan, its lines by group, adjustments and entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import ngettext

from aop.calc.cells import Cells
from aop.calc.currencies import Currency
from aop.calc.figures import Column, Figures
from aop.calc.lines import LineKind
from aop.calc.months import FiscalYear, Month
from budgets.models import Adjustment, AdjustmentMove, BudgetLine
from budgets.queries.lines import lines_of
from planning.models import Plan
from tracking.models import Entry
from tracking.queries.groups import LineGroup, line_groups
from tracking.queries.report import report_facts
from tracking.queries.versions import Version, plan_version


@dataclass(frozen=True, slots=True)
class Reader:
    """Who gets a workbook: in which language, on which day, with private lines or without."""

    language: str
    today: date
    shows_private: bool


@dataclass(frozen=True, slots=True)
class BookRow:
    """One row of amounts: a line, or the private lines of a group taken together.

    `key` is the line's code, empty for private lines; their `kind` is None when they differ.
    """

    key: str
    name: str
    kind: LineKind | None
    kind_name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BookGroup:
    """Rows under one heading; without `is_whole` no sum is shown: it would give a line away."""

    name: str
    rows: tuple[BookRow, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class BookMove:
    """Money that an adjustment moved onto a line, or away from it."""

    line_code: str
    line_name: str
    month: Month
    amount: int


@dataclass(frozen=True, slots=True)
class BookAdjustment:
    """An adjustment with those moves that the reader may see."""

    number: int
    proposed_on: date
    approved_on: date | None
    approved_by: str
    reason: str
    trade_off: str
    source: str
    moves: tuple[BookMove, ...]


@dataclass(frozen=True, slots=True)
class BookEntry:
    """An entry that counts."""

    code: str
    date: date
    line_code: str
    line_name: str
    amount: int
    note: str
    ref: str
    source: str


class Book:
    """One plan year, made ready to be written; asks the database when a part is first wanted."""

    def __init__(self, plan: Plan, reader: Reader, *, through: Month | None = None) -> None:
        self.plan = plan
        self.reader = reader
        self.currency = Currency.of(plan.company.currency)
        self.facts = report_facts(plan, through=through)
        self.figures = Figures(self.facts)

    @property
    def year(self) -> FiscalYear:
        """The twelve months."""
        return self.plan.year

    @property
    def closed(self) -> int:
        """How many months are closed."""
        return self.figures.closed

    @cached_property
    def version(self) -> Version:
        """The version in force; number 0 is a draft."""
        return plan_version(self.plan)

    @cached_property
    def lines(self) -> list[BudgetLine]:
        """Every line, private ones too: their amounts are in the sums."""
        return list(lines_of(self.plan))

    @cached_property
    def _found(self) -> list[LineGroup]:
        return line_groups(self.lines, self.figures, shows_private=self.reader.shows_private)

    @cached_property
    def groups(self) -> tuple[BookGroup, ...]:
        """The lines by group, as the reader may see them."""
        return tuple(
            BookGroup(
                name=group.name,
                rows=(*map(self.row_of, group.lines), *self._hidden_row(group)),
                is_whole=not group.is_secret,
            )
            for group in self._found
        )

    def row_of(self, line: BudgetLine) -> BookRow:
        """Return the row of one line, named in the reader's language."""
        return BookRow(
            key=line.code,
            name=self.name_of(line),
            kind=LineKind(line.kind),
            kind_name=str(line.get_kind_display()),
            codes=(line.code,),
        )

    def name_of(self, line: BudgetLine) -> str:
        """Return the line's English name for readers of English, when it has one."""
        return line.name_en if self.reader.language == "en" and line.name_en else line.name

    def _hidden_row(self, group: LineGroup) -> Sequence[BookRow]:
        if not group.hidden or group.is_secret:
            return ()
        kinds = {line.kind for line in group.hidden}
        count = len(group.hidden)
        name = ngettext("%(count)d private line", "%(count)d private lines", count)
        return [
            BookRow(
                key="",
                name=name % {"count": count},
                kind=LineKind(kinds.pop()) if len(kinds) == 1 else None,
                kind_name="",
                codes=group.hidden_codes,
            )
        ]

    @cached_property
    def unseen_kinds(self) -> frozenset[LineKind]:
        """Kinds whose sum would give a private line away to this reader."""
        return frozenset(
            LineKind(line.kind)
            for group in self._found
            for line in group.hidden
            if group.is_secret or len({hidden.kind for hidden in group.hidden}) > 1
        )

    @property
    def rows(self) -> list[BookRow]:
        """All rows of all groups in order."""
        return [row for group in self.groups for row in group.rows]

    def months_of(self, codes: tuple[str, ...], column: Column) -> Cells:
        """Return the months of some lines; of actuals, what is logged in open months as well."""
        months = self.figures.months(codes, column)
        if column is not Column.ACTUAL:
            return months
        logged = [self.figures.lines[code].actual for code in codes]
        return (
            *months[: self.closed],
            *(
                None
                if all(row[i] is None for row in logged)
                else sum(row[i] or 0 for row in logged)
                for i in range(self.closed, len(months))
            ),
        )

    @cached_property
    def adjustments(self) -> tuple[BookAdjustment, ...]:
        """The adjustments in order, proposed ones too."""
        rows = Adjustment.objects.for_company(self.plan.company).filter(plan=self.plan)
        moves = AdjustmentMove.objects.for_company(self.plan.company).filter(
            adjustment__plan=self.plan
        )
        by_pk = {line.pk: line for line in self.lines}
        found: dict[int, list[BookMove]] = {}
        for move in moves:
            line = by_pk[move.line_id]
            if self.reader.shows_private or not line.is_private:
                moved = BookMove(
                    line.code, self.name_of(line), Month.of(move.first_day), move.amount
                )
                found.setdefault(move.adjustment_id, []).append(moved)
        return tuple(_adjustment(row, tuple(found.get(row.pk, ()))) for row in rows)

    @cached_property
    def entries(self) -> tuple[BookEntry, ...]:
        """The entries that count and that the reader may see, by date."""
        by_pk = {line.pk: line for line in self.lines}
        rows = (
            Entry.objects.for_company(self.plan.company)
            .filter(plan=self.plan, withdrawn_at=None)
            .order_by("date", "id")
            .values_list("code", "date", "line_id", "amount", "note", "ref", "source")
        )
        return tuple(
            BookEntry(
                code, day, by_pk[line].code, self.name_of(by_pk[line]), amount, note, ref, source
            )
            for code, day, line, amount, note, ref, source in rows
            if self.reader.shows_private or not by_pk[line].is_private
        )


def _adjustment(row: Adjustment, moves: tuple[BookMove, ...]) -> BookAdjustment:
    return BookAdjustment(
        number=row.number,
        proposed_on=row.proposed_on,
        approved_on=row.approved_on,
        approved_by=row.approved_by,
        reason=row.reason,
        trade_off=row.trade_off,
        source=row.source,
        moves=moves,
    )
