"""Reads one workbook from standard input and writes its visible sheets as JSON.

Runs as a process of its own, started by `budgets.spreadsheets.files`: whatever a hostile file
makes of memory and time ends with this process. It imports nothing of ours.
"""

import json
import resource
import sys
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it for nothing

import openpyxl  # noqa: E402  # after numpy is put out of its reach
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser  # noqa: E402

MEMORY = 768 * 1024 * 1024
SECONDS = 60
MOST_ROWS = 200_000
MOST_COLUMNS = 100
MOST_SHEETS = 60
LONGEST_CELL = 32 * 1024
LARGEST_OUTPUT = 48 * 1024 * 1024
EPOCH_1904 = 1904
UNSAVED = object()


class TooLarge(Exception):
    """There is more in the file than is read."""


def limit() -> None:
    """Bound memory, time and files of this process for good."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def sheets(content: bytes) -> Iterator[dict[str, Any]]:
    """Yield the visible sheets with their rows that are not empty."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if len(visible) > MOST_SHEETS:
        raise TooLarge
    room = [LARGEST_OUTPUT]
    for sheet in visible:
        yield {
            "sheet": sheet.title,
            "counts_from_1904": book.epoch.year == EPOCH_1904,
            "rows": list(rows(book, sheet, room)),
        }


class Parser(WorkSheetParser):
    """Reads row by row, and marks formulas whose result the file does not hold."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Return one cell; the mark stands where a result should."""
        cell: dict[str, Any] = super().parse_cell(element)
        is_bare = cell["value"] is None and element.get("t") != "str"
        if is_bare and element.find(FORMULA_TAG) is not None:
            cell["value"] = UNSAVED
        return cell

    def is_hidden(self) -> bool:
        """Whether the row just read is hidden; what is known of earlier rows is dropped."""
        row = self.row_dimensions.get(str(self.row_counter), {})
        self.row_dimensions.clear()
        return row.get("hidden") in {"1", "true"}


def rows(book: Any, sheet: Any, room: list[int]) -> Iterator[list[Any]]:
    """Yield number, hidden or not, and cells of the rows that hold something."""
    taken = 0
    with sheet._get_source() as source:
        parser = Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, found in parser.parse():
            is_hidden = parser.is_hidden()
            cells = filled(found)
            if not cells:
                continue
            taken += 1
            room[0] -= sum(len(cell) if isinstance(cell, str) else 8 for cell in cells)
            if taken > MOST_ROWS or len(cells) > MOST_COLUMNS or room[0] < 0:
                raise TooLarge
            yield [number, is_hidden, cells]


def filled(found: Sequence[dict[str, Any]]) -> list[Any]:
    """Return the cells of a row by column, up to the last one that holds something."""
    values = {
        cell["column"]: plain(cell["value"]) for cell in found if cell["value"] not in (None, "")
    }
    if values and max(values) > MOST_COLUMNS:
        raise TooLarge
    return [values.get(column) for column in range(1, max(values, default=0) + 1)]


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it; dates and bare formulas become small objects."""
    if value is UNSAVED:
        return {"formula": 1}
    if isinstance(value, date):
        return {"day": value.isoformat()[:10]}
    if isinstance(value, time | timedelta):
        return str(value)
    return value[:LONGEST_CELL] if isinstance(value, str) else value


def main(arguments: Sequence[str]) -> int:
    """Read standard input; answer with the sheets, or with one word why not."""
    if list(arguments) != ["--unlimited"]:
        limit()
    try:
        answer: dict[str, Any] = {"sheets": list(sheets(sys.stdin.buffer.read()))}
    except (TooLarge, MemoryError):
        answer = {"refused": "too_large"}
    except Exception:  # noqa: BLE001  # whatever a broken file makes a reader raise
        answer = {"refused": "damaged"}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
