"""Foreign files as tables of raw cells: workbooks through a child process, text files here."""

import csv
import io
import json
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from aop.calc.reading.import_result import Code
from aop.calc.reading.tables import FileRow, Found, Table, Unsaved
from budgets.spreadsheets.gate import DAMAGED, TOO_MUCH, FileKind, FileRefused, admit

MOST_ROWS = 200_000
MOST_COLUMNS = 100
WALL_SECONDS = 90
DELIMITERS = (";", "\t", ",")
_CHILD = Path(__file__).with_name("child.py")
_GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r", "'\n")


def read_tables(name: str, content: bytes) -> list[Table]:
    """Return the visible sheets of a workbook, or a text file as one table.

    Raises:
        FileRefused: The gate refuses the file, it is damaged, or it holds too much.
    """
    if admit(name, content) is FileKind.TEXT:
        return [_text_table(content)]
    return [_sheet(each) for each in _ask_child(content)]


def _ask_child(content: bytes) -> list[dict[str, Any]]:
    """Let a process of its own read the workbook; its end is never ours."""
    command = [sys.executable, "-I", str(_CHILD)]
    try:
        ran = subprocess.run(  # noqa: S603  # our own program, no shell, no argument of theirs
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused(TOO_MUCH, Code.TOO_LARGE) from error
    if ran.returncode != 0:
        raise FileRefused(TOO_MUCH, Code.TOO_LARGE)
    answer: dict[str, Any] = json.loads(ran.stdout)
    if "refused" in answer:
        if answer["refused"] == "too_large":
            raise FileRefused(TOO_MUCH, Code.TOO_LARGE)
        raise FileRefused(DAMAGED)
    sheets: list[dict[str, Any]] = answer["sheets"]
    return sheets


def _sheet(read: dict[str, Any]) -> Table:
    rows = tuple(
        FileRow(number, tuple(map(_found, cells)), is_hidden)
        for number, is_hidden, cells in read["rows"]
    )
    return Table(read["sheet"], rows, read["counts_from_1904"])


def _found(cell: Any) -> Found:
    if not isinstance(cell, dict):
        found: Found = cell
        return found
    return date.fromisoformat(cell["day"]) if "day" in cell else Unsaved.FORMULA


def _text_table(content: bytes) -> Table:
    text = _decoded(content)
    try:
        rows = list(_text_rows(csv.reader(io.StringIO(text, newline=""), delimiter=_between(text))))
    except csv.Error as error:
        raise FileRefused(
            _("The rows of this file cannot be told apart. Save it as .csv again.")
        ) from error
    return Table(None, tuple(rows))


def _decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, or in the code page of older Vietnamese Windows."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))


def _between(text: str) -> str:
    """Return the delimiter that parts the first lines into the same number of cells."""
    lines = text.splitlines()[:20]
    return max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _evenness(lines: list[str], delimiter: str) -> tuple[int, int]:
    """Return how many lines have the most usual number of cells, and that number."""
    widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=delimiter))
    width, count = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1]), default=(0, 0))
    return (count, width) if width > 1 else (0, 0)


def _text_rows(reader: Any) -> Iterator[FileRow]:
    """Yield the rows that hold something, counted as lines of the file."""
    number, taken = 1, 0
    for cells in reader:
        row = FileRow(number, tuple(map(_unguarded, cells)))
        number = reader.line_num + 1
        if row.is_empty:
            continue
        taken += 1
        if taken > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise FileRefused(TOO_MUCH, Code.TOO_LARGE)
        yield row


def _unguarded(cell: str) -> str:
    """Take off the apostrophe that keeps spreadsheets from running a text (our own exports)."""
    return cell[1:] if cell.startswith(_GUARDED) else cell
