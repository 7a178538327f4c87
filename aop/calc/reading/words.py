"""What the words of foreign files mean: heads of columns, months, units, sums (DOMAIN §18)."""

import re
from datetime import date, datetime
from enum import StrEnum

from aop.calc.calendar_text import parse_month
from aop.calc.currencies import MILLION, THOUSAND
from aop.calc.months import FiscalYear, Month
from aop.calc.reading.line_names import plain_name
from aop.calc.reading.tables import Found


class Head(StrEnum):
    """What a column of a list of entries, or the first columns of a grid, hold."""

    DATE = "date"
    LINE = "line"
    AMOUNT = "amount"
    MONEY_IN = "money_in"
    MONEY_OUT = "money_out"
    NOTE = "note"
    REF = "ref"
    BALANCE = "balance"


_HEADS = {
    Head.DATE: "ngày|ngày tháng|ngày ct|ngày chứng từ|ngày hạch toán|ngày ghi sổ|date|day",
    Head.LINE: (
        "khoản mục|mã khoản mục|khoản mục ngân sách|hạng mục|tên khoản mục|chỉ tiêu|line|"
        "line code|budget line|budget lines|category|account"
    ),
    Head.AMOUNT: "số tiền|thành tiền|giá trị|amount|value|total amount",
    Head.MONEY_IN: "thu|số thu|tiền thu|tiền vào|phát sinh thu|money in|paid in|receipts",
    Head.MONEY_OUT: "chi|số chi|tiền chi|tiền ra|phát sinh chi|money out|paid out|payments",
    Head.NOTE: "diễn giải|nội dung|ghi chú|mô tả|note|notes|description|memo|details",
    Head.REF: (
        "số chứng từ|chứng từ|số ct|mã chứng từ|số hóa đơn|hóa đơn|tham chiếu|"
        "ref|reference|voucher|invoice"
    ),
    Head.BALANCE: "tồn quỹ|tồn|số dư|dư|balance",
}
_HEAD_OF = {plain_name(word): head for head, words in _HEADS.items() for word in words.split("|")}
_UNIT_IN_HEAD = re.compile(r"\b(?:dvt|don vi tinh|trieu|nghin|ngan|dong|vnd|million|thousand)\b.*$")
_UNITS = {"trieu": MILLION, "million": MILLION, "nghin": THOUSAND, "ngan": THOUSAND}
_UNITS["thousand"] = THOUSAND
_STATES_UNIT = re.compile(r"\b(?:dvt|don vi tinh|don vi|unit)\b")
_MONTH_ALONE = re.compile(r"(?:t|thang|thg) ?(\d{1,2})", re.ASCII)
_MONTH_AND_YEAR = re.compile(r"(?:t|thang|thg)? ?(\d{1,2}) (\d{4})", re.ASCII)
_ENGLISH_NAMES = """
jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|
sep sept september|oct october|nov november|dec december
"""
_ENGLISH = {
    name: number
    for number, names in enumerate(_ENGLISH_NAMES.split("|"), start=1)
    for name in names.split()
}


def head_of(found: Found) -> Head | None:
    """Return what a column head says, its unit aside; None for any other text.

    >>> head_of("SỐ TIỀN (triệu đồng)"), head_of("Khoản mục"), head_of("Tháng 1")
    (<Head.AMOUNT: 'amount'>, <Head.LINE: 'line'>, None)
    """
    if not isinstance(found, str):
        return None
    plain = plain_name(found)
    return _HEAD_OF.get(plain) or _HEAD_OF.get(_UNIT_IN_HEAD.sub("", plain).strip())


def unit_of(found: Found) -> int | None:
    """Return the unit that a heading states; None when it states none.

    >>> unit_of("ĐVT: triệu đồng"), unit_of("Đơn vị tính: đồng"), unit_of("Số tiền")
    (1000000, 1, None)
    """
    if not isinstance(found, str):
        return None
    plain = plain_name(found)
    words = set(plain.split())
    named = next((unit for word, unit in _UNITS.items() if word in words), None)
    is_stated = _STATES_UNIT.search(plain) is not None
    if named is not None:
        return named if is_stated or head_of(found) is not None else None
    return 1 if is_stated and words & {"dong", "vnd"} else None


def month_in_head(found: Found, year: FiscalYear) -> Month | None:
    """Return the month of the fiscal year that a column head names; None for any other head.

    >>> year = FiscalYear(Month(2026, 4))
    >>> [str(month_in_head(text, year)) for text in ("T1", "01/2027", "Tháng 1/2027", "Jan")]
    ['2027-01', '2027-01', '2027-01', '2027-01']
    """
    month = _named_month(found, year)
    return month if month is not None and month in year else None


def _named_month(found: Found, year: FiscalYear) -> Month | None:
    if isinstance(found, datetime | date):
        return Month.of(found)
    if not isinstance(found, str):
        return None
    plain = plain_name(found)
    if alone := _MONTH_ALONE.fullmatch(plain):
        return _in_year(int(alone[1]), year)
    if plain in _ENGLISH:
        return _in_year(_ENGLISH[plain], year)
    if pair := _MONTH_AND_YEAR.fullmatch(plain):
        return _checked(f"{pair[2]}-{int(pair[1]):02d}")
    return _checked(found)


def _in_year(number: int, year: FiscalYear) -> Month | None:
    return next((month for month in year if month.number == number), None)


def _checked(text: str) -> Month | None:
    try:
        return parse_month(text)
    except ValueError:
        return None


class Why(StrEnum):
    """Why a row below the header holds nothing to import."""

    HEADING = "heading"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    NOTE = "note"
    BALANCE = "balance"
    NOTHING = "nothing"  # an amount of 0
    COMPUTED = "computed"  # a line that follows its driver


_BALANCE = re.compile(r"^(?:ton|so du|du) (?:dau|cuoi)\b|^(?:opening|closing) balance\b")
_TOTAL = re.compile(r"^(?:tong|total|grand total|sum)\b|^cong(?: phat sinh)?$")
_SUBTOTAL = re.compile(r"^(?:cong|subtotal|sub total)\b")


# Words that start like a sum and are none: công cụ, cộng tác viên, tổng đài …
_NO_SUM = re.compile(
    r"^(?:cong (?:tac|ty|no|cu|doan|nghe|trinh|viec|dong|nhan|suat)|tong (?:dai|hop|vu))\b"
)


def sum_named_by(text: str) -> Why | None:
    """Return which sort of sum or balance a name announces; None for any other name.

    >>> sum_named_by("TỔNG CỘNG"), sum_named_by("Cộng Chi phí"), sum_named_by("Tồn cuối kỳ")
    (<Why.TOTAL: 'total'>, <Why.SUBTOTAL: 'subtotal'>, <Why.BALANCE: 'balance'>)
    """
    plain = plain_name(text)
    if _NO_SUM.search(plain):
        return None
    for pattern, why in ((_BALANCE, Why.BALANCE), (_TOTAL, Why.TOTAL), (_SUBTOTAL, Why.SUBTOTAL)):
        if pattern.search(plain):
            return why
    return None
