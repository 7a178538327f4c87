"""Report: the gross profit's variance split by channel (METHODS.md §7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from aop.calc.cells import total_or_zero
from aop.calc.figures import Column, Figures
from aop.calc.lines import LineKind
from aop.calc.margin import MarginSplit, Segment, split_margin
from aop.calc.report.facts import LineFacts
from aop.calc.report.totals import Compare
from aop.calc.totals import TotalName


@dataclass(frozen=True, slots=True)
class MarginSplits:
    """The block `margin_split`; None when the split does not exist."""

    month: MarginSplit | None
    ytd: MarginSplit | None


def report_margin(figures: Figures, compare: Compare) -> MarginSplits:
    """Split the last closed month and the year to date (METHODS.md §7).

    >>> from aop.calc.report.example import shop
    >>> report_margin(Figures(shop()), Compare.CURRENT).month
    MarginSplit(gross_profit_variance=-4, volume=-4, mix=0, rate=0)
    """
    closed = figures.closed
    return MarginSplits(
        month=margin_split(figures, compare, closed - 1, closed),
        ytd=margin_split(figures, compare, 0, closed),
    )


def margin_split(figures: Figures, compare: Compare, start: int, end: int) -> MarginSplit | None:
    """Split the gross profit's variance of some months by channel, minor units (METHODS.md §7).

    Lines without a channel are one more segment. None without any cogs line, or when revenue or
    cogs is not known on either side.

    >>> from aop.calc.report.example import shop
    >>> margin_split(Figures(shop()), Compare.CURRENT, 0, 3)
    MarginSplit(gross_profit_variance=-12, volume=-12, mix=0, rate=0)
    """
    for name in (TotalName.REVENUE, TotalName.COGS):
        for column in (compare.column, Column.ACTUAL):
            if figures.total(name, column, start, end) is None:
                return None
    by_channel: dict[str | None, list[LineFacts]] = {}
    for line in figures.facts.lines:
        if line.kind in (LineKind.REVENUE, LineKind.COGS):
            by_channel.setdefault(line.channel, []).append(line)
    return split_margin(
        [_segment(lines, figures, compare, (start, end)) for lines in by_channel.values()]
    )


def _segment(
    lines: Sequence[LineFacts], figures: Figures, compare: Compare, period: tuple[int, int]
) -> Segment:
    def amount(kind: LineKind, column: Column) -> int:
        rows = (figures.row(line.code, column) for line in lines if line.kind is kind)
        return sum(total_or_zero(row, *period) for row in rows)

    cost_cells = [
        cell
        for line in lines
        if line.kind is LineKind.COGS
        for cell in figures.row(line.code, compare.column)[slice(*period)]
    ]
    return Segment(
        planned_revenue=amount(LineKind.REVENUE, compare.column),
        planned_cost=amount(LineKind.COGS, compare.column),
        actual_revenue=amount(LineKind.REVENUE, Column.ACTUAL),
        actual_cost=amount(LineKind.COGS, Column.ACTUAL),
        has_unplanned_cost=bool(cost_cells) and all(cell is None for cell in cost_cells),
    )
