"""Reading ratios and quantities; writing them, points, hours, months and days."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aop.calc.amount_grammar import AmbiguousNumber, NotANumber, Refusal
from aop.calc.calendar_text import (
    format_day,
    format_month,
    format_month_long,
    format_month_year,
)
from aop.calc.months import Month
from aop.calc.quantities import parse_quantity, parse_ratio
from aop.calc.writing import (
    format_exact_ratio,
    format_hours,
    format_number,
    format_points,
    format_ratio,
)

LANGUAGES = st.sampled_from(["vi", "en"])


@pytest.mark.parametrize(
    ("text", "language", "ratio"),
    [
        ("45", "vi", "0.45"),
        ("45%", "vi", "0.45"),
        ("45 %", "en", "0.45"),
        ("45\xa0%", "vi", "0.45"),
        ("12,5", "vi", "0.125"),
        ("12.5", "vi", "0.125"),
        ("12,5%", "en", "0.125"),
        ("0,45", "vi", "0.0045"),
        ("12,345", "vi", "0.12345"),
        ("12.345", "en", "0.12345"),
        ("-3", "vi", "-0.03"),
        ("−3,5 %", "vi", "-0.035"),
        ("(3)", "en", "-0.03"),
        ("100", "en", "1"),
        ("1.250,5", "vi", "12.505"),
        ("0", "vi", "0"),
        ("-0", "vi", "0"),
    ],
)
def test_a_ratio_is_typed_in_percent(text: str, language: str, ratio: str) -> None:
    assert parse_ratio(text, language) == Decimal(ratio)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", Refusal.EMPTY),
        ("nhiều", Refusal.WORDS),
        ("12k", Refusal.WORDS),
        ("5 ₫", Refusal.OTHER_CURRENCY),
        ("12,34567", Refusal.DECIMALS),
        ("9" * 40, Refusal.TOO_LARGE),
        ("1,2,3", Refusal.GROUPING),
        ("%", Refusal.WORDS),
    ],
)
def test_a_ratio_says_why_it_is_refused(text: str, refusal: Refusal) -> None:
    with pytest.raises(NotANumber) as refused:
        parse_ratio(text, "vi")

    assert refused.value.refusal is refusal


@pytest.mark.parametrize(("text", "language"), [("1.250", "vi"), ("1,250 %", "en")])
def test_a_ratio_that_may_be_thousands_is_asked_about(text: str, language: str) -> None:
    with pytest.raises(AmbiguousNumber) as asked:
        parse_ratio(text, language)

    assert asked.value.readings == (Decimal("0.0125"), Decimal("12.5"))


@given(millionths=st.integers(-(10**9), 10**9), language=LANGUAGES)
def test_every_stored_ratio_is_read_back(millionths: int, language: str) -> None:
    ratio = Decimal(millionths).scaleb(-6)

    assert parse_ratio(format_exact_ratio(ratio, language), language) == ratio


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("48", "vi", "48"),
        ("37,5", "vi", "37.5"),
        ("37.5 h", "vi", "37.5"),
        ("31 giờ", "vi", "31"),
        ("31 hours", "en", "31"),
        ("1.250", "vi", "1250"),
        ("1,250", "en", "1250"),
        ("12k", "en", "12000"),
        ("2k5", "vi", "2500"),
        ("-2", "vi", "-2"),
    ],
)
def test_a_quantity_is_read_like_an_amount(text: str, language: str, number: str) -> None:
    assert parse_quantity(text, language) == Decimal(number)


def test_a_quantity_in_the_other_language_is_asked_about() -> None:
    with pytest.raises(AmbiguousNumber) as asked:
        parse_quantity("1,250", "vi")

    assert asked.value.readings == (Decimal("1.250"), Decimal("1250"))


def test_a_quantity_has_no_more_decimals_than_its_field() -> None:
    with pytest.raises(NotANumber) as refused:
        parse_quantity("0,5", "vi", places=0)

    assert refused.value.refusal is Refusal.DECIMALS


@pytest.mark.parametrize(
    ("ratio", "places", "vietnamese", "english"),
    [
        (Decimal("0.125"), 1, "12,5\xa0%", "12.5%"),
        (Decimal("0.12345"), 1, "12,3\xa0%", "12.3%"),
        (Decimal("0.12350"), 1, "12,4\xa0%", "12.4%"),
        (Decimal("-0.0005"), 1, "−0,1\xa0%", "−0.1%"),
        (Decimal("-0.0004"), 1, "0,0\xa0%", "0.0%"),
        (Fraction(2, 3), 2, "66,67\xa0%", "66.67%"),
        (Decimal("12.5"), 0, "1.250\xa0%", "1,250%"),
        (1, 1, "100,0\xa0%", "100.0%"),
    ],
)
def test_a_ratio_is_shown_in_percent(
    ratio: Decimal, places: int, vietnamese: str, english: str
) -> None:
    assert format_ratio(ratio, "vi", places=places) == vietnamese
    assert format_ratio(ratio, "en", places=places) == english


@pytest.mark.parametrize(
    ("points", "vietnamese", "english"),
    [
        (Decimal("0.4"), "+0,4\xa0điểm\xa0%", "+0.4\xa0pts"),
        (Decimal("-0.25"), "−0,3\xa0điểm\xa0%", "−0.3\xa0pts"),
        (Decimal("0.04"), "0,0\xa0điểm\xa0%", "0.0\xa0pts"),
        (0, "0,0\xa0điểm\xa0%", "0.0\xa0pts"),
    ],
)
def test_points_carry_their_sign(points: Decimal, vietnamese: str, english: str) -> None:
    assert format_points(points, "vi") == vietnamese
    assert format_points(points, "en") == english


def test_numbers_keep_no_idle_zeros() -> None:
    assert format_number(Decimal("1250.500"), "vi") == "1.250,5"
    assert format_number(Decimal("3.000"), "en") == "3"
    assert format_number(Decimal("2.345"), "en") == "2.35"
    assert format_number(-1250, "en", places=0) == "−1,250"
    assert format_hours(Decimal("17.33"), "vi") == "17,3\xa0giờ"


def test_months_and_days_are_written_by_language() -> None:
    month, day = Month(2027, 1), date(2026, 11, 22)

    assert (format_month(month, "vi"), format_month(month, "en")) == ("T1", "Jan")
    assert format_month_year(month, "vi") == "T1/2027"
    assert format_month_long(month, "en") == "January\xa02027"
    assert (format_day(day, "vi"), format_day(day, "en")) == ("22/11/2026", "22\xa0Nov\xa02026")
