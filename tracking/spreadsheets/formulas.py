"""Formulas as spreadsheets read them; each is stored beside the value that it gives.

Where a value is not known, the formula says so as well: it shows nothing instead of 0, and
gives a number as soon as somebody types what is missing.
"""

from collections.abc import Sequence
from itertools import count, groupby

from aop.calc.reading.tables import column_letters

MOST_ARGUMENTS = 200


def cell(row: int, column: int) -> str:
    """Name a cell whose row and column are counted from 0: `D7`."""
    return f"{column_letters(column)}{row + 1}"


def elsewhere(sheet: str, row: int, column: int) -> str:
    """Name a cell of another sheet."""
    return f"'{sheet}'!{cell(row, column)}"


def across(row: int, first: int, last: int) -> str:
    """Name the cells of a row from one column to another, both included."""
    return f"{cell(row, first)}:{cell(row, last)}"


def down(rows: Sequence[int], column: int) -> list[str]:
    """Name the cells of a column in some rows; rows that follow each other become one range."""
    step = count()
    spans = [list(run) for _gap, run in groupby(sorted(rows), key=lambda row: row - next(step))]
    return [
        cell(span[0], column)
        if len(span) == 1
        else f"{cell(span[0], column)}:{cell(span[-1], column)}"
        for span in spans
    ]


def sum_of(parts: Sequence[str], value: int | None) -> str:
    """Add cells; nothing is shown while none of them holds a number."""
    arguments = _nested(parts)
    if value is not None:
        return f"=SUM({arguments})"
    return f'=IF(COUNT({arguments})=0,"",SUM({arguments}))'


def _nested(parts: Sequence[str]) -> str:
    if len(parts) <= MOST_ARGUMENTS:
        return ",".join(parts)
    chunks = [parts[i : i + MOST_ARGUMENTS] for i in range(0, len(parts), MOST_ARGUMENTS)]
    return ",".join(f"SUM({','.join(chunk)})" for chunk in chunks)


def difference_of(first: str, others: Sequence[str], value: int | None) -> str:
    """Take cells away from the first one; nothing is shown while one of them is empty."""
    taken = "".join(f"-{other}" for other in others)
    if value is not None:
        return f"={first}{taken}"
    empty = ",".join(f'{part}=""' for part in (first, *others))
    return f'=IF(OR({empty}),"",{first}{taken})'


def same_as(reference: str, value: int | None) -> str:
    """Repeat a cell of another sheet, an empty one as empty."""
    return f"={reference}" if value is not None else f'=IF({reference}="","",{reference})'


def quotient_of(part: str, base: str) -> str:
    """Divide a cell by another one; nothing is shown where there is no base."""
    return f'=IF(OR(N({base})=0,{part}=""),"",{part}/{base})'


def share_of(difference: str, planned: str) -> str:
    """Give a variance as a share of the plan's size; nothing is shown where nothing is planned."""
    return f'=IF(OR(N({planned})=0,{difference}=""),"",{difference}/ABS({planned}))'


def points_between(planned: str, actual: str) -> str:
    """Give the difference of two ratios in percentage points."""
    return f'=IF(OR({planned}="",{actual}=""),"",100*({actual}-{planned}))'
