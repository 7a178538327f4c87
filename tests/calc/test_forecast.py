"""The year's forecast: each method, the headline, the months."""

import pytest

from aop.calc.forecast import CircularDriver, forecast_lines, forecast_months, paced_row
from aop.calc.lines import LineKind, Method
from tests.calc.builders import cells, make_line


@pytest.mark.parametrize(
    ("actual", "pace"),
    [
        (90, 90 * 6 + 540),
        (10, 10 * 6 + 300),  # the pace is kept at 0.5
        (200, 200 * 6 + 900),  # and at 1.5
        (-10, -60 + 300),
    ],
)
def test_it_keeps_the_pace_within_bounds(actual: int, pace: int) -> None:
    line = make_line(actual=(actual,) * 12)

    assert forecast_lines([line], 6)["REV"].pace == pace


def test_it_rounds_the_pace_half_up_once() -> None:
    line = make_line(planned=(2, *(1,) * 11), actual=cells(3))

    assert forecast_lines([line], 1)["REV"].pace == 3 + 17  # 11 × 1.5 = 16.5


@pytest.mark.parametrize("planned", [cells(None, 5), cells(0, 5), cells(-1, 5)])
def test_it_has_no_pace_without_a_plan_to_date(planned: tuple[int | None, ...]) -> None:
    found = forecast_lines([make_line(planned=planned, actual=cells(7))], 1)["REV"]

    assert found.pace == found.plan == 12
    assert found.method is Method.PACE


def test_it_never_paces_financing() -> None:
    loan = make_line("LOAN", LineKind.FINANCING, actual=(10,) * 12)

    assert forecast_lines([loan], 6)["LOAN"].pace == 60 + 600


@pytest.mark.parametrize(
    ("closed", "last_year", "expected"),
    [
        (3, (100,) * 12, 1320),
        (2, (100,) * 12, None),
        (3, (*(100,) * 11, None), None),
        (3, (0, 0, 0, *(100,) * 9), None),
        (3, (1, 1, 1, *(2,) * 9), 2310),
    ],
)
def test_it_repeats_last_years_season(
    closed: int, last_year: tuple[int | None, ...], expected: int | None
) -> None:
    line = make_line(actual=(110,) * 12, last_year=last_year)

    assert forecast_lines([line], closed)["REV"].last_year == expected


def test_it_knows_last_years_season_for_revenue_alone() -> None:
    rent = make_line("RENT", LineKind.OPEX, actual=(1,) * 12, last_year=(1,) * 12)

    assert forecast_lines([rent], 6)["RENT"].last_year is None


def test_it_takes_the_rate_of_the_last_three_months() -> None:
    revenue = make_line(actual=(100, 100, 100, 200, 200, 200), planned=(100,) * 12)
    fee = make_line("FEE", LineKind.VARIABLE, driver_code="REV", actual=(0, 0, 0, 30, 30, 30))

    found = forecast_lines([fee, revenue], 6)

    assert found["REV"].year == 900 + 600 * 3 // 2
    assert found["FEE"].year == 90 + 900 * 90 // 600
    assert found["FEE"].method is Method.RATE


@pytest.mark.parametrize("driver", ["NOBODY", "COST", None])
def test_it_falls_back_to_the_plan_without_a_driver(driver: str | None) -> None:
    cost = make_line("COST", LineKind.OPEX, actual=(100,) * 12)
    fee = make_line("FEE", LineKind.VARIABLE, driver_code=driver, actual=(10,) * 12)

    found = forecast_lines([cost, fee], 6)["FEE"]

    assert (found.method, found.year, found.rate) == (Method.PLAN, 660, None)


def test_it_refuses_lines_that_drive_each_other() -> None:
    one = make_line("A", driver_code="B")
    other = make_line("B", driver_code="A")

    with pytest.raises(CircularDriver):
        forecast_lines([one, other], 3)


def test_it_lets_typed_months_win() -> None:
    line = make_line(actual=(90,) * 12, manual=cells(*(None,) * 10, 50))

    found = forecast_lines([line], 10)["REV"]

    assert (found.method, found.year, found.manual) == (Method.MANUAL, 900 + 50 + 100, 1050)


def test_it_forgets_what_was_typed_for_a_closed_month() -> None:
    line = make_line(actual=(90,) * 12, manual=cells(1, 1))

    assert forecast_lines([line], 10)["REV"].method is Method.PACE


@pytest.mark.parametrize(
    ("kind", "method", "year"),
    [
        (LineKind.CONTINGENCY, Method.NONE, 0),
        (LineKind.CAPEX, Method.PLAN, 600),
        (LineKind.TAX, Method.PLAN, 600),
        (LineKind.PURCHASE, Method.PLAN, 600),
    ],
)
def test_it_has_a_method_for_each_kind(kind: LineKind, method: Method, year: int) -> None:
    found = forecast_lines([make_line("X", kind)], 6)["X"]

    assert (found.method, found.year) == (method, year)


def test_it_takes_the_lines_own_method() -> None:
    line = make_line(actual=(90,) * 12, forecast_method=Method.NONE)

    assert forecast_lines([line], 6)["REV"].year == 540


def test_it_shows_the_range_of_the_methods() -> None:
    line = make_line(actual=(90,) * 12, last_year=(*(1,) * 6, *(2,) * 6))

    found = forecast_lines([line], 6)["REV"]

    assert (found.lowest, found.highest) == (1080, 1620)


def test_it_ignores_entries_of_open_months() -> None:
    line = make_line(actual=(90,) * 12)

    assert forecast_lines([line], 1)["REV"].plan == 90 + 1100


def test_it_spreads_the_headline_over_the_open_months() -> None:
    line = make_line(planned=(10,) * 9 + (1, 1, 1), actual=(11,) * 12)
    forecast = forecast_lines([line], 9)["REV"]

    months = forecast_months(line, forecast, 9, ())

    assert months[9:] == (1, 1, 1)
    assert sum(cell or 0 for cell in months) == forecast.year


def test_it_leaves_the_plan_where_the_rest_sums_to_nothing() -> None:
    line = make_line(planned=(10,) * 10 + (5, -5), actual=(20,) * 12)
    forecast = forecast_lines([line], 10)["REV"]

    assert paced_row(line, forecast.pace, 10)[10:] == (5, -5)
