"""The sample company's report: every worked number of its README and of the design."""

from dataclasses import replace
from decimal import Decimal

import pytest

from aop.calc.report.build import Report, build_report
from aop.calc.report.lines import LineRow
from aop.calc.report.totals import Compare
from tests.calc.sample import babycare


def _report(through: str, compare: Compare = Compare.CURRENT) -> Report:
    return build_report(babycare(through), compare)


def _line(report: Report, code: str) -> LineRow:
    return next(row for row in report.lines if row.code == code)


@pytest.mark.parametrize(
    ("through", "planned", "actual", "margin", "marketing", "profit"),
    [
        ("2026-03", 1_713_600_000, 1_694_920_000, "0.363686", "0.055250", -7_552_245),
        ("2026-06", 3_463_200_000, 3_428_825_000, "0.352605", "0.065946", -51_512_583),
    ],
)
def test_it_totals_the_year_to_date(
    through: str, planned: int, actual: int, margin: str, marketing: str, profit: int
) -> None:
    report = _report(through)

    totals, ratios = report.totals.ytd, report.ratios.ytd
    assert (totals.revenue.planned, totals.revenue.actual) == (planned, actual)
    assert totals.operating_profit.actual == profit
    assert ratios.gross_margin.actual == Decimal(margin)
    assert ratios.marketing.actual == Decimal(marketing)


@pytest.mark.parametrize(
    ("through", "share", "statuses", "stock", "cash", "forecast"),
    [
        (
            "2026-03",
            "0.321328",
            ["green", "amber", "green"],
            1_020_958_126,
            432_118_379,
            7_108_006_483,
        ),
        (
            "2026-06",
            "0.345711",
            ["green", "green", "green"],
            1_135_886_171,
            228_190_746,
            7_127_383_611,
        ),
    ],
)
def test_it_judges_goals_stock_and_cash(
    through: str, share: str, statuses: list[str], stock: int, cash: int, forecast: int
) -> None:
    report = _report(through)

    assert report.goals[1].attained == Decimal(share)
    assert [goal.status for goal in report.goals] == statuses
    assert report.stock[-1].closing == stock
    assert report.cash.months[len(report.stock) - 1].closing == cash
    assert report.totals.year.revenue.forecast == forecast


@pytest.mark.parametrize(
    ("through", "revenue", "profit", "margin"),
    [
        ("2026-06", 7_127_383_611, -41_678_901, "0.346030"),
        ("2026-10", 7_061_013_958, -45_469_481, "0.351482"),
    ],
)
def test_it_foresees_the_year(through: str, revenue: int, profit: int, margin: str) -> None:
    report = _report(through)

    assert report.totals.year.revenue.forecast == revenue
    assert report.totals.year.operating_profit.forecast == profit
    assert report.totals.year.operating_profit.baseline == 115_153_440
    assert report.ratios.year.gross_margin.forecast == Decimal(margin)


def test_it_knows_the_lowest_cash_of_plan_close_and_pace() -> None:
    cash = _report("2026-06").cash

    assert cash.lowest_planned is not None
    assert (str(cash.lowest_planned.month), cash.lowest_planned.closing) == ("2026-04", 405_591_680)
    assert cash.lowest is not None
    assert (str(cash.lowest.month), cash.lowest.closing) == ("2026-07", 216_168_926)
    assert cash.lowest_at_pace is not None
    assert (str(cash.lowest_at_pace.month), cash.lowest_at_pace.closing) == ("2026-12", 26_309_832)
    assert cash.lowest_at_pace.gap_to_minimum == 26_309_832 - 200_000_000


def test_it_marks_the_months_below_the_minimum() -> None:
    months = _report("2026-10").cash.months

    assert [str(row.month) for row in months if row.below_minimum] == ["2026-07"]


def test_it_splits_the_margin_without_a_residual() -> None:
    split = _report("2026-06").margin_split.ytd

    assert split is not None
    assert (split.gross_profit_variance, split.volume) == (-47_652_789, -12_473_483)
    assert (split.mix, split.rate) == (120_528, -35_299_834)


def test_it_sees_the_margin_that_purchases_hide() -> None:
    april, june = _report("2026-04"), _report("2026-06")

    assert april.totals.month.purchases.actual == 515_200_000
    assert april.totals.month.revenue.actual == 515_351_000
    assert april.ratios.month.gross_margin.actual == Decimal("0.357400")
    assert june.ratios.month.gross_margin.actual == Decimal("0.327339")


