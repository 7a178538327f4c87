"""Cash: lags, opening balances, counts, the lowest month."""

from decimal import Decimal

import pytest

from aop.calc.cash import after_spending, line_cash
from aop.calc.lines import LineKind
from tests.calc.builders import cells, make_figures, make_line

QUARTER = (Decimal("0.75"), Decimal("0.25"))


@pytest.mark.parametrize(
    ("amounts", "lag", "expected"),
    [
        ((101, 0, 0), QUARTER, [76, 25, 0]),  # 75.75 rounds up, the rest is what is left
        ((2, 0, 0), QUARTER, [2, 0, 0]),  # 1.5 rounds away from zero
        ((-2, 0, 0), QUARTER, [-2, 0, 0]),
        ((0, 0, 100), QUARTER, [0, 0, 75]),  # what falls after the year is left out
        ((100, None, 0), (Decimal("0.4"), Decimal("0.6")), [40, 60, 0]),
        ((10, 10, 10), (Decimal(0), Decimal(0), Decimal(1)), [0, 0, 10]),
        ((10, 10, 10), (), [0, 0, 0]),
    ],
)
def test_it_moves_money_later(
    amounts: tuple[int | None, ...], lag: tuple[Decimal, ...], expected: list[int]
) -> None:
    assert line_cash(amounts, lag) == expected


def test_it_loses_nothing_when_the_lag_is_longer_than_the_year() -> None:
    lag = (Decimal(0),) * 13 + (Decimal(1),)

    assert line_cash((5,) * 12, lag) == [0] * 12


def test_it_carries_cash_from_month_to_month() -> None:
    figures = make_figures(
        make_line(opening_balance=30),
        make_line("RENT", LineKind.OPEX, planned=(60,) * 12),
        make_line("STOCK", LineKind.COGS, cash_lag=(Decimal(1),)),
        make_line("SPARE", LineKind.CONTINGENCY, cash_lag=(Decimal(1),)),
        make_line("LOAN", LineKind.FINANCING, planned=(500, *(-20,) * 11)),
        opening_cash=1000,
        minimum_cash=1600,
    )

    months = figures.cash

    assert months[0].closing == 1000 + 130 - 60 + 500
    assert months[1].closing == months[1].opening + 100 - 60 - 20
    assert (months[1].receipts, months[1].payments, months[1].financing) == (100, 60, -20)


def test_it_starts_from_what_was_counted_and_shows_the_difference() -> None:
    figures = make_figures(
        make_line(actual=(90,) * 12), closed=2, opening_cash=10, cash_counts=cells(80, None, 999)
    )

    months = figures.cash

    assert (months[0].closing, months[0].unexplained) == (80, -20)
    assert (months[1].opening, months[1].closing, months[1].unexplained) == (80, 170, None)
    assert months[2].closing == 270  # an open month is not counted yet


def test_it_finds_the_lowest_open_month() -> None:
    figures = make_figures(
        make_line("RENT", LineKind.OPEX, planned=(0, 0, 10, 10, *(0,) * 8), actual=(50, 0)),
        closed=2,
        opening_cash=100,
        minimum_cash=40,
    )

    low = figures.lowest_open_cash

    assert low is not None
    assert (str(low.month), low.closing, low.gap_to_minimum) == ("2026-07", 30, -10)


def test_it_has_no_lowest_open_month_once_all_are_closed() -> None:
    assert make_figures(make_line(actual=(1,) * 12), closed=12).lowest_open_cash is None


def test_it_takes_the_earliest_of_equal_lows() -> None:
    figures = make_figures(make_line(planned=(0,) * 12), opening_cash=5)

    low = figures.cash_low(figures.cash)

    assert low is not None
    assert str(low.month) == "2026-04"


def test_it_shows_what_a_spend_would_leave() -> None:
    figures = make_figures(make_line(planned=(0,) * 12), opening_cash=100)

    assert after_spending(figures.cash, (0, 30, 5, *(0,) * 9))[:4] == [100, 70, 65, 65]


def test_it_paces_every_line_of_the_open_months() -> None:
    figures = make_figures(
        make_line(actual=(50,) * 12),
        make_line("RENT", LineKind.OPEX, actual=(120,) * 12),
        closed=6,
        opening_cash=1000,
    )

    assert figures.cash[6].closing == 1000 + 6 * (50 - 120) + 100 - 100
    assert figures.cash_at_pace[6].closing == 1000 + 6 * (50 - 120) + 50 - 120
    assert figures.cash_planned[6].closing == 1000
