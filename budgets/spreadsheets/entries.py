"""Reads a list of entries, or a cash book, row by row (DOMAIN §18)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from aop.calc.lines import LineKind
from aop.calc.reading.import_result import Code, Rejected, Skipped, ToConfirm
from aop.calc.reading.tables import (
    FileRow,
    Found,
    Table,
    column_letters,
    is_blank,
    text_of,
)
from aop.calc.reading.words import Head, Why, head_of, sum_named_by
from aop.tenancy.models import NAME_LENGTH, NOTE_LENGTH
from budgets.spreadsheets.cells import (
    CellRefused,
    ReadPlan,
    read_amount,
    read_date,
    read_minor,
    unknown_line,
)
from budgets.spreadsheets.shapes import EntryShape, find_entries

EntryKey = tuple[date, str, int, str, str]
_NOTHING = {"", "-", "–", "0"}


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """One entry as the file says it."""

    row: int
    date: date
    line_code: str
    amount: int
    note: str
    ref: str

    @property
    def key(self) -> EntryKey:
        """What makes two entries the same one, booked twice."""
        return (self.date, self.line_code, self.amount, self.note, self.ref)


@dataclass(frozen=True, slots=True)
class EntriesRead:
    """Every row below the header, in one of four heaps.

    `stored_twice` counts the rejected rows that are booked already.
    """

    sheet: str | None
    unit: int
    accepted: tuple[ReadEntry, ...]
    to_confirm: tuple[ToConfirm, ...]
    rejected: tuple[Rejected, ...]
    skipped: tuple[Skipped, ...]
    stored_twice: int = 0


def read_entries(tables: Sequence[Table], plan: ReadPlan) -> EntriesRead:
    """Read the entries of a file; what is booked already is not known here.

    Raises:
        FileRefused: No table has the heads of entries.
    """
    return _EntryReader(find_entries(tables), plan).read()


def without_duplicates(read: EntriesRead, stored: Collection[EntryKey]) -> EntriesRead:
    """Reject what an earlier row of the file, or a stored entry, says already."""
    seen: dict[EntryKey, int] = {}
    accepted, rejected, twice = [], list(read.rejected), 0
    for entry in read.accepted:
        if entry.key in stored:
            twice += 1
            rejected.append(_duplicate(entry, _("This entry is booked already.")))
        elif entry.key in seen:
            reason = _(
                "The same entry stands in row %(row)s. Give one a reference if both are meant."
            )
            rejected.append(_duplicate(entry, reason % {"row": seen[entry.key]}))
        else:
            seen[entry.key] = entry.row
            accepted.append(entry)
    return replace(
        read,
        accepted=tuple(accepted),
        rejected=tuple(sorted(rejected, key=lambda each: each.row or 0)),
        stored_twice=twice,
    )


def _duplicate(entry: ReadEntry, reason: str) -> Rejected:
    return Rejected(entry.row, None, entry.line_code, Code.DUPLICATE, reason)


class _EntryReader:
    """Walks down one table; every row falls into one heap."""

    def __init__(self, shape: EntryShape, plan: ReadPlan) -> None:
        self.shape, self.plan = shape, plan
        self.names = plan.names()
        self.kinds = {line.code: line.kind for line in plan.lines}
        self.accepted: list[ReadEntry] = []
        self.to_confirm: list[ToConfirm] = []
        self.rejected: list[Rejected] = []
        self.skipped: list[Skipped] = []

    def read(self) -> EntriesRead:
        for row in self.shape.table.rows:
            if row.number > self.shape.header and not row.is_empty:
                self._take(row)
        return EntriesRead(
            self.shape.table.sheet,
            self.shape.unit,
            tuple(self.accepted),
            tuple(self.to_confirm),
            tuple(self.rejected),
            tuple(self.skipped),
        )

    def _take(self, row: FileRow) -> None:
        why = self._nothing_in(row)
        if why is not None:
            self.skipped.append(Skipped(row.number, why))
            return
        try:
            self._take_entry(row)
        except CellRefused as refused:
            column = refused.column
            self.rejected.append(
                Rejected(
                    row=row.number,
                    column=None if column is None else column_letters(column),
                    found=text_of(row.cell(column)),
                    code=refused.code,
                    reason=refused.reason,
                )
            )

    def _nothing_in(self, row: FileRow) -> Why | None:
        """Return why the row is no entry: a heading, a sum, a balance; None when it is one."""
        line = self._cell(row, Head.LINE)
        if head_of(self._cell(row, Head.DATE)) is Head.DATE:
            return Why.HEADING  # the header once more, on another printed page
        if not is_blank(line) and self.names.find(text_of(line)).code is not None:
            return None
        sums = (sum_named_by(found) for found in row.cells if isinstance(found, str))
        why = next((why for why in sums if why is not None), None)
        if why is not None and (is_blank(line) or sum_named_by(text_of(line)) is not None):
            return why
        lacks_both = is_blank(line) or is_blank(self._cell(row, Head.DATE))
        if lacks_both and not self._has_amount(row):
            return Why.NOTE if self.accepted else Why.HEADING
        return None

    def _has_amount(self, row: FileRow) -> bool:
        heads = (Head.AMOUNT, Head.MONEY_IN, Head.MONEY_OUT)
        return any(not is_blank(self._cell(row, head)) for head in heads)

    def _cell(self, row: FileRow, head: Head) -> Found:
        return row.cell(self.shape.columns.get(head))

    def _take_entry(self, row: FileRow) -> None:
        day = self._date(row)
        line = self._cell(row, Head.LINE)
        match = self.names.find(text_of(line))
        code = match.code or match.suggested
        if code is None:
            raise self._at(Head.LINE, unknown_line(line))
        amount = self._amount(row, code)
        if amount == 0:
            self.skipped.append(Skipped(row.number, Why.NOTHING))
        elif match.code is None:
            self._doubt(row, text_of(line), code, _("The name is only alike. Is this line meant?"))
        elif row.is_hidden:
            self._doubt(
                row, text_of(line), code, _("The row is hidden in the file. Does it count?")
            )
        else:
            note = text_of(self._cell(row, Head.NOTE))[:NOTE_LENGTH]
            ref = text_of(self._cell(row, Head.REF))[:NAME_LENGTH]
            self.accepted.append(ReadEntry(row.number, day, code, amount, note, ref))

    def _doubt(self, row: FileRow, found: str, code: str, reason: str) -> None:
        self.to_confirm.append(ToConfirm(row.number, found, code, reason))

    def _date(self, row: FileRow) -> date:
        from_1904 = self.shape.table.counts_from_1904
        try:
            return read_date(self._cell(row, Head.DATE), self.plan, counts_from_1904=from_1904)
        except CellRefused as refused:
            raise self._at(Head.DATE, refused) from refused

    def _amount(self, row: FileRow, code: str) -> int:
        head, sign = self._amount_column(row, code)
        if self.kinds[code] is LineKind.CONTINGENCY:
            reason = _("The reserve is spent by moving its money to the line that needs it.")
            raise self._at(Head.LINE, CellRefused(Code.UNKNOWN_LINE, reason))
        try:
            if self.shape.is_minor:
                return read_minor(self._cell(row, head), self.plan)
            return sign * read_amount(self._cell(row, head), self.plan, self.shape.unit)
        except CellRefused as refused:
            raise self._at(head, refused) from refused

    def _amount_column(self, row: FileRow, code: str) -> tuple[Head, int]:
        """Return where the amount stands; money out is a negative amount of financing alone."""
        if Head.AMOUNT in self.shape.columns:
            return Head.AMOUNT, 1
        filled = [
            head
            for head in (Head.MONEY_IN, Head.MONEY_OUT)
            if text_of(self._cell(row, head)) not in _NOTHING
        ]
        if len(filled) > 1:
            reason = _("The row has money in and money out. Leave only the one that is meant.")
            raise self._at(Head.MONEY_OUT, CellRefused(Code.AMBIGUOUS_NUMBER, reason))
        head = filled[0] if filled else Head.MONEY_IN
        is_paid_back = head is Head.MONEY_OUT and self.kinds[code] is LineKind.FINANCING
        return head, -1 if is_paid_back else 1

    def _at(self, head: Head, refused: CellRefused) -> CellRefused:
        return CellRefused(refused.code, refused.reason, self.shape.columns.get(head))