def test_it_follows_both_goals_through_the_year() -> None:
    by_month = [
        [goal.status for goal in _report(f"2026-{month:02d}").goals[:2]] for month in range(1, 11)
    ]

    assert by_month == [
        ["green", "amber"],
        ["green", "amber"],
        ["green", "amber"],
        ["green", "green"],
        ["green", "green"],
        ["green", "green"],
        ["amber", "green"],
        ["amber", "green"],
        ["amber", "green"],
        ["amber", "green"],
    ]


@pytest.mark.parametrize(
    ("through", "gap"), [("2026-03", "-0.7748"), ("2026-04", "-0.4351"), ("2026-06", "-0.1004")]
)
def test_it_measures_the_share_in_points(through: str, gap: str) -> None:
    assert _report(through).goals[1].gap == Decimal(gap)


def test_it_fires_the_risks_of_the_first_half() -> None:
    fired = {
        risk.code: [month.number for month in risk.fired_months]
        for risk in _report("2026-06").risks
    }

    assert fired == {"R1": [6], "R2": [6], "R3": [], "R4": [], "R5": [5], "R6": []}


def test_it_grades_the_risks() -> None:
    levels = [(risk.code, risk.score, risk.level) for risk in _report("2026-06").risks]

    assert levels == [
        ("R1", 16, "high"),
        ("R2", 12, "high"),
        ("R3", 12, "high"),
        ("R4", 10, "medium"),
        ("R5", 9, "medium"),
        ("R6", 12, "high"),
    ]


def test_it_lists_who_is_overloaded() -> None:
    rows = [(row.person, row.month.number, row.ratio) for row in _report("2026-06").capacity]

    assert rows == [
        ("P2", 5, Decimal("1.200000")),
        ("P2", 11, Decimal("1.150000")),
        ("P4", 6, Decimal("1.050000")),
        ("P4", 11, Decimal("1.150000")),
        ("P4", 12, Decimal("1.100000")),
    ]


def test_it_asks_for_five_comments_in_june() -> None:
    material = [row.code for row in _report("2026-06").lines if row.material]

    assert material == ["REV-STORE", "REV-ONL", "PUR-CORE", "MKT-SHOPEE", "MKT-SOCIAL"]


def test_it_knows_what_may_still_be_spent() -> None:
    report = _report("2026-06")
    social, rent, content = (
        _line(report, code) for code in ("MKT-SOCIAL", "FIX-RENT", "MKT-CONTENT")
    )

    assert (social.year.planned, social.used_ratio) == (111_000_000, Decimal("0.835730"))
    assert (social.remaining, social.status) == (18_234_000, "red")
    assert (rent.remaining, rent.committed) == (210_000_000, 70_000_000)
    assert rent.available == 140_000_000
    assert content.committed == 0  # its commitment is closed


def test_it_shows_pace_and_limit_apart() -> None:
    bonus = _line(_report("2026-06"), "FIX-BONUS")

    assert (bonus.status, bonus.remaining) == ("green", -1_300_000)


def test_it_uses_the_right_method_for_each_kind() -> None:
    report = _report("2026-06")
    codes = ("REV-ONL", "COGS-ONL", "VAR-FEE", "MKT-SOCIAL", "PUR-CORE", "FIX-TAX", "CTG")

    methods = [_line(report, code).year.forecast_method for code in codes]

    assert methods == ["pace", "rate", "rate", "plan", "plan", "plan", "none"]


def test_it_compares_with_the_baseline_when_asked() -> None:
    current, baseline = _report("2026-10"), _report("2026-10", Compare.BASELINE)

    assert baseline.totals.ytd.marketing.planned != current.totals.ytd.marketing.planned
    assert baseline.totals.year == current.totals.year
    assert baseline.goals == current.goals
    assert baseline.cash == current.cash
    assert [row.used_ratio for row in baseline.lines] == [row.used_ratio for row in current.lines]
    assert [row.status for row in baseline.lines] == [row.status for row in current.lines]


def test_it_keeps_june_as_it_was() -> None:
    facts = babycare("2026-06")
    lines = (replace(line, actual=line.actual[:6] + (777,) * 6) for line in facts.lines)

    assert build_report(replace(facts, lines=tuple(lines))) == _report("2026-06")


@pytest.mark.parametrize(
    ("through", "warnings"),
    [
        ("2026-03", ["milestone_overdue I1"]),
        ("2026-06", []),
        ("2026-10", ["milestone_overdue I1", "milestone_overdue I4"]),
    ],
)
def test_it_reports_five_overloads_and_what_is_late(through: str, warnings: list[str]) -> None:
    found = [f"{one.code} {one.subject}" for one in _report(through).checks]

    assert found[:5] == [
        "over_capacity P2 2026-05",
        "over_capacity P2 2026-11",
        "over_capacity P4 2026-06",
        "over_capacity P4 2026-11",
        "over_capacity P4 2026-12",
    ]
    assert found[5:] == warnings
