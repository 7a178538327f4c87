"""Rows of twelve months in which None is "no value", and their sums (METHODS.md §3)."""

from collections.abc import Iterable, Sequence

from aop.calc.months import MONTHS_PER_YEAR

Cells = tuple[int | None, ...]
NO_CELLS: Cells = (None,) * MONTHS_PER_YEAR


def total(cells: Sequence[int | None], start: int = 0, end: int = MONTHS_PER_YEAR) -> int | None:
    """Add the cells from `start` up to `end` that have a value; None when none has (METHODS.md §3).

    Any unit; keeps the sign of the cells; exact.

    >>> total((5, None, 7)), total((None, None)), total((5, 7, 9), 1, 2)
    (12, None, 7)
    """
    values = [cell for cell in cells[start:end] if cell is not None]
    return sum(values) if values else None


def total_or_zero(cells: Sequence[int | None], start: int = 0, end: int = MONTHS_PER_YEAR) -> int:
    """Add the cells that have a value; 0 when none has, where an empty cell moves nothing.

    >>> total_or_zero((None, None)), total_or_zero((5, None))
    (0, 5)
    """
    return sum(filter(None, cells[start:end]))


def add_rows(rows: Iterable[Cells]) -> Cells:
    """Add rows month by month; a month without any value stays None (METHODS.md §3).

    >>> add_rows([(1, None, None), (2, 5, None)])[:3]
    (3, 5, None)
    """
    sums = tuple(total(month, 0, len(month)) for month in zip(*rows, strict=True))
    return sums or NO_CELLS


def closed_row(cells: Cells, closed: int) -> Cells:
    """Return the actuals as of a close: no entry in a closed month is 0, an open month is None.

    >>> closed_row((5, None, 7), 2)[:3]
    (5, 0, None)
    """
    return (*[cell or 0 for cell in cells[:closed]], *NO_CELLS[closed:])


def actual_then(actual: Cells, rest: Sequence[int | None], closed: int) -> Cells:
    """Return the actual of the closed months followed by `rest`, which holds all twelve.

    >>> actual_then((5, None, None), (1, 2, 3), 1)
    (5, 2, 3)
    """
    return (*actual[:closed], *rest[closed:])
