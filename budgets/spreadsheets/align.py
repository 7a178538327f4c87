"""Lays two versions of a budget side by side, line by line and month by month."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from aop.calc.months import Month

Amounts = Mapping[str, Mapping[Month, int | None]]
MONEY = "Int64"  # whole numbers that may be missing; a float would lose the last đồng


@dataclass(frozen=True, slots=True)
class CellChange:
    """One line-month that is not the same in both; None is "no plan"."""

    code: str
    month: Month
    before: int | None
    after: int | None

    @property
    def difference(self) -> int:
        """By how much it changes, where nothing counts as 0."""
        return (self.after or 0) - (self.before or 0)


def long_frame(amounts: Amounts) -> pd.DataFrame:
    """Return one row per line and month: code, month as text, amount in minor units."""
    cells = [
        (code, str(month), amount)
        for code, months in amounts.items()
        for month, amount in months.items()
    ]
    frame = pd.DataFrame(cells, columns=["code", "month", "amount"], dtype=object)
    return frame.astype({"amount": MONEY})


def aligned(before: Amounts, after: Amounts) -> pd.DataFrame:
    """Return every line-month of either side; `_merge` says on which side it stands."""
    return long_frame(before).merge(
        long_frame(after),
        how="outer",
        on=["code", "month"],
        suffixes=("_before", "_after"),
        indicator=True,
    )


def changed_cells(before: Amounts, after: Amounts) -> Iterator[CellChange]:
    """Yield what differs, in the order of the lines of `before`, then by month."""
    frame = aligned(before, after)
    same = frame["amount_before"].eq(frame["amount_after"]).fillna(value=False)
    empty = frame["amount_before"].isna() & frame["amount_after"].isna()
    order = {code: place for place, code in enumerate([*before, *after])}
    changed = frame[~(same | empty)]
    rows = zip(
        *(changed[name] for name in ("code", "month", "amount_before", "amount_after")),
        strict=True,
    )
    for code, month, old, new in sorted(rows, key=lambda row: (order[row[0]], row[1])):
        yield CellChange(code, Month.parse(month), _amount(old), _amount(new))


def _amount(found: object) -> int | None:
    return None if found is pd.NA else int(str(found))
