"""Budget lines under their headings, as a member may see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from aop.calc.figures import Column, Figures
from budgets.models import BudgetLine
from budgets.queries.lines import grouped
from budgets.queries.table import FEW


@dataclass(frozen=True, slots=True)
class LineGroup:
    """The lines under one heading: those with a row of their own, and the private others.

    `is_secret` says that sums of the group would give a single private line away.
    """

    name: str
    lines: tuple[BudgetLine, ...]
    hidden: tuple[BudgetLine, ...]
    is_secret: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all lines, private ones too: sums stay true."""
        return tuple(line.code for line in (*self.lines, *self.hidden))

    @property
    def hidden_codes(self) -> tuple[str, ...]:
        """The codes of the lines without a row of their own."""
        return tuple(line.code for line in self.hidden)


def line_groups(
    lines: Iterable[BudgetLine], figures: Figures, *, shows_private: bool
) -> list[LineGroup]:
    """Return the groups in order; without `shows_private` the private lines are hidden."""
    return [_group(members, figures, shows_private) for members in grouped(lines)]


def _group(members: list[BudgetLine], figures: Figures, shows_private: bool) -> LineGroup:
    hidden = () if shows_private else tuple(line for line in members if line.is_private)
    filled = sum(_has_numbers(line, figures) for line in hidden)
    return LineGroup(
        name=members[0].heading,
        lines=tuple(line for line in members if line not in hidden),
        hidden=hidden,
        is_secret=0 < filled < FEW,
    )


_COLUMNS = (Column.PLANNED, Column.BASELINE, Column.ACTUAL, Column.LAST_YEAR)


def _has_numbers(line: BudgetLine, figures: Figures) -> bool:
    return any(cell for column in _COLUMNS for cell in figures.row(line.code, column))
