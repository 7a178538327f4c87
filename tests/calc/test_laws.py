"""Laws that hold for every plan, tried on many."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aop.calc.cash import line_cash
from aop.calc.cells import Cells, add_rows, total, total_or_zero
from aop.calc.figures import Column, Figures
from aop.calc.forecast import forecast_lines, forecast_months, paced_row, spread_rest
from aop.calc.lines import LineKind
from aop.calc.margin import Segment, split_margin
from aop.calc.measures import TotalMeasure
from aop.calc.report.build import build_report
from aop.calc.report.facts import LineFacts, PlanFacts
from aop.calc.rounding import divide_half_up, half_up_places
from aop.calc.scenario import Change, outlook, with_changes
from aop.calc.status import Scale, colours
from aop.calc.totals import TotalName
from aop.calc.variance import line_variance
from tests.calc.builders import THRESHOLDS, make_kpi, make_line, make_plan

amounts = st.integers(-(10**13), 10**13)
sizes = st.integers(0, 10**13)
rows = st.tuples(*[st.none() | amounts] * 12)
kinds = st.sampled_from(list(LineKind))
closes = st.integers(1, 12)
lags = st.sampled_from(
    [(), ("1",), ("0.75", "0.25"), ("0.4", "0.6"), ("0.3333", "0.3333", "0.3334")]
)


@st.composite
def lines(draw: st.DrawFn) -> LineFacts:
    return make_line(
        "REV",
        draw(kinds),
        planned=draw(rows),
        actual=draw(rows),
        last_year=draw(rows),
        manual=draw(st.just((None,) * 12) | rows),
        cash_lag=tuple(Decimal(share) for share in draw(lags)),
    )


@st.composite
def plans(draw: st.DrawFn) -> PlanFacts:
    found = draw(st.lists(lines(), max_size=6))
    named = [
        replace(line, code=f"L{i}", driver_code="L0" if i else None, driver_ratio=Decimal("0.1"))
        for i, line in enumerate(found)
    ]
    codes = tuple(line.code for line in named)
    return make_plan(
        *named,
        closed=draw(closes),
        opening_cash=draw(amounts),
        opening_stock=draw(st.none() | sizes),
        kpis=(make_kpi(measure=TotalMeasure(codes)),),
    )


@given(amounts, kinds)
def test_equal_amounts_have_no_variance(amount: int, kind: LineKind) -> None:
    found = line_variance(amount, amount, kind)

    assert found is not None
    assert (found.amount, found.meaning) == (0, None)


@given(amounts, st.integers(1, 10**9))
def test_half_up_is_odd_and_never_further_than_a_half(numerator: int, denominator: int) -> None:
    rounded = divide_half_up(numerator, denominator)

    assert divide_half_up(-numerator, denominator) == -rounded
    assert abs(Fraction(numerator, denominator) - rounded) <= Fraction(1, 2)


@given(st.fractions(min_value=-1000, max_value=1000))
def test_rounding_to_places_is_within_half_a_place(value: Fraction) -> None:
    printed = half_up_places(value, 6)

    assert abs(Fraction(printed) - value) <= Fraction(1, 2_000_000)
    assert not printed.is_signed() or printed != 0


@given(amounts, st.lists(sizes, max_size=12))
def test_what_is_spread_adds_up(rest: int, weights: list[int]) -> None:
    assert sum(spread_rest(rest, weights)) == (rest if weights else 0)


@given(rows, lags.filter(bool))
def test_a_lag_loses_nothing_within_the_year(row: Cells, shares: tuple[str, ...]) -> None:
    lag = tuple(Decimal(share) for share in shares)
    early = (*row[: 12 - len(lag)], *(None,) * len(lag))

    assert sum(line_cash(early, lag)) == total_or_zero(early)


@given(lines(), closes)
def test_the_months_of_a_forecast_add_up_to_it(line: LineFacts, closed: int) -> None:
    forecast = forecast_lines([line], closed)[line.code]

    months = forecast_months(line, forecast, closed, ())

    assert total_or_zero(months) == forecast.year
    assert forecast.lowest <= forecast.year <= forecast.highest


@given(lines(), closes)
def test_the_pace_in_cash_is_the_pace_of_the_year(line: LineFacts, closed: int) -> None:
    forecast = forecast_lines([line], closed)[line.code]

    paced = total_or_zero(paced_row(line, forecast.pace, closed))

    rest = total_or_zero(line.planned, closed)
    assert paced == (forecast.pace if rest else forecast.plan)


segments = st.builds(Segment, sizes, sizes, sizes, sizes)


@given(st.lists(segments, max_size=5))
def test_a_margin_split_has_no_residual(parts: list[Segment]) -> None:
    split = split_margin(parts)

    if split is not None:
        assert split.volume + split.mix + split.rate == split.gross_profit_variance


@given(st.lists(segments.filter(lambda one: one.planned_revenue > 0), min_size=1, max_size=5))
def test_the_rate_is_what_margins_alone_changed(parts: list[Segment]) -> None:
    split = split_margin(parts)

    assert split is not None
    exact = sum(
        (
            one.actual_revenue
            - one.actual_cost
            - Fraction(one.actual_revenue * (one.planned_revenue - one.planned_cost))
            / one.planned_revenue
            for one in parts
        ),
        Fraction(0),
    )
    assert abs(split.rate - exact) <= 1


@given(st.lists(rows, max_size=6))
def test_the_order_of_rows_is_irrelevant(found: list[Cells]) -> None:
    assert add_rows(found) == add_rows(found[::-1])
    whole = total([cell for row in found for cell in row], 0, 12 * len(found))
    assert total(add_rows(found)) == whole


@given(plans())
def test_the_order_of_lines_changes_no_total(facts: PlanFacts) -> None:
    report = build_report(facts)

    turned = build_report(replace(facts, lines=facts.lines[::-1]))

    assert (turned.totals, turned.ratios, turned.cash) == (
        report.totals,
        report.ratios,
        report.cash,
    )
    assert turned.margin_split == report.margin_split


@given(plans())
def test_totals_of_the_forecast_are_the_sum_of_their_months(facts: PlanFacts) -> None:
    figures = Figures(facts)

    for name in (TotalName.REVENUE, TotalName.OPERATING_COSTS, TotalName.PURCHASES):
        assert figures.total(name, Column.FORECAST) == figures.year_forecast(name)


@given(plans())
def test_cash_ends_where_all_that_moved_says(facts: PlanFacts) -> None:
    months = Figures(facts).cash

    moved = sum(month.receipts - month.payments + month.financing for month in months)
    assert months[-1].closing == facts.opening_cash + moved
    pairs = pairwise(months)
    assert all(after.opening == before.closing for before, after in pairs)


@given(plans(), kinds)
def test_a_change_of_nothing_changes_nothing(facts: PlanFacts, kind: LineKind) -> None:
    changed = with_changes(facts, [Change(kind, Decimal(0), facts.year.first)])

    assert outlook(Figures(changed)) == outlook(Figures(facts))


@given(st.lists(st.fractions(min_value=0, max_value=2), max_size=12))
def test_a_colour_is_never_better_than_its_value(values: list[Fraction]) -> None:
    scale = Scale(THRESHOLDS.attainment)
    rank = {"green": 0, "amber": 1, "red": 2}

    for value, colour in zip(values, colours(values, scale), strict=True):
        (plain,) = colours([value], scale)
        assert colour is not None
        assert plain is not None
        assert rank[colour] >= rank[plain]
