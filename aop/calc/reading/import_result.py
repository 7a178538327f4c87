"""What came of reading a file: accepted, rejected, to confirm, skipped (CONTRACT §5)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from aop.calc.months import Month
from aop.calc.reading.words import Why


class Code(StrEnum):
    """Why a row, or a whole file, cannot be imported."""

    AMBIGUOUS_NUMBER = "ambiguous_number"
    NOT_A_NUMBER = "not_a_number"
    UNKNOWN_LINE = "unknown_line"
    DUPLICATE = "duplicate"
    BAD_DATE = "bad_date"
    OUTSIDE_YEAR = "outside_year"
    CLOSED_MONTH = "closed_month"
    NO_CACHED_VALUE = "no_cached_value"
    UNSUPPORTED_FILE = "unsupported_file"
    TOO_LARGE = "too_large"


class Shape(StrEnum):
    """How the rows of a file are to be read."""

    ENTRIES = "entries"
    GRID = "grid"


class Status(StrEnum):
    """What happened to the file, or would happen."""

    READY = "ready"
    IMPORTED = "imported"
    REFUSED = "refused"
    ALREADY_IMPORTED = "already imported"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be taken; row and column are None where the whole file is meant.

    `column` is the letter of the cell; `reason` is a full sentence with its cure.
    """

    row: int | None
    column: str | None
    found: str
    code: Code
    reason: str


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """A row that is readable but for one doubt, with the line it seems to mean."""

    row: int
    found: str
    suggested: str
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row below the header that holds nothing to import."""

    row: int
    why: Why


Totals = Mapping[str, Mapping[Month, int]]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The whole result of one file."""

    file: str
    sha256: str
    shape: Shape
    status: Status
    sheet: str | None = None
    unit: int = 1
    accepted: int = 0
    changed: int = 0
    unchanged: int = 0
    to_confirm: tuple[ToConfirm, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    totals: Totals = field(default_factory=dict)

    @property
    def has_doubts(self) -> bool:
        """Whether some rows cannot be taken as they are."""
        return bool(self.to_confirm or self.rejected)


def result_document(result: ImportResult) -> dict[str, Any]:
    """Return the result as plain values for JSON, in the shape of CONTRACT §5.

    >>> result = ImportResult("a.csv", "0", Shape.GRID, Status.READY, totals={"R": {}})
    >>> result_document(result)["status"], result_document(result)["totals"]
    ('ready', {'R': {}})
    """
    return {
        **{name: _plain(getattr(result, name)) for name in _PLAIN},
        **{name: [_row(each) for each in getattr(result, name)] for name in _ROWS},
        "totals": {
            code: {str(month): amount for month, amount in sorted(months.items())}
            for code, months in result.totals.items()
        },
    }


_PLAIN = (
    *("file", "sha256", "shape", "sheet", "unit", "status"),
    *("accepted", "changed", "unchanged"),
)
_ROWS = ("to_confirm", "rejected", "skipped")


def _row(row: ToConfirm | Rejected | Skipped) -> dict[str, Any]:
    return {name: _plain(value) for name, value in asdict(row).items()}


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value
