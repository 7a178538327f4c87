"""Sums, totals and stock over the months of a plan."""

from aop.calc.figures import Column
from aop.calc.lines import LineKind
from aop.calc.totals import TotalName
from tests.calc.builders import cells, make_figures, make_line


def test_it_has_no_gross_profit_without_cost_of_goods() -> None:
    figures = make_figures(make_line(), make_line("RENT", LineKind.OPEX, planned=(60,) * 12))

    assert figures.total(TotalName.GROSS_PROFIT, Column.PLANNED) is None
    assert figures.total(TotalName.OPERATING_PROFIT, Column.PLANNED) == 480


def test_it_has_no_profit_while_a_part_is_not_known() -> None:
    figures = make_figures(make_line(), make_line("C", LineKind.COGS, planned=cells(50)))

    assert figures.total_months(TotalName.OPERATING_PROFIT, Column.PLANNED) == cells(50)
    assert figures.total(TotalName.OPERATING_PROFIT, Column.PLANNED) == 1150


def test_it_has_no_total_without_lines() -> None:
    figures = make_figures()

    assert [figures.total(name, Column.PLANNED) for name in TotalName] == [None] * 7
    assert [figures.year_forecast(name) for name in TotalName] == [None] * 7


def test_it_counts_a_closed_month_without_entries_as_nothing() -> None:
    figures = make_figures(make_line(actual=cells(None, 5, 7)), closed=2)

    assert figures.row("REV", Column.ACTUAL) == cells(0, 5)


def test_it_adds_only_what_has_a_value() -> None:
    figures = make_figures(
        make_line("A", planned=cells(1, None, 3)), make_line("B", planned=cells(10))
    )

    assert figures.months(("A", "B"), Column.PLANNED) == cells(11, None, 3)
    assert figures.amount(("A", "B"), Column.PLANNED, 1, 2) is None


def test_it_makes_the_forecast_of_a_total_from_its_lines() -> None:
    figures = make_figures(
        make_line(actual=(90,) * 12),
        make_line("C", LineKind.COGS, driver_code="REV", actual=(45,) * 12),
        closed=6,
    )

    assert figures.year_forecast(TotalName.GROSS_PROFIT) == 1080 - 540
    assert sum(cell or 0 for cell in figures.total_months(TotalName.COGS, Column.FORECAST)) == 540


def test_it_rolls_stock_and_starts_again_from_a_count() -> None:
    figures = make_figures(
        make_line("BUY", LineKind.PURCHASE, planned=(30,) * 12, actual=(50,) * 12),
        make_line("C", LineKind.COGS, planned=(40,) * 12, actual=(40,) * 12),
        closed=2,
        opening_stock=100,
        stock_counts=cells(105, None, 1),
    )

    assert figures.stock[:4] == (105, 115, 105, 95)
    assert figures.stock_planned[:2] == (90, 80)


def test_it_keeps_no_stock_where_there_is_none() -> None:
    assert make_figures(make_line()).stock == cells()
