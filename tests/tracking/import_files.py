"""Files as people send them, made in memory."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import openpyxl

from tracking.services.uploads import SentFile

Rows = Sequence[Sequence[object]]


def csv_file(*lines: str, name: str = "entries.csv") -> SentFile:
    return SentFile(name, "\n".join(lines).encode())


def xlsx_file(rows: Rows, name: str = "entries.xlsx", sheet: str = "Sheet") -> SentFile:
    book = openpyxl.Workbook()
    first: Any = book.active
    first.title = sheet
    for row in rows:
        first.append(list(row))
    return SentFile(name, saved(book))


def saved(book: openpyxl.Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def changed_cells(content: bytes, sheet: str, cells: Mapping[str, object]) -> bytes:
    """Return a workbook after somebody typed into some cells, with all other values kept."""
    book: Any = openpyxl.load_workbook(BytesIO(content), data_only=True)
    for place, value in cells.items():
        book[sheet][place] = value
    return saved(book)


def with_members(content: bytes, members: Mapping[str, bytes]) -> bytes:
    """Return an archive with more members."""
    packed = BytesIO(content)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def with_sheet(markup: str) -> bytes:
    """Return a workbook whose only sheet holds that markup between its `sheetData` marks."""
    content = xlsx_file([["x"]]).content
    packed = BytesIO()
    source = zipfile.ZipFile(BytesIO(content))
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                head, rest = data.split(b"<sheetData>")
                tail = rest.split(b"</sheetData>")[1]
                data = head + b"<sheetData>" + markup.encode() + b"</sheetData>" + tail
            archive.writestr(name, data)
    return packed.getvalue()
