"""Hostile and mistaken files: refused in a sentence, within seconds, with nothing read."""

import struct
import time
import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from aop.calc.reading.import_result import Code
from aop.calc.reading.tables import Unsaved
from budgets.spreadsheets.files import read_tables
from budgets.spreadsheets.gate import LARGEST_FILE, FileRefused, admit
from tests.tracking.import_files import saved, with_members, with_sheet, xlsx_file

PLAIN = xlsx_file([["Ngày", "Khoản mục", "Số tiền"]]).content
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
SHEET = "xl/worksheets/sheet9.xml"


def archive(members: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return packed.getvalue()


def encrypted(content: bytes) -> bytes:
    """Return the archive with every member marked as encrypted."""
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        flags = struct.unpack_from("<H", content, place + 8)[0] | 1
        content = content[: place + 8] + struct.pack("<H", flags) + content[place + 10 :]
        place = content.find(b"PK\x01\x02", place + 4)
    return content


REFUSED = {
    "an old workbook": ("a.xls", OLD_OFFICE, Code.UNSUPPORTED_FILE),
    "a workbook with macros": ("a.xlsm", PLAIN, Code.UNSUPPORTED_FILE),
    "a binary workbook": ("a.xlsb", PLAIN, Code.UNSUPPORTED_FILE),
    "an open document": ("a.ods", PLAIN, Code.UNSUPPORTED_FILE),
    "a program": ("a.exe", b"MZ" + b"\0" * 90, Code.UNSUPPORTED_FILE),
    "no suffix": ("entries", b"a,b\n1,2", Code.UNSUPPORTED_FILE),
    "a program called csv": ("a.csv", b"MZ\x90" + b"x" * 90, Code.UNSUPPORTED_FILE),
    "a page called csv": ("a.csv", b"<html><table></table>", Code.UNSUPPORTED_FILE),
    "a workbook called csv": ("a.csv", PLAIN, Code.UNSUPPORTED_FILE),
    "a page called xlsx": ("a.xlsx", b"<html><table></table>", Code.UNSUPPORTED_FILE),
    "a password": ("a.xlsx", OLD_OFFICE, Code.UNSUPPORTED_FILE),
    "encrypted members": ("a.xlsx", encrypted(PLAIN), Code.UNSUPPORTED_FILE),
    "garbage": ("a.xlsx", b"PK\x03\x04" + b"\x7f" * 500, Code.UNSUPPORTED_FILE),
    "another archive": ("a.xlsx", archive({"a.txt": b"a"}), Code.UNSUPPORTED_FILE),
    "an empty file": ("a.csv", b"  \n", Code.UNSUPPORTED_FILE),
    "too many bytes": ("a.csv", b"a" * (LARGEST_FILE + 1), Code.TOO_LARGE),
    "macros in disguise": (
        "a.xlsx",
        with_members(PLAIN, {"xl/vbaProject.bin": b"x"}),
        Code.UNSUPPORTED_FILE,
    ),
    "links to other files": (
        "a.xlsx",
        with_members(PLAIN, {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        Code.UNSUPPORTED_FILE,
    ),
    "a name that climbs out": (
        "a.xlsx",
        with_members(PLAIN, {"../../etc/passwd": b"x"}),
        Code.UNSUPPORTED_FILE,
    ),
    "a bomb": ("a.xlsx", with_members(PLAIN, {SHEET: b"0" * 30_000_000}), Code.TOO_LARGE),
    "too many members": (
        "a.xlsx",
        with_members(PLAIN, {f"xl/media/{n}": b"" for n in range(300)}),
        Code.TOO_LARGE,
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_gate_refuses(what: str) -> None:
    name, content, code = REFUSED[what]

    with pytest.raises(FileRefused) as refused:
        admit(name, content)
    assert refused.value.code is code
    assert str(refused.value).endswith(".")


def cell(place: str, value: str = "1") -> str:
    return f'<c r="{place}"><v>{value}</v></c>'


HOSTILE = {
    "an entity that grows": (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&lol;</t></is></c></row>',
        Code.UNSUPPORTED_FILE,
    ),
    "broken markup": ('<row r="1"><c r="A1"><v>1</c></row>', Code.UNSUPPORTED_FILE),
    "a number of a million digits": (
        f'<row r="1">{cell("A1", "9" * 900_000)}</row>',
        Code.UNSUPPORTED_FILE,
    ),
    "a cell far to the right": (f'<row r="1">{cell("XFD1")}</row>', Code.TOO_LARGE),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_the_child_refuses(what: str) -> None:
    markup, code = HOSTILE[what]
    began = time.monotonic()

    with pytest.raises(FileRefused) as refused:
        read_tables("a.xlsx", with_sheet(markup))
    assert refused.value.code is code
    assert time.monotonic() - began < 20


def test_a_cell_far_down_costs_nothing() -> None:
    [table] = read_tables("a.xlsx", with_sheet(f'<row r="1048576">{cell("C1048576")}</row>'))

    assert [(row.number, row.cells) for row in table.rows] == [(1048576, (None, None, 1))]


def test_rows_without_end_are_stopped() -> None:
    rows = "".join(f'<row r="{n}">{cell(f"A{n}")}</row>' for n in range(1, 210_000))
    packed = with_sheet(rows)

    with pytest.raises(FileRefused) as refused:
        read_tables("a.xlsx", packed)
    assert refused.value.code is Code.TOO_LARGE


def test_an_entity_reads_no_file() -> None:
    content = with_sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>')
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                entity = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
                data = entity + data[data.index(b"<worksheet") :]
            target.writestr(name, data)

    with pytest.raises(FileRefused):
        read_tables("a.xlsx", packed.getvalue())


def test_a_formula_without_a_result_is_marked() -> None:
    [table] = read_tables("a.xlsx", xlsx_file([["a", "=1+1"]]).content)

    assert table.rows[0].cells == ("a", Unsaved.FORMULA)


def test_hidden_rows_are_marked() -> None:
    rows = f'<row r="1">{cell("A1")}</row><row r="2" hidden="1">{cell("A2")}</row>'

    [table] = read_tables("a.xlsx", with_sheet(rows))
    assert [row.is_hidden for row in table.rows] == [False, True]


def test_hidden_sheets_stay_unread() -> None:
    book: Any = openpyxl.Workbook()
    book.create_sheet("Nháp").sheet_state = "veryHidden"
    book.active.append(["a"])

    assert [table.sheet for table in read_tables("a.xlsx", saved(book))] == ["Sheet"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1258"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_files_are_read_whatever_parts_their_cells(encoding: str, delimiter: str) -> None:
    rows = [["Ngày", "Khoản mục", "Số tiền"], ["1/2/2026", "Lương", '"1,250,000"']]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    # This code page writes some letters as a base and a mark.
    content = text.encode(encoding) if encoding != "cp1258" else _in_old_windows(text)

    [table] = read_tables("a.csv", content)
    assert [row.cells for row in table.rows] == [
        ("Ngày", "Khoản mục", "Số tiền"),
        ("1/2/2026", "Lương", "1,250,000"),
    ]


def _in_old_windows(text: str) -> bytes:
    marks = {"ạ": "a\u0323", "ả": "a\u0309", "ố": "ô\u0301", "ề": "ê\u0300", "ụ": "u\u0323"}
    for letter, parts in marks.items():
        text = text.replace(letter, parts)
    return text.encode("cp1258")


def test_rows_are_counted_as_lines_of_the_file() -> None:
    content = b'a,b\n\n"one\ntwo",c\nd,e\n'

    [table] = read_tables("a.csv", content)
    assert [row.number for row in table.rows] == [1, 3, 5]
