"""Form fields for amounts, ratios, quantities and months."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from aop.calc.currencies import CURRENCIES
from aop.calc.money import LARGEST_AMOUNT
from aop.calc.months import FiscalYear, Month
from aop.web.amounts import (
    AmountField,
    AmountInput,
    MonthChoiceField,
    MonthField,
    QuantityField,
    RatioField,
    use_currency,
)
from tests.spellings import Case, case_id, spellings


class EntryForm(forms.Form):
    amount = AmountField(least=0)
    limit = AmountField(required=False, widget=AmountInput(reads_back=False))
    share = RatioField(required=False)
    hours = QuantityField(required=False)
    month = MonthField(required=False)

    def __init__(self, *args: Any, currency: str = "VND", unit: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        use_currency(self, currency, unit=unit)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def message(field: forms.Field, text: object) -> str:
    """Return the sentence that answers a text the field cannot take."""
    with pytest.raises(ValidationError) as refused:
        field.clean(text)
    (sentence,) = refused.value.messages
    return sentence


@pytest.mark.parametrize("case", spellings("amount_spellings"), ids=case_id)
def test_a_field_takes_what_the_parser_reads(case: Case) -> None:
    field = AmountField(currency=case["currency"], unit=case["unit"], required=False)

    with translation.override(case["language"]):
        if "amount" in case:
            assert field.clean(case["text"]) == case["amount"]
        elif not case["text"].strip():
            assert field.clean(case["text"]) is None
        else:
            sentence = message(field, case["text"])
            assert "%(" not in sentence
            assert case["text"][:60] in sentence or case["refused"] == "too_long"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("soon", "“soon” is not an amount. Type 12.5m or 12,500,000."),
        (
            "1,25,000",
            "The marks in “1,25,000” do not part groups of three digits. Type it like 12,500,000.",
        ),
        ("12.5", "“12.5” is finer than 1\xa0₫. Type it like 12.5m or 12,500,000."),
        (
            "$5",
            "“$5” is not in VND, which this plan is kept in. Type it like 12,500,000.",
        ),
        ("5%", "“5%” is a percentage. An amount is needed here, such as 12,500,000."),
        ("１２", "Type “１２” with the digits 0 to 9, such as 12,500,000."),
        ("9" * 61, "This is too long for an amount. Type 12.5m or 12,500,000."),
        (
            "1000000bn",
            "“1000000bn” is more than 999,999,999,999,999\xa0₫, the most that can be kept.",
        ),
        ("1.250", "Does “1.250” mean 1,250\xa0₫? Then type 1,250."),
        ("-5", "0\xa0₫ or more is needed here."),
    ],
)
def test_it_says_what_it_found_and_what_to_type(text: str, sentence: str) -> None:
    assert message(AmountField(currency="VND", least=0), text) == sentence


def test_it_names_both_readings_and_how_to_type_each() -> None:
    sentence = message(AmountField(currency="VND", unit=1_000_000), "1.250")

    assert sentence == (
        "“1.250” can mean 1,250,000\xa0₫ or 1,250,000,000\xa0₫. Type 1.25 or 1,250."
    )


def test_its_examples_can_be_typed() -> None:
    for currency in CURRENCIES.values():
        for unit in currency.units:
            for language in ("vi", "en"):
                field = AmountField(currency=currency.code, unit=unit)
                with translation.override(language):
                    examples = field.words.examples.values()
                    amounts = {field.clean(text) for text in examples}
                assert len(amounts) == 1


@given(
    amount=st.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT),
    currency=st.sampled_from(sorted(CURRENCIES)),
    language=st.sampled_from(["vi", "en"]),
    data=st.data(),
)
def test_what_it_shows_can_be_sent_back(
    amount: int, currency: str, language: str, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from(CURRENCIES[currency].units))
    field = AmountField(currency=currency, unit=unit)

    with translation.override(language):
        shown = field.prepare_value(amount)

        assert field.clean(shown) == amount
        assert not field.has_changed(amount, shown)


def test_a_form_reads_every_field() -> None:
    form = EntryForm(
        {"amount": "12tr5", "share": "45", "hours": "37.5", "month": "2026-10", "limit": ""}
    )

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "amount": 12_500_000,
        "limit": None,
        "share": Decimal("0.45"),
        "hours": Decimal("37.5"),
        "month": Month(2026, 10),
    }


def test_two_forms_keep_currencies_of_their_own() -> None:
    dollars = EntryForm({"amount": "12.50"}, currency="USD")
    dong = EntryForm({"amount": "12k"})

    assert dollars.is_valid()
    assert dong.is_valid()
    assert dollars.cleaned_data["amount"] == 1_250
    assert dong.cleaned_data["amount"] == 12_000


def test_a_field_without_a_currency_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="use_currency"):
        AmountField().clean("5")


def test_an_input_carries_the_rules_for_the_browser() -> None:
    html = str(EntryForm(initial={"amount": 12_500_000})["amount"])

    assert 'value="12,500,000"' in html
    for attribute in ('data-amount=""', 'data-language="en"', 'data-names="d dong vnd ₫"'):
        assert attribute in html
    assert '<output class="read" for="id_amount" data-read-for="id_amount" hidden>' in html


def test_a_table_of_inputs_is_not_read_back() -> None:
    assert "<output" not in str(EntryForm()["limit"])


def test_what_was_typed_is_shown_again_with_its_error() -> None:
    form = EntryForm({"amount": "<b>12"})

    assert not form.is_valid()
    assert 'value="&lt;b&gt;12"' in str(form["amount"])
    assert "“&lt;b&gt;12” is not an amount" in str(form["amount"].errors)


@pytest.mark.parametrize(
    ("initial", "text", "changed"),
    [(1_500, "1500", False), (1_500, "1,501", True), (None, "", False), (1_500, "?", True)],
)
def test_an_amount_has_changed_when_its_value_has(
    initial: int | None, text: str, changed: bool
) -> None:
    assert AmountField(currency="VND").has_changed(initial, text) is changed


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        (RatioField(), "half", "“half” is not a percentage. Type it like 12.5%."),
        (
            RatioField(),
            "1.23456",
            "“1.23456” has more than four decimals. Type it like 12.5%.",
        ),
        (
            RatioField(),
            "1,250",
            "“1,250” can mean 1.25% or 1250%. Type 1.25% or 1250%.",
        ),
        (RatioField(least=Decimal(0)), "-5", "0% or more is needed here."),
        (RatioField(most=Decimal(1)), "101", "100% is the most that is possible here."),
        (QuantityField(), "many", "“many” is not a number. Type it like 37.5."),
        (
            QuantityField(places=1),
            "1.25",
            "“1.25” has more than 1 decimal. Type it like 37.5.",
        ),
        (
            QuantityField(places=2),
            "1.255",
            "Does “1.255” mean 1,255? Then type 1,255.",
        ),
        (MonthField(), "spring", "“spring” is not a month. Type it like 10/2026."),
        (
            MonthField(first=Month(2026, 1)),
            "12/2025",
            "Jan\xa02026 or later is needed here.",
        ),
        (
            MonthField(last=Month(2026, 12)),
            "Jan 2027",
            "Dec\xa02026 or earlier is needed here.",
        ),
    ],
)
def test_other_fields_say_what_to_type(field: forms.Field, text: str, sentence: str) -> None:
    assert message(field, text) == sentence


def test_stored_values_are_shown_as_they_are_typed() -> None:
    assert RatioField().prepare_value(Decimal("0.065000")) == "6.5%"
    assert QuantityField().prepare_value(Decimal("48.00")) == "48"
    assert MonthField().prepare_value(date(2026, 10, 1)) == "2026-10"
    assert MonthField().prepare_value("10/2026") == "10/2026"


@pytest.mark.parametrize(
    "text", ["2026-10", "10/2026", "T10/2026", "tháng 10/2026", "Oct 2026", "october 2026"]
)
def test_a_month_is_read_in_every_form_it_is_written(text: str) -> None:
    assert MonthField().clean(text) == Month(2026, 10)


def test_one_month_of_the_year_can_be_chosen() -> None:
    field = MonthChoiceField()
    field.use_months(FiscalYear(Month(2026, 4)).months)

    assert field.clean("2027-03") == Month(2027, 3)
    assert field.prepare_value(date(2026, 4, 1)) == "2026-04"
    assert '<option value="2026-04">Apr\xa02026</option>' in field.widget.render("month", None)
    assert "2026-03" in message(field, "2026-03")
