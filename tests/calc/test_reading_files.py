"""Names, dates, months and units of foreign files: read in one way or not at all."""

from datetime import date, datetime

import pytest

from aop.calc.months import FiscalYear, Month
from aop.calc.reading.days import NotADay, read_day
from aop.calc.reading.line_names import LineNames, Named, plain_name
from aop.calc.reading.tables import Found, text_of
from aop.calc.reading.words import Head, Why, head_of, month_in_head, sum_named_by, unit_of

FIFTH = date(2026, 1, 5)
DAYS: dict[Found, date] = {
    "5/1/2026": FIFTH,
    "05/01/2026": FIFTH,
    " 5/1/26 ": FIFTH,
    "5-1-2026": FIFTH,
    "5.1.2026": FIFTH,
    "2026-01-05": FIFTH,
    "2026-1-5": FIFTH,
    "2026-01-05 00:00:00": FIFTH,
    "2026-01-05T08:30:00": FIFTH,
    "5/1/2026 08:30": FIFTH,
    FIFTH: FIFTH,
    datetime(2026, 1, 5, 23, 59): FIFTH,  # noqa: DTZ001  # a cell knows no zone
    46027: FIFTH,
    46027.75: FIFTH,
    "46027": FIFTH,
    "29/2/2028": date(2028, 2, 29),
}
NO_DAYS: list[Found] = [
    *("", None, "5/1", "15/10", "tháng 1", "10/13/2026", "31/09/2026", "29/2/2026"),
    *("5/1-2026", "1/5/2026/1", "2026", 2026, 12.5, True, "٥/١/٢٠٢٦", "5/1/226"),
]


@pytest.mark.parametrize("found", DAYS, ids=str)
def test_a_date_is_read(found: Found) -> None:
    assert read_day(found) == DAYS[found]


@pytest.mark.parametrize("found", NO_DAYS, ids=repr)
def test_a_date_is_never_guessed(found: Found) -> None:
    with pytest.raises(NotADay):
        read_day(found)


def test_workbooks_that_count_from_1904_are_honoured() -> None:
    assert read_day(46027 - 1462, counts_from_1904=True) == FIFTH


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Điện, nước", "dien nuoc"),
        ("DIỆN  NƯỚC.", "dien nuoc"),
        ("Đie\u0323\u0302n nươ\u0301c", "dien nuoc"),  # letters and marks apart
        ("1. Nhập hàng: tã/bỉm", "1 nhap hang ta bim"),
        ("  —  ", ""),
    ],
)
def test_names_are_compared_without_marks(text: str, plain: str) -> None:
    assert plain_name(text) == plain


NAMES = LineNames(
    [
        Named("REV-STORE", ("Doanh thu cửa hàng", "Bán tại cửa hàng")),
        Named("REV-ONL", ("Doanh thu online",)),
        Named("RENT", ("Tiền thuê mặt bằng", "Mặt bằng")),
        Named("RENT-2", ("Tiền thuê mặt bằng 2",)),
        Named("A", ("Chung",)),
        Named("B", ("Chung",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "code", "suggested"),
    [
        ("rev-store", "REV-STORE", None),
        ("BAN TAI CUA HANG", "REV-STORE", None),
        ("Mặt bằng", "RENT", None),
        ("Doanh thu cửa hàngg", None, "REV-STORE"),
        ("Doanh thu", None, None),
        ("Tiền thuê mặt bằngg", None, None),  # near to two lines
        ("Chung", None, None),  # the name of two lines
        ("", None, None),
        ("Bảo hiểm", None, None),
    ],
)
def test_a_name_means_one_line_or_none(text: str, code: str | None, suggested: str | None) -> None:
    match = NAMES.find(text)

    assert (match.code, match.suggested) == (code, suggested)


APRIL = FiscalYear(Month(2026, 4))


@pytest.mark.parametrize(
    ("found", "month"),
    [
        ("T4", "2026-04"),
        ("Tháng 1", "2027-01"),
        ("thg 12", "2026-12"),
        ("04/2026", "2026-04"),
        ("T4/2026", "2026-04"),
        ("2026-04", "2026-04"),
        ("Mar 2027", "2027-03"),
        ("sept", "2026-09"),
        (date(2026, 4, 1), "2026-04"),
        ("03/2026", None),
        ("T13", None),
        ("Cả năm", None),
        ("Quý 1", None),
        (4, None),
        (None, None),
    ],
    ids=str,
)
def test_a_month_is_one_of_the_fiscal_year(found: Found, month: str | None) -> None:
    named = month_in_head(found, APRIL)

    assert (str(named) if named else None) == month


@pytest.mark.parametrize(
    ("found", "unit"),
    [
        ("ĐVT: triệu đồng", 1_000_000),
        ("Đơn vị tính: nghìn đồng", 1_000),
        ("(ĐVT: ngàn VND)", 1_000),
        ("Unit: million VND", 1_000_000),
        ("Đơn vị: đồng", 1),
        ("Số tiền (triệu đồng)", 1_000_000),
        ("Số tiền", None),
        ("Doanh thu 5 triệu", None),
        (5, None),
    ],
)
def test_a_unit_counts_where_it_is_stated(found: Found, unit: int | None) -> None:
    assert unit_of(found) == unit


def test_heads_are_known_in_both_languages() -> None:
    heads = {"Ngày chứng từ": Head.DATE, "Date": Head.DATE, "Tồn quỹ": Head.BALANCE}
    heads |= {"Thu": Head.MONEY_IN, "Money out": Head.MONEY_OUT, "Số CT": Head.REF}

    assert {text: head_of(text) for text in heads} == heads


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("TỔNG CỘNG", Why.TOTAL),
        ("Cộng", Why.TOTAL),
        ("Cộng phát sinh", Why.TOTAL),
        ("Cộng Chi phí", Why.SUBTOTAL),
        ("Subtotal costs", Why.SUBTOTAL),
        ("Số dư đầu kỳ", Why.BALANCE),
        ("Closing balance", Why.BALANCE),
        ("Cộng tác viên bán hàng", None),
        ("Công cụ, dụng cụ", None),
        ("Công tác phí", None),
        ("Tổng đài chăm sóc", None),
        ("Tiền thuê", None),
    ],
)
def test_sums_are_told_from_lines(text: str, why: Why | None) -> None:
    assert sum_named_by(text) is why


def test_a_text_is_one_clean_line() -> None:
    assert text_of("a\x00b\n c\u0301") == "a b ć"
