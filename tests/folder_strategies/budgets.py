"""Made-up rows of the budget: lines, amounts, adjustments, commitments, counts."""

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import strategies as st

from aop.calc.lines import LineKind, Method, Policy
from aop.calc.months import FiscalYear
from budgets.folders.adjustments import AdjustmentRow, CommitmentRow, MoveRow
from budgets.folders.amounts import CountRow, LineMonthsRow
from budgets.folders.lines import NEVER_CASH, LineRow
from tests.folder_strategies.values import (
    AMOUNTS,
    DATES,
    LAGS,
    NAMES,
    NOTES,
    TEXTS,
    codes,
    one_or_none,
    some,
)


@st.composite
def line_rows(
    draw: st.DrawFn, channels: Sequence[str], people: Sequence[str]
) -> tuple[LineRow, ...]:
    """Return budget lines; revenue lines drive the others."""
    kinds = {code: draw(st.sampled_from(LineKind)) for code in draw(codes(4))}
    revenue = [code for code, kind in kinds.items() if kind == LineKind.REVENUE]
    return tuple(
        LineRow(
            code=code,
            name=draw(NAMES),
            name_en=draw(TEXTS),
            aliases=draw(aliases()),
            group=draw(TEXTS),
            kind=kind,
            channel=draw(one_or_none(channels)),
            cash_lag=() if kind in NEVER_CASH else tuple(map(Decimal, draw(LAGS))),
            opening_balance_amount=draw(st.none() | AMOUNTS),
            driver_code="" if code in revenue else draw(one_or_none(revenue)),
            driver_ratio=draw(st.none() | st.decimals(0, 999, places=6)),
            forecast_method=draw(st.none() | st.sampled_from(list(Method)[:-1])),
            policy=draw(st.sampled_from(Policy)),
            is_private=draw(st.booleans()),
            note=draw(NOTES),
            owner=draw(one_or_none(people)),
        )
        for code, kind in kinds.items()
    )


def aliases() -> st.SearchStrategy[tuple[str, ...]]:
    """Return other names, which hold no bar."""
    names = TEXTS.map(lambda text: text.replace("|", "").strip()).filter(bool)
    return st.lists(names, max_size=2).map(tuple)


@st.composite
def line_months(draw: st.DrawFn, lines: Sequence[str]) -> tuple[LineMonthsRow, ...]:
    """Return amounts of some lines."""
    cells = st.lists(st.none() | AMOUNTS, min_size=12, max_size=12).map(tuple)
    return tuple(LineMonthsRow(code, draw(cells)) for code in draw(some(lines)))


@st.composite
def adjustment_rows(
    draw: st.DrawFn, lines: Sequence[str], goal_codes: Sequence[str], year: FiscalYear
) -> tuple[AdjustmentRow, ...]:
    """Return adjustments, proposed or approved, with moves on some lines."""
    months = st.sampled_from(year.months)
    return tuple(
        AdjustmentRow(
            number=number,
            proposed_on=draw(DATES),
            approved_on=draw(st.none() | DATES),
            approved_by=draw(TEXTS),
            effective_from=draw(months),
            reason=draw(NOTES),
            trade_off=draw(NOTES),
            source=draw(NOTES),
            goals=draw(some(goal_codes)),
            moves=tuple(MoveRow(code, draw(months), draw(AMOUNTS)) for code in draw(some(lines))),
        )
        for number in draw(st.lists(st.integers(1, 9999), max_size=2, unique=True))
    )


@st.composite
def commitment_rows(
    draw: st.DrawFn, lines: Sequence[str], year: FiscalYear
) -> tuple[CommitmentRow, ...]:
    """Return commitments on some lines."""
    return tuple(
        CommitmentRow(
            id=code,
            line_code=draw(st.sampled_from(lines)),
            month=draw(st.sampled_from(year.months)),
            amount=draw(AMOUNTS),
            note=draw(NOTES),
            status=draw(st.sampled_from(["open", "closed"])),
        )
        for code in draw(codes(2) if lines else st.just([]))
    )


@st.composite
def count_rows(draw: st.DrawFn, year: FiscalYear) -> tuple[CountRow, ...]:
    """Return counts of some months."""
    months = draw(st.lists(st.sampled_from(year.months), max_size=2, unique=True))
    return tuple(
        CountRow(month, draw(st.none() | AMOUNTS), draw(st.none() | AMOUNTS)) for month in months
    )
