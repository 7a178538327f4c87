"""KPIs: every measure, month and to date, and the rule of their colour."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from aop.calc.kpis import follow_kpi
from aop.calc.lines import LineKind
from aop.calc.measures import (
    AttainmentMeasure,
    ClosingCashMeasure,
    ClosingStockMeasure,
    LoadMeasure,
    ManualMeasure,
    MarginMeasure,
    Measure,
    RatioMeasure,
    TotalMeasure,
    measure_codes,
    measure_document,
    parse_measure,
)
from aop.calc.report.facts import AllocationFacts, PersonFacts, Unit
from aop.calc.status import Better
from tests.calc.builders import cells, make_figures, make_kpi, make_line

MEASURES = [
    (TotalMeasure(("REV",)), 60, 150),
    (RatioMeasure(("ADS",), ("REV",)), Fraction(1, 4), Fraction(17, 75)),
    (MarginMeasure(("REV",), ("C",)), Fraction(1, 2), Fraction(37, 75)),
    (AttainmentMeasure(("REV",)), Fraction(3, 5), Fraction(3, 4)),
    (ClosingStockMeasure(), 24, 24),
    (ClosingCashMeasure(), 166, 166),
    (LoadMeasure("P1"), Fraction(6, 5), Fraction(6, 5)),
    (LoadMeasure("NOBODY"), 0, 0),
    (ManualMeasure(), Fraction(9, 2), Fraction(9, 2)),
]


@pytest.mark.parametrize(("measure", "month", "to_date"), MEASURES)
def test_it_measures_month_and_year_to_date(
    measure: Measure, month: Fraction, to_date: Fraction
) -> None:
    figures = make_figures(
        make_line(actual=cells(90, 60)),
        make_line("ADS", LineKind.MARKETING, actual=cells(19, 15)),
        make_line("C", LineKind.COGS, actual=cells(46, 30)),
        closed=2,
        opening_cash=50,
        opening_stock=100,
        people=(PersonFacts("P1", Decimal(40)),),
        allocations=(AllocationFacts("P1", "BAU", (Decimal(120),) * 12),),
    )
    actuals = (None, Decimal("4.5"), *(None,) * 10)

    found = follow_kpi(make_kpi(measure=measure, actuals=actuals), figures)

    assert (found[1].month, found[1].ytd) == (month, to_date)


@pytest.mark.parametrize(("measure", "_month", "_to_date"), MEASURES)
def test_it_writes_measures_the_way_it_reads_them(
    measure: Measure, _month: Fraction, _to_date: Fraction
) -> None:
    assert parse_measure(measure_document(measure)) == measure
    assert len(measure_codes(measure)) <= 2


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"total": "REV"},
        {"total": [1]},
        {"sum": ["REV"]},
        {"ratio": {"of": ["A"]}},
        {"manual": False},
        {"total": ["A"], "manual": True},
    ],
)
def test_it_refuses_what_is_no_measure(document: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"measure|code"):
        parse_measure(document)


HIGHER, LOWER = Better.HIGHER, Better.LOWER
RATIO = RatioMeasure(("ADS",), ("REV",))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"floor": Decimal(90)}, ["green", "green"]),  # 90 and 180 to date
        ({"floor": Decimal(91)}, ["red", "green"]),  # −1.1 %, then far above
        ({"better": LOWER, "cap": Decimal(90)}, ["green", "red"]),
        ({"floor": Decimal(0)}, [None, None]),  # no percentage of nothing
        ({"better": LOWER, "floor": Decimal(90)}, [None, None]),  # a floor is no cap
        ({"targets": (Decimal(92), Decimal(88))}, ["amber", "green"]),  # 180 of 180 to date
        ({"targets": (None, Decimal(90))}, [None, None]),
        ({"targets": (Decimal(0), Decimal(90))}, [None, "green"]),
        ({"better": LOWER, "targets": (Decimal(80), Decimal(100))}, ["red", "green"]),
        ({}, [None, None]),
        (
            {"measure": RATIO, "unit": Unit.RATIO, "targets": (Decimal("0.22"), Decimal("0.19"))},
            ["amber", "green"],
        ),
        (
            {
                "measure": RATIO,
                "unit": Unit.RATIO,
                "better": LOWER,
                "targets": (Decimal("0.16"), Decimal("0.21")),
            },
            ["red", "green"],
        ),
        (
            {"measure": ManualMeasure(), "unit": Unit.NUMBER, "targets": (Decimal(5),) * 2},
            ["red", None],
        ),
    ],
)
def test_it_colours_by_limit_or_by_target(
    values: dict[str, Any], expected: list[str | None]
) -> None:
    figures = make_figures(
        make_line(actual=(90,) * 12),
        make_line("ADS", LineKind.MARKETING, actual=(18,) * 12),
        closed=2,
    )
    kpi = make_kpi(**{"actuals": (Decimal(4), None, *(None,) * 10)} | values)

    assert [month.status for month in follow_kpi(kpi, figures)] == expected
