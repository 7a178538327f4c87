"""What changed after approval, in a plan folder: `adjustments.json` and `commitments.csv`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aop.calc.months import Month
from aop.calc.reading.folder_csv import Columns, csv_bytes
from aop.calc.reading.folder_fields import AMOUNT, DAY, MonthOf, Reference, Whole, Word
from aop.calc.reading.folder_json import json_bytes
from aop.calc.reading.folder_names import Items, Names, sound
from aop.calc.reading.folder_records import Record
from budgets.models.limits import CommitmentStatus

ADJUSTMENTS_FILE = "adjustments.json"
COMMITMENTS_FILE = "commitments.csv"
COMMITMENT_COLUMNS = Columns(
    named=("id", "line_code", "month", "amount", "note", "status"),
    needed=("id", "line_code", "month", "amount"),
)
_NUMBER = Whole(1, 9999)
_STATUS = Word(CommitmentStatus)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Money added to (+) or taken from (−) one line in one month."""

    line_code: str
    month: Month
    amount: int


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """One change of the approved budget; it counts once it has `approved_on`.

    `approved_by` is the code of a person, or the name of somebody who is none of the plan.
    """

    number: int
    proposed_on: date
    approved_on: date | None
    approved_by: str
    effective_from: Month
    reason: str
    trade_off: str
    source: str
    goals: tuple[str, ...]
    moves: tuple[MoveRow, ...]


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """Promised money on one line, expected in one month."""

    id: str
    line_code: str
    month: Month
    amount: int
    note: str
    status: str


def read_adjustments(items: Items, names: Names) -> tuple[AdjustmentRow, ...]:
    """Read `adjustments.json`."""
    taken: dict[int, int | None] = {}
    return tuple(_adjustment(record, names, taken) for record in sound(items))


def write_adjustments(adjustments: Iterable[AdjustmentRow]) -> bytes:
    """Write `adjustments.json`."""
    return json_bytes([_document(adjustment) for adjustment in adjustments])


def read_commitments(rows: Items, names: Names) -> tuple[CommitmentRow, ...]:
    """Read `commitments.csv`."""
    taken: dict[str, int | None] = {}
    return tuple(_commitment(record, names, taken) for record in sound(rows))


def write_commitments(commitments: Iterable[CommitmentRow]) -> bytes:
    """Write `commitments.csv`."""
    rows = [
        (each.id, each.line_code, each.month, each.amount, each.note, each.status)
        for each in commitments
    ]
    return csv_bytes(COMMITMENT_COLUMNS, rows)


def _adjustment(record: Record, names: Names, taken: dict[int, int | None]) -> AdjustmentRow:
    number = record.required("number", _NUMBER)
    record.once("number", number, taken)
    adjustment = AdjustmentRow(
        number=number,
        proposed_on=record.required("proposed_on", DAY),
        approved_on=record.optional("approved_on", DAY),
        approved_by=record.text("approved_by"),
        effective_from=record.required("effective_from", MonthOf(names.year)),
        reason=record.note("reason"),
        trade_off=record.note("trade_off"),
        source=record.note("source"),
        goals=record.references("goals", names.goals, "goal"),
        moves=tuple(_move(each, names) for each in record.records("moves")),
    )
    record.finish()
    return adjustment


def _move(record: Record, names: Names) -> MoveRow:
    move = MoveRow(
        line_code=record.required("line_code", Reference(names.lines, "line")),
        month=record.required("month", MonthOf(names.year)),
        amount=record.required("amount", AMOUNT),
    )
    record.finish()
    return move


def _commitment(record: Record, names: Names, taken: dict[str, int | None]) -> CommitmentRow:
    return CommitmentRow(
        id=record.code(taken, "id"),
        line_code=record.required("line_code", Reference(names.lines, "line")),
        month=record.required("month", MonthOf(names.year)),
        amount=record.required("amount", AMOUNT),
        note=record.note("note"),
        status=record.get("status", _STATUS, CommitmentStatus.OPEN.value),
    )


def _document(adjustment: AdjustmentRow) -> dict[str, object]:
    source = {"source": adjustment.source} if adjustment.source else {}
    return {
        "number": adjustment.number,
        "proposed_on": adjustment.proposed_on,
        "approved_on": adjustment.approved_on,
        "approved_by": adjustment.approved_by,
        "effective_from": adjustment.effective_from,
        "reason": adjustment.reason,
        "trade_off": adjustment.trade_off,
        **source,
        "goals": adjustment.goals,
        "moves": [
            {"line_code": each.line_code, "month": each.month, "amount": each.amount}
            for each in adjustment.moves
        ],
    }
