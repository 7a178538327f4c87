"""Lines, amounts and adjustments of a plan folder: what is read, and what is refused where."""

from decimal import Decimal

import pytest

from aop.calc.lines import LineKind, Policy
from aop.calc.months import Month
from budgets.folders.adjustments import MoveRow
from tests.plan_folders import Where, changed, places_of, problems_of, sample_files
from tracking.folders.whole import read_plan_folder


def test_it_reads_the_lines_of_the_sample() -> None:
    online = read_plan_folder(sample_files()).lines[1]

    assert (online.code, online.kind, online.channel) == ("REV-ONL", LineKind.REVENUE, "ONL")
    assert online.cash_lag == (Decimal("0.75"), Decimal("0.25"))
    assert online.aliases == ("Bán online", "DT online", "Doanh thu sàn")
    assert online.opening_balance_amount == 47_700_000
    assert (online.policy, online.forecast_method) == (Policy.TRACK, None)


def test_it_keeps_an_empty_cell_apart_from_zero() -> None:
    files = changed("budget.csv", "REV-STORE,460224000,347328000", "REV-STORE,,0")

    assert read_plan_folder(files).budget[0].amounts[:3] == (None, 0, 342_144_000)


def test_it_reads_adjustments_and_commitments_of_the_sample() -> None:
    folder = read_plan_folder(sample_files())

    assert len(folder.adjustments[0].moves) == 34
    assert folder.adjustments[0].moves[0] == MoveRow("MKT-SOCIAL", Month(2026, 7), -6_000_000)
    assert [each.status for each in folder.commitments] == ["open"] * 6 + ["closed"]


LAG = "Doanh thu,revenue,ONL,0.75;0.25"
BROKEN: list[tuple[str, str, str, list[Where]]] = [
    ("lines.csv", "FIX-SOFT,", "FIX-UTIL,", [(18, "code", "duplicate")]),
    ("lines.csv", "CTG,Dự", ",Dự", [(25, "code", "required")]),
    ("lines.csv", "CTG,Dự", f"{'C' * 31},Dự", [(25, "code", "too_long")]),
    ("lines.csv", "CTG,Dự", "CTG ,Dự", [(25, "code", "bad_code")]),
    ("lines.csv", "capex,", "assets,", [(24, "kind", "not_choice")]),
    ("lines.csv", ",approve,", ",ask,", [(24, "policy", "not_choice")]),
    ("lines.csv", LAG, LAG.replace("0.25", "0.2"), [(3, "cash_lag", "lag_not_one")]),
    ("lines.csv", LAG, LAG.replace("0.25", "0.2500000001"), [(3, "cash_lag", "bad_lag")]),
    ("lines.csv", LAG, LAG.replace("0.75;0.25", "1.5;-0.5"), [(3, "cash_lag", "bad_lag")]),
    ("lines.csv", LAG, LAG.replace("0.75;0.25", "1;"), [(3, "cash_lag", "bad_lag")]),
    ("lines.csv", "ONL,0.75", "WEB,0.75", [(3, "channel", "unknown_channel")]),
    ("lines.csv", "47700000", "47.700.000", [(3, "opening_balance_amount", "not_integer")]),
    ("lines.csv", "REV-STORE,0.625", "REV-SHOP,0.625", [(4, "driver_code", "unknown_line")]),
    ("lines.csv", "REV-STORE,0.625", "CTG,0.625", [(4, "driver_code", "driver_not_revenue")]),
    ("lines.csv", "0.625", "62%", [(4, "driver_ratio", "not_number")]),
    ("lines.csv", "0.625", "-0.625", [(4, "driver_ratio", "out_of_range")]),
    ("lines.csv", "0.625,", "0.625,manual", [(4, "forecast_method", "manual_method")]),
    ("lines.csv", "0.625,", "0.625,guess", [(4, "forecast_method", "not_choice")]),
    ("lines.csv", ",false,", ",no,", [(2, "is_private", "not_flag")]),
    ("lines.csv", ",P3\n", ",P33\n", [(2, "owner", "unknown_person")]),
    ("lines.csv", ",P3\n", ",P3,\n", [(2, "", "ragged")]),
    ("lines.csv", ",kind,", ",sort,", [(1, "kind", "column_missing")]),
    ("lines.csv", ",group,", ",name,", [(1, "name", "column_twice")]),
    ("budget.csv", "460224000", "460224000.5", [(2, "2026-01", "not_integer")]),
    ("budget.csv", "460224000", "1" + "0" * 15, [(2, "2026-01", "out_of_range")]),
    ("budget.csv", "REV-ONL", "REV-WEB", [(3, "line_code", "unknown_line")]),
    ("budget.csv", "REV-ONL", "REV-STORE", [(3, "line_code", "duplicate")]),
    (
        "budget.csv",
        ",2026-12\n",
        ",2027-01\n",
        [(1, "", "months_missing"), (1, "2027-01", "outside_year")],
    ),
    (
        "last_year.csv",
        ",2025-12\n",
        ",2026-12\n",
        [(1, "", "months_missing"), (1, "2026-12", "outside_year")],
    ),
    (
        "adjustments.json",
        '"2026-07",\n  "reason"',
        '"2027-07",\n  "reason"',
        [(1, "effective_from", "outside_year")],
    ),
    (
        "adjustments.json",
        '"month": "2026-07"',
        '"month": "2025-07"',
        [(1, "moves[1].month", "outside_year")],
    ),
    ("adjustments.json", '"MKT-SOCIAL"', '"MKT"', [(1, "moves[1].line_code", "unknown_line")]),
    ("adjustments.json", "-6000000", "-6000000.0", [(1, "moves[1].amount", "not_integer")]),
    ("adjustments.json", '"G1"', '"G7"', [(1, "goals[1]", "unknown_goal")]),
    ("adjustments.json", '"number": 1', '"number": 0', [(1, "number", "out_of_range")]),
    ("commitments.csv", "C2,", "C1,", [(3, "id", "duplicate")]),
    ("commitments.csv", "PUR-CORE,2026-11", "PUR-CORE,2027-11", [(2, "month", "outside_year")]),
    ("commitments.csv", "open", "maybe", [(2, "status", "not_choice")]),
]


