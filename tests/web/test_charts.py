"""The geometry of charts: round axes, whole pixels, gaps where nothing is known."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aop.calc.months import Month
from aop.web.charts import (
    NARROW,
    WIDE,
    BarMonth,
    LineMonth,
    bar_chart,
    bars,
    line_chart,
    sparkline,
    track,
)
from aop.web.scales import round_step, scale_of

JAN = Month(2026, 1)
FEB = Month(2026, 2)


@pytest.mark.parametrize(
    ("span", "parts", "step"),
    [
        (930, 5, 200),
        (1_000_000_000, 5, 200_000_000),
        (Decimal("0.08"), 4, Fraction(1, 50)),
        (11, 5, Fraction(5, 2)),
        (0, 5, 1),
    ],
)
def test_it_cuts_a_span_into_round_steps(span: int, parts: int, step: Fraction) -> None:
    found = round_step(span, parts)

    assert found == step


@given(st.lists(st.integers(-(10**14), 10**14), min_size=1, max_size=12))
def test_it_encloses_every_value_in_few_round_ticks(values: list[int]) -> None:
    scale = scale_of(values, WIDE)

    assert all(WIDE.top <= scale.y(value) <= WIDE.plot_bottom for value in values)
    assert scale.low <= 0 <= scale.high
    assert 2 <= len(scale.ticks) <= 8


def test_it_draws_the_plan_behind_the_actual() -> None:
    chart = bar_chart([BarMonth(JAN, planned=100, actual=80), BarMonth(FEB, planned=100)])

    first, second = chart.columns
    assert [bar.look for bar in first.bars] == ["plan", "actual"]
    assert [bar.look for bar in second.bars] == ["plan"]
    assert first.bars[0].height > first.bars[1].height > 0
    assert first.bars[0].y + first.bars[0].height == chart.zero


def test_it_draws_a_forecast_only_where_there_is_no_actual() -> None:
    chart = bar_chart([BarMonth(JAN, 10, actual=9, forecast=11), BarMonth(FEB, 10, forecast=11)])

    looks = [column.bars[1].look for column in chart.columns]
    assert looks == ["actual", "forecast"]


def test_it_draws_nothing_for_what_is_not_known() -> None:
    chart = bar_chart([BarMonth(JAN, None, None)])

    assert chart.columns[0].bars == ()


def test_it_hangs_negative_bars_from_zero() -> None:
    chart = bar_chart([BarMonth(JAN, planned=50, actual=-50)])

    plan, actual = chart.columns[0].bars
    assert plan.y + plan.height == chart.zero == actual.y


def test_it_fills_the_width_of_both_frames() -> None:
    drawn = bars([BarMonth(JAN.plus(n - 1), planned=n) for n in range(1, 13)])

    for chart, frame in ((drawn.wide, WIDE), (drawn.narrow, NARROW)):
        last = chart.columns[-1]
        assert chart.columns[0].left == frame.left
        assert last.left + last.width == frame.plot_right


def test_it_breaks_the_line_where_a_month_is_not_known() -> None:
    months = [LineMonth(JAN, value) for value in (1, 2, None, 3, 4)]

    chart = line_chart(months)

    assert chart.actual.count("M") == 2
    assert len(chart.points) == 4


def test_it_names_the_lowest_month_and_what_is_below_the_minimum() -> None:
    months = [
        LineMonth(JAN, 500),
        LineMonth(FEB, 150, is_forecast=True),
        LineMonth(JAN.plus(2), 300),
    ]

    chart = line_chart(months, minimum=200)

    assert chart.lowest is not None
    assert chart.lowest.source.month == FEB
    assert [point.is_below for point in chart.points] == [False, True, False]


def test_it_hangs_the_forecast_on_the_last_actual() -> None:
    chart = line_chart([LineMonth(JAN, 5), LineMonth(FEB, 6, is_forecast=True)])

    start = f"M{chart.points[0].x} {chart.points[0].y}"
    assert chart.forecast.startswith(start)
    assert chart.actual == ""


def test_it_says_when_the_axis_is_cut() -> None:
    months = [LineMonth(JAN, Decimal("0.35")), LineMonth(JAN, Decimal("0.36"))]

    assert line_chart(months, from_zero=False).is_cut
    assert not line_chart(months).is_cut


def test_it_draws_an_empty_chart_without_any_value() -> None:
    chart = line_chart([LineMonth(JAN, None)])

    assert chart.points == ()
    assert chart.lowest is None


def test_it_ends_a_sparkline_at_the_last_known_month() -> None:
    spark = sparkline([3, 4, 5, None], target=4, tone="good")

    assert spark.end is not None
    assert spark.end.x < spark.frame.plot_right
    assert spark.target_y is not None


@pytest.mark.parametrize(
    ("share", "width"), [(None, 0), (Decimal("0.5"), 120), (Decimal("1.4"), 240), (-1, 0)]
)
def test_it_keeps_a_track_inside_its_frame(share: Decimal | None, width: int) -> None:
    found = track(share)

    assert found.value_width == width
