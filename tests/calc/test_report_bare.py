"""The report of companies that have little: no stock, no cost of goods, empty cells."""

from dataclasses import replace
from decimal import Decimal

import pytest

from aop.calc.figures import Figures
from aop.calc.lines import LineKind
from aop.calc.measures import AttainmentMeasure, ManualMeasure
from aop.calc.months import Month
from aop.calc.report.build import MonthNotClosed, NoClosedMonth, build_report
from aop.calc.report.document import report_document
from aop.calc.report.facts import RiskFacts, TriggerFacts, Unit
from aop.calc.report.lines import LineCell, line_row
from aop.calc.report.totals import Compare
from aop.calc.scenario import outlook
from tests.calc.builders import cells, make_figures, make_goal, make_kpi, make_line, make_plan


def test_it_refuses_a_report_without_a_closed_month() -> None:
    with pytest.raises(NoClosedMonth):
        build_report(make_plan(make_line()))


@pytest.mark.parametrize("through", ["2026-06", "2027-03", "2026-03", "2027-04"])
def test_it_refuses_a_month_that_is_not_closed(through: str) -> None:
    facts = replace(make_plan(make_line(), closed=2), through=Month.parse(through))

    with pytest.raises(MonthNotClosed) as refused:
        build_report(facts)

    assert refused.value.month == Month.parse(through)


def test_it_looks_back_at_an_earlier_month() -> None:
    facts = replace(make_plan(make_line(actual=(90,) * 12), closed=3), through=Month(2026, 5))

    assert build_report(facts).totals.ytd.revenue.actual == 180


def test_it_reports_a_company_of_one_line() -> None:
    report = build_report(make_plan(make_line(actual=cells(90)), closed=1, opening_cash=10))

    ytd = report.totals.ytd
    assert (ytd.revenue.planned, ytd.revenue.actual, ytd.revenue.meaning) == (100, 90, "adverse")
    assert (ytd.operating_profit.actual, ytd.gross_profit.actual, ytd.cogs.actual) == (
        90,
        None,
        None,
    )
    assert report.totals.year.revenue.forecast == 90 + 990
    assert report.ratios.ytd.gross_margin.actual is None
    assert report.lines[0].year.forecasts.last_year is None
    assert (report.margin_split.month, report.stock, report.goals) == (None, (), ())
    assert report.cash.months[0].closing == 100
    assert (report.fiscal_year, str(report.first_month), report.currency) == (
        2026,
        "2026-04",
        "USD",
    )
    assert [one.code for one in report.checks] == [
        "no_goal",
        "nothing_left_out",
        "no_review_rhythm",
    ]


def test_it_reports_a_company_without_a_line() -> None:
    document = report_document(build_report(make_plan(closed=12)))

    assert document["lines"] == []
    assert document["totals"]["ytd"]["revenue"]["planned"] is None
    assert document["cash"]["lowest"] == {"month": "2026-04", "closing": 0, "gap_to_minimum": 0}


def test_it_keeps_a_missing_plan_apart_from_a_plan_of_nothing() -> None:
    report = build_report(
        make_plan(
            make_line("NONE", LineKind.OPEX, planned=cells(), actual=cells(60)),
            make_line("ZERO", LineKind.OPEX, planned=(0,) * 12, actual=cells(60)),
            make_line("LATER", LineKind.OPEX, planned=cells(None, 100), actual=cells(60)),
            closed=1,
        )
    )

    none, zero, later = report.lines
    assert (none.ytd.planned, none.ytd.variance, none.remaining, none.available) == (None,) * 4
    assert (zero.ytd.planned, zero.ytd.variance, zero.ytd.variance_ratio) == (0, 60, None)
    assert (zero.remaining, zero.used_ratio, zero.status) == (-60, None, "red")
    assert (later.ytd.planned, later.remaining, later.used_ratio) == (None, 40, Decimal("0.600000"))
    assert (none.status, later.status) == (None, None)
    assert [line.material for line in report.lines] == [True, True, True]
    assert none.year.forecast == 60
    assert report.totals.ytd.operating_costs.planned == 0


def test_it_shows_a_line_before_the_first_close() -> None:
    row = line_row(make_line(), make_figures(make_line()), Compare.CURRENT)

    assert (row.month, row.ytd) == (LineCell(None, None, None, None, None),) * 2
    assert (row.year.planned, row.year.forecast, row.remaining) == (1200, 1200, 1200)
    assert (row.status, row.material) == (None, False)


def test_it_calls_a_month_without_entries_nothing() -> None:
    report = build_report(make_plan(make_line(), closed=2))

    assert report.lines[0].month.actual == 0
    assert report.totals.ytd.revenue.variance == -200


def test_it_has_no_limit_for_revenue_cogs_and_financing() -> None:
    kinds = (LineKind.REVENUE, LineKind.COGS, LineKind.FINANCING, LineKind.CONTINGENCY)
    lines = [make_line(kind.value, kind, committed=cells(5), actual=cells(7)) for kind in kinds]

    *without, contingency = build_report(make_plan(*lines, closed=1)).lines

    assert {(row.committed, row.available, row.status) for row in without} == {(None, None, None)}
    assert (contingency.committed, contingency.available, contingency.material) == (5, 1188, False)
    assert without[2].ytd.meaning == "neutral"


def test_it_leaves_out_a_goal_without_a_kpi() -> None:
    facts = make_plan(
        make_line(), closed=1, goals=(make_goal(kpi_code="GONE"), make_goal()), kpis=(make_kpi(),)
    )

    assert [goal.code for goal in build_report(facts).goals] == ["G"]


def test_it_shows_a_kpi_that_is_not_known_yet() -> None:
    kpis = (
        make_kpi(
            "TYPED", measure=ManualMeasure(), unit=Unit.NUMBER, actuals=(Decimal("2.5"),) * 12
        ),
        make_kpi("UNKNOWN", measure=ManualMeasure(), unit=Unit.NUMBER),
        make_kpi("DONE", measure=AttainmentMeasure(("REV",)), unit=Unit.RATIO),
    )
    risks = (
        RiskFacts("R1", 1, 5, TriggerFacts("UNKNOWN", "<", Decimal(1))),
        RiskFacts("R2", 1, 1, TriggerFacts("GONE", "<", Decimal(1))),
        RiskFacts("R3", 1, 1),
    )

    report = build_report(make_plan(make_line(), closed=1, kpis=kpis, risks=risks))

    assert [kpi.month for kpi in report.kpis] == [Decimal("2.500000"), None, Decimal("0.000000")]
    assert [risk.fired_months for risk in report.risks] == [(), (), ()]


def test_it_closes_a_whole_year() -> None:
    facts = make_plan(
        make_line(actual=(90,) * 12), closed=12, goals=(make_goal(),), kpis=(make_kpi(),)
    )

    report = build_report(facts)

    assert report.goals[0].projection == report.goals[0].attained == 1080
    assert outlook(Figures(facts)).lowest_cash is None