@pytest.mark.parametrize(("file", "old", "new", "places"), BROKEN)
def test_it_refuses_a_broken_value(file: str, old: str, new: str, places: list[Where]) -> None:
    assert places_of(changed(file, old, new), file) == places


@pytest.mark.parametrize(
    "rows",
    [
        ["month,cash_amount,stock_amount", "2026-01,5,", "2026-02,,0"],
        ["month,cash_amount", "2026-01,5"],
        ["month,cash_amount,stock_amount"],
    ],
)
def test_it_reads_counts(rows: list[str]) -> None:
    files = {**sample_files(), "counts.csv": "\n".join(rows).encode()}

    assert len(read_plan_folder(files).counts) == len(rows) - 1


def test_it_refuses_a_month_counted_twice() -> None:
    text = "month,cash_amount,stock_amount\n2026-01,5,\n2026-01,,7\n2027-01,1,1\n"
    files = {**sample_files(), "counts.csv": text.encode()}

    assert places_of(files, "counts.csv") == [
        (3, "month", "duplicate"),
        (4, "month", "outside_year"),
    ]


def test_drivers_in_a_circle_are_refused_on_each_of_their_lines() -> None:
    files = changed("lines.csv", "STORE,1,,,", "STORE,1,,REV-ONL,")
    files["lines.csv"] = files["lines.csv"].replace(b"47700000,,", b"47700000,REV-STORE,")
    found = problems_of(files)

    assert [(each.row, each.code, each.params["found"]) for each in found] == [
        (2, "circular_driver", "REV-STORE → REV-ONL → REV-STORE"),
        (3, "circular_driver", "REV-ONL → REV-STORE → REV-ONL"),
    ]


def test_a_line_that_drives_itself_is_a_circle() -> None:
    files = changed("lines.csv", "STORE,1,,,", "STORE,1,,REV-STORE,")

    assert places_of(files, "lines.csv") == [(2, "driver_code", "circular_driver")]


def test_cogs_never_move_cash_whatever_lag_they_carry() -> None:
    files = changed("lines.csv", "cogs,STORE,,", "cogs,STORE,1,")
    folder = read_plan_folder(files)

    assert folder.lines[2].cash_lag == ()
    assert [(each.row, each.field) for each in folder.ignored if each.field] == [(4, "cash_lag")]


def test_columns_may_stand_in_another_order_and_some_may_be_missing() -> None:
    files = sample_files()
    files["lines.csv"] = b"kind,code,name\n" + b"".join(
        f"{line.kind.value},{line.code},Khoản {line.code}\n".encode()
        for line in read_plan_folder(files).lines
    )
    line = read_plan_folder(files).lines[0]

    assert (line.code, line.kind, line.policy) == ("REV-STORE", LineKind.REVENUE, Policy.TRACK)
    assert (line.cash_lag, line.is_private, line.owner) == ((), False, "")
