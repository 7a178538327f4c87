"""Reading amounts: every spelling is read right, refused with its reason, or asked about."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aop.calc.amount_grammar import AmbiguousNumber, NotANumber, Refusal
from aop.calc.currencies import CURRENCIES, Currency
from aop.calc.money import LARGEST_AMOUNT, parse_cell, parse_typed
from aop.calc.money_text import format_in_unit, format_input, format_money, format_signed
from tests.spellings import Case, case_id, spellings

VND = Currency.of("VND")
AMOUNTS = st.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT)
ANY_CURRENCY = st.sampled_from(sorted(CURRENCIES.values(), key=lambda c: c.code))
LANGUAGES = st.sampled_from(["vi", "en"])


def outcome(case: Case, *args: Any) -> dict[str, Any]:
    """Tell what became of a spelling, in the words of the tables."""
    read = parse_typed if "text" in case else parse_cell
    try:
        return {"amount": read(*args)}
    except NotANumber as refused:
        return {"refused": refused.refusal}
    except AmbiguousNumber as asked:
        return {"asked": list(asked.readings)}


def expected(case: Case) -> dict[str, Any]:
    return {key: case[key] for key in ("amount", "refused", "asked") if key in case}


@pytest.mark.parametrize("case", spellings("amount_spellings"), ids=case_id)
def test_it_reads_what_is_typed(case: Case) -> None:
    currency = Currency.of(case["currency"])

    found = outcome(case, case["text"], currency, case["language"], case["unit"])

    assert found == expected(case)


@pytest.mark.parametrize("case", spellings("cell_spellings"), ids=case_id)
def test_it_reads_what_a_cell_holds(case: Case) -> None:
    currency = Currency.of(case["currency"])

    found = outcome(case, case["found"], currency, case["unit"])

    assert found == expected(case)


def test_it_reads_a_decimal_cell_exactly() -> None:
    assert parse_cell(Decimal("12.5"), VND, 1_000_000) == 12_500_000


@pytest.mark.parametrize("found", [float("nan"), float("inf"), Decimal("NaN"), object(), b"12"])
def test_it_refuses_a_cell_that_is_no_finite_number(found: object) -> None:
    with pytest.raises(NotANumber) as refused:
        parse_cell(found, VND)

    assert refused.value.refusal is Refusal.WORDS


@pytest.mark.parametrize("case", spellings("amount_shown"), ids=case_id)
def test_it_reads_back_what_was_shown(case: Case) -> None:
    currency, language = Currency.of(case["currency"]), case["language"]

    assert parse_typed(case["money"], currency, language) == case["amount"]
    for unit, text in case["inputs"].items():
        assert parse_typed(text, currency, language, int(unit)) == case["amount"]


@given(amount=AMOUNTS, currency=ANY_CURRENCY, language=LANGUAGES, symbol=st.booleans())
def test_it_reads_back_every_amount_in_full(
    amount: int, currency: Currency, language: str, symbol: bool
) -> None:
    shown = format_money(amount, currency, language, symbol=symbol)

    assert parse_typed(shown, currency, language) == amount


@given(amount=AMOUNTS, currency=ANY_CURRENCY, language=LANGUAGES)
def test_it_reads_back_every_signed_amount(amount: int, currency: Currency, language: str) -> None:
    assert parse_typed(format_signed(amount, currency, language), currency, language) == amount


@given(amount=AMOUNTS, currency=ANY_CURRENCY, language=LANGUAGES, data=st.data())
def test_it_reads_back_every_amount_in_every_unit(
    amount: int, currency: Currency, language: str, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from(currency.units))

    shown = format_input(amount, currency, language, unit=unit)

    assert parse_typed(shown, currency, language, unit) == amount


@given(amount=AMOUNTS, currency=ANY_CURRENCY, language=LANGUAGES)
def test_it_reads_a_full_amount_the_same_in_a_field_of_any_unit(
    amount: int, currency: Currency, language: str
) -> None:
    shown = format_money(amount, currency, language)

    assert parse_typed(shown, currency, language, currency.table_unit) == amount


@given(amount=st.integers(-(10**14), 10**14), currency=ANY_CURRENCY, language=LANGUAGES)
def test_a_shown_table_number_reads_back_within_its_rounding(
    amount: int, currency: Currency, language: str
) -> None:
    unit = currency.table_unit
    shown = format_in_unit(amount, currency, language, unit=unit)

    read = parse_typed(shown, currency, language, unit)

    assert abs(read - amount) * 20 <= unit * currency.minor_units


@given(amount=AMOUNTS, language=LANGUAGES)
def test_a_foreign_file_with_our_grouping_is_read_the_same(amount: int, language: str) -> None:
    assert parse_cell(format_money(amount, VND, language), VND) == amount


@given(text=st.text(max_size=80), currency=ANY_CURRENCY, language=LANGUAGES)
def test_any_text_is_read_refused_or_asked(text: str, currency: Currency, language: str) -> None:
    for case, args in (
        ({"text": text}, (text, currency, language)),
        ({"found": text}, (text, currency)),
    ):
        found = outcome(case, *args)

        assert set(found) <= {"amount", "refused", "asked"}
        assert abs(found.get("amount", 0)) <= LARGEST_AMOUNT


@given(
    text=st.text(alphabet="0123456789., -()ktrỷ₫$", max_size=16),
    language=LANGUAGES,
    unit=st.sampled_from(VND.units),
)
def test_what_is_read_survives_being_shown_again(text: str, language: str, unit: int) -> None:
    found = outcome({"text": text}, text, VND, language, unit)

    if "amount" in found:
        shown = format_input(found["amount"], VND, language, unit=unit)
        assert parse_typed(shown, VND, language, unit) == found["amount"]
