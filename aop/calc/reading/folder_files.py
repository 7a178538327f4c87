"""The files of a plan folder: bytes to records, with everything wrong noted once."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from aop.calc.reading.folder_csv import (
    CellsByName,
    Columns,
    CsvRow,
    csv_rows,
    header_faults,
    unknown_columns,
)
from aop.calc.reading.folder_fields import Refused
from aop.calc.reading.folder_json import json_value
from aop.calc.reading.folder_problems import Findings
from aop.calc.reading.folder_records import Record

LARGEST_FILE = 50 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"

S = TypeVar("S")
T = TypeVar("T")


class FolderFiles:
    """The files of one folder, opened one by one.

    A file that may be missing and is missing or empty gives an empty list. None means that
    the file cannot be read, which has been noted.
    """

    def __init__(self, files: Mapping[str, bytes], findings: Findings) -> None:
        self._files = files
        self._findings = findings

    def table(self, file: str, columns: Columns, *, is_needed: bool = False) -> list[Record] | None:
        """Return the rows of a CSV file; one whose cells do not fit the header is not sound."""
        text = self._text(file, is_needed=is_needed)
        rows = self._tried(file, csv_rows, text) if text else None
        if not rows:
            return None if text is None or text else []
        header = rows[0].cells
        for name in unknown_columns(header, columns):
            self._findings.ignore(file, 1, name)
        faults = header_faults(header, columns)
        for name, fault in faults:
            self._findings.refuse(file, rows[0].row, name, fault.code, **fault.params)
        places = {name: place for place, name in enumerate(header)}
        return None if faults else [self._row(file, places, row) for row in rows[1:]]

    def items(self, file: str) -> list[Record] | None:
        """Return the objects of a JSON list."""
        text = self._text(file, is_needed=False)
        if not text:
            return None if text is None else []
        found = self._tried(file, _list_in, text)
        if found is None:
            return None
        records = [self._item(file, row, value) for row, value in enumerate(found, start=1)]
        return [record for record in records if record is not None]

    def document(self, file: str) -> Record | None:
        """Return the one object of a JSON file that has to be there."""
        text = self._text(file, is_needed=True)
        found = self._tried(file, _object_in, text) if text else None
        return None if found is None else Record(self._findings, file, None, found)

    def _row(self, file: str, places: Mapping[str, int], row: CsvRow) -> Record:
        values = CellsByName(places, row.cells)
        record = Record(self._findings, file, row.row, values, has_free_keys=False)
        if len(row.cells) != len(places):
            record.refuse("", "ragged", found=len(row.cells), length=len(places))
        return record

    def _item(self, file: str, row: int, value: object) -> Record | None:
        if isinstance(value, dict):
            return Record(self._findings, file, row, value)
        self._findings.refuse(file, row, "", "not_object")
        return None

    def _text(self, file: str, *, is_needed: bool) -> str | None:
        """Return the text, empty when it holds nothing; None with a problem."""
        if file not in self._files:
            if is_needed:
                self._findings.refuse(file, None, "", "file_missing")
            return None if is_needed else ""
        text = self._tried(file, decoded, self._files[file])
        if text is not None and not text.strip():
            if is_needed:
                self._findings.refuse(file, None, "", "file_empty")
            return None if is_needed else ""
        return text

    def _tried(self, file: str, read: Callable[[S], T], source: S) -> T | None:
        try:
            return read(source)
        except Refused as refused:
            params = dict(refused.params)
            row = params.pop("row", None)
            self._findings.refuse(
                file, row if isinstance(row, int) else None, "", refused.code, **params
            )
            return None


def _list_in(text: str) -> list[object]:
    value = json_value(text)
    if not isinstance(value, list):
        raise Refused("file_not_list")
    return value


def _object_in(text: str) -> dict[str, object]:
    value = json_value(text)
    if not isinstance(value, dict):
        raise Refused("file_not_object")
    return value


def decoded(data: bytes) -> str:
    """Return the text of a file; raises Refused when it is too large or not plain UTF-8."""
    if len(data) > LARGEST_FILE:
        raise Refused("file_too_large", limit=LARGEST_FILE // 1024 // 1024)
    if data.startswith(_BOM):
        raise Refused("byte_order_mark", row=1)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("not_utf8", row=data.count(b"\n", 0, error.start) + 1) from None
