"""A sheet or a text file as it was read: physical rows of raw cells (DOMAIN §18)."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import TypeAlias

_LETTERS = 26
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), " ")


class Unsaved(Enum):
    """A formula whose result was never stored in the file."""

    FORMULA = "formula"


Found: TypeAlias = str | int | float | bool | date | datetime | time | Unsaved | None


@dataclass(frozen=True, slots=True)
class FileRow:
    """One physical row, counted from 1; cells behind the last filled one are missing."""

    number: int
    cells: tuple[Found, ...]
    is_hidden: bool = False

    def cell(self, column: int | None) -> Found:
        """Return the cell of a column counted from 0; None where the row has none."""
        return self.cells[column] if column is not None and column < len(self.cells) else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the row."""
        return all(is_blank(found) for found in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """One visible sheet, or a whole text file (`sheet` None), without its empty rows.

    `counts_from_1904` tells how a spreadsheet's plain numbers are to be taken as dates.
    """

    sheet: str | None
    rows: tuple[FileRow, ...]
    counts_from_1904: bool = False


def is_blank(found: Found) -> bool:
    """Whether a cell holds nothing but spaces.

    >>> is_blank(None), is_blank("  "), is_blank(0)
    (True, True, False)
    """
    return found is None or (isinstance(found, str) and not found.strip())


def text_of(found: Found) -> str:
    """Return a cell as one line of text, the way a person would quote it.

    >>> text_of("  Tiền\\n thuê "), text_of(1200000.0), text_of(date(2026, 5, 1)), text_of(None)
    ('Tiền thuê', '1200000', '2026-05-01', '')
    """
    if found is None:
        return ""
    if isinstance(found, Unsaved):
        return "="
    if isinstance(found, float) and found.is_integer():
        return str(int(found))
    if isinstance(found, datetime):
        return str(found.date())
    return " ".join(unicodedata.normalize("NFC", str(found)).translate(_CONTROLS).split())


def column_letters(column: int) -> str:
    """Name a column counted from 0 as spreadsheets do.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters
