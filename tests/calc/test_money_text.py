"""Writing amounts, in full, in units, in short and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aop.calc.amount_words import amount_in_words, english_words, vietnamese_words
from aop.calc.currencies import CURRENCIES, Currency
from aop.calc.money_text import (
    format_in_unit,
    format_input,
    format_money,
    format_short,
    unit_name,
)
from tests.spellings import Case, case_id, spellings

VND, USD, KWD = map(Currency.of, ("VND", "USD", "KWD"))


@pytest.mark.parametrize("case", spellings("amount_shown"), ids=case_id)
def test_it_shows_an_amount_in_every_form(case: Case) -> None:
    amount, currency, language = case["amount"], Currency.of(case["currency"]), case["language"]

    assert format_money(amount, currency, language) == case["money"]
    assert format_short(amount, currency, language) == case["short"]
    assert amount_in_words(amount, currency, language) == case["words"]
    for unit, text in case["inputs"].items():
        assert format_input(amount, currency, language, unit=int(unit)) == text


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (999, "999\xa0₫"),
        (1_000, "1\xa0nghìn"),
        (999_499, "999\xa0nghìn"),
        (999_500, "1\xa0tr"),
        (9_994_999, "9,99\xa0tr"),
        (9_995_000, "10\xa0tr"),
        (99_950_000, "100\xa0tr"),
        (999_499_999, "999\xa0tr"),
        (999_500_000, "1\xa0tỷ"),
        (-999_500_000, "−1\xa0tỷ"),
        (1_234_500_000_000, "1.235\xa0tỷ"),
    ],
)
def test_a_short_amount_steps_up_where_it_would_round_to_a_thousand(
    amount: int, shown: str
) -> None:
    assert format_short(amount, VND, "vi") == shown


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [
        (45_650_000, 1_000_000, "45,7"),
        (-45_650_000, 1_000_000, "−45,7"),
        (49_999, 1_000_000, "0,0"),
        (-49_999, 1_000_000, "0,0"),
        (7_186_300_320, 1_000_000, "7.186,3"),
        (45_650_000, 1_000, "45.650,0"),
        (45_650_000, 1, "45.650.000"),
    ],
)
def test_a_table_shows_units_rounded_half_up(amount: int, unit: int, shown: str) -> None:
    assert format_in_unit(amount, VND, "vi", unit=unit) == shown


def test_a_unit_is_named_beside_its_table() -> None:
    assert unit_name(1_000_000, VND, "en") == "million VND"
    assert unit_name(1_000, VND, "vi") == "nghìn đồng"
    assert unit_name(1, VND, "vi") == "đồng"
    assert unit_name(1_000, USD, "vi") == "nghìn USD"


def test_decimals_follow_the_currency() -> None:
    decimals = {currency.decimals for currency in CURRENCIES.values()}

    assert decimals == {0, 2, 3}
    assert (VND.decimals, USD.decimals, KWD.decimals) == (0, 2, 3)
    assert format_money(1_500, Currency.of("JPY"), "en") == "¥1,500"


def test_every_symbol_belongs_to_one_currency() -> None:
    symbols = [currency.symbol for currency in CURRENCIES.values()]

    assert len(symbols) == len(set(symbols))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm lẻ một"),
        (105, "một trăm lẻ năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (505, "năm trăm lẻ năm"),
        (1_000, "một nghìn"),
        (1_001, "một nghìn không trăm lẻ một"),
        (1_010, "một nghìn không trăm mười"),
        (10_000, "mười nghìn"),
        (100_005, "một trăm nghìn không trăm lẻ năm"),
        (1_000_100, "một triệu một trăm"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (1_005_000_000_000, "một nghìn không trăm lẻ năm tỷ"),
        (10**18, "một tỷ tỷ"),
    ],
)
def test_vietnamese_numbers_are_said_as_spoken(number: int, said: str) -> None:
    assert vietnamese_words(number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (40, "forty"),
        (99, "ninety-nine"),
        (100, "one hundred"),
        (1_005, "one thousand five"),
        (10**15, "one quadrillion"),
        (10**18 + 1, "one thousand quadrillion one"),
    ],
)
def test_english_numbers_are_said_without_and(number: int, said: str) -> None:
    assert english_words(number) == said


def test_a_currency_without_names_says_its_decimals_as_a_fraction() -> None:
    francs = Currency.of("CHF")

    assert amount_in_words(1_250, francs, "en") == "twelve CHF and 50/100"
    assert amount_in_words(5, francs, "vi") == "không CHF và 05/100"


@given(st.integers(0, 10**21), st.integers(0, 10**21))
def test_two_numbers_never_sound_alike(first: int, second: int) -> None:
    alike = vietnamese_words(first) == vietnamese_words(second)

    assert alike == (first == second) == (english_words(first) == english_words(second))
