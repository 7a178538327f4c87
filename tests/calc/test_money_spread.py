"""Spreading: the months always add up to the year."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aop.calc.spread import follow_driver, respread, spread_by_weights, spread_evenly

TOTALS = st.integers(-(10**15), 10**15)
STEPS = st.sampled_from([1, 1_000, 10_000])
WEIGHTS = st.lists(
    st.integers(0, 10**12) | st.decimals(0, 10**6, places=3), min_size=1, max_size=24
).filter(any)


@pytest.mark.parametrize(
    ("total", "weights", "step", "months"),
    [
        (100, (1, 1, 1), 1, (34, 33, 33)),
        (100, (1, 2), 1, (33, 67)),
        (0, (1, 2), 1, (0, 0)),
        (7, (0, 1, 0), 1, (0, 7, 0)),
        (2, (1, 1, 1), 1, (1, 1, 0)),
        (-2, (1, 1, 1), 1, (-1, -1, 0)),
        (1, (1, 3), 1, (0, 1)),
        (10_000, (1, 1, 1), 1_000, (4_000, 3_000, 3_000)),
        (10_500, (1, 1, 1), 1_000, (4_500, 3_000, 3_000)),
        (10_500, (1, 1, 2), 1_000, (3_000, 2_000, 5_500)),
        (500, (1, 2), 1_000, (0, 500)),
        (100, (Decimal("0.5"), Decimal("0.25"), Decimal("0.25")), 1, (50, 25, 25)),
    ],
)
def test_it_gives_left_over_steps_to_the_largest_remainder(
    total: int, weights: tuple[int, ...], step: int, months: tuple[int, ...]
) -> None:
    assert spread_by_weights(total, weights, step=step) == months


def test_an_even_year_gives_its_rest_to_the_first_months() -> None:
    assert spread_evenly(7_200_000_005, 12) == (600_000_001,) * 5 + (600_000_000,) * 7


@pytest.mark.parametrize("weights", [(), (0, 0), (1, -1), (3, -1)])
def test_it_refuses_weights_that_say_nothing(weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="Weights"):
        spread_by_weights(100, weights)


def test_it_refuses_a_step_below_one() -> None:
    with pytest.raises(ValueError, match="step"):
        spread_by_weights(100, (1,), step=0)


@given(total=TOTALS, weights=WEIGHTS, step=STEPS)
def test_the_months_add_up_to_the_year(total: int, weights: list[int | Decimal], step: int) -> None:
    months = spread_by_weights(total, weights, step=step)

    assert sum(months) == total
    assert all(part == 0 for part, weight in zip(months, weights, strict=True) if not weight)
    assert all(part * total >= 0 for part in months)


@given(total=TOTALS, weights=WEIGHTS)
def test_no_month_is_a_minor_unit_away_from_its_share(
    total: int, weights: list[int | Decimal]
) -> None:
    whole = sum(map(Fraction, weights))

    months = spread_by_weights(total, weights)

    for part, weight in zip(months, weights, strict=True):
        assert abs(part - total * Fraction(weight) / whole) < 1


@given(total=TOTALS, weights=WEIGHTS, step=STEPS)
def test_a_negative_year_mirrors_a_positive_one(
    total: int, weights: list[int | Decimal], step: int
) -> None:
    mirrored = spread_by_weights(-total, weights, step=step)

    assert mirrored == tuple(-part for part in spread_by_weights(total, weights, step=step))


def test_a_new_total_changes_open_months_only() -> None:
    amounts = (100, None, 50, 50)

    changed = respread(400, amounts, (False, False, True, True))

    assert changed == (100, None, 150, 150)


def test_a_new_total_keeps_the_season_of_the_open_months() -> None:
    changed = respread(160, (100, 10, 10), (False, True, True), weights=(9, 1, 2))

    assert changed == (100, 20, 40)


def test_a_total_below_the_closed_months_leaves_the_open_ones_negative() -> None:
    assert respread(80, (100, 5, 5), (False, True, True)) == (100, -10, -10)


def test_a_year_without_an_open_month_cannot_be_respread() -> None:
    with pytest.raises(ValueError, match="Weights"):
        respread(100, (50, 50), (False, False))


def test_a_driver_line_is_rounded_month_by_month() -> None:
    months = follow_driver(Decimal("0.065"), (100, 107, 108, -100, None, 0))

    assert months == (7, 7, 7, -7, None, 0)
