"""The filters that write numbers on pages."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.template import engines
from django.utils import translation

from aop.calc.currencies import CURRENCIES
from aop.calc.months import Month
from aop.calc.writing import UNKNOWN

FILTERS_OF_MONEY = (
    "money",
    "amount",
    "signed_money",
    "signed_amount",
    "in_unit",
    "signed_in_unit",
    "short",
    "signed_short",
    "in_words",
)
OTHER_FILTERS = (
    "ratio",
    "signed_ratio",
    "points",
    "number",
    "hours",
    "month",
    "month_year",
    "month_long",
    "day",
)


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


def shown(expression: str, **values: Any) -> str:
    source = "{% load aop_format %}" + expression
    return str(engines["django"].from_string(source).render({"currency": "VND", **values}))


@pytest.mark.parametrize(
    ("expression", "value", "vietnamese_text", "english_text"),
    [
        ("{{ v|money:currency }}", 12_500_000, "12.500.000\xa0₫", "12,500,000\xa0₫"),
        ("{{ v|money:'USD' }}", -125_050, "−1.250,50\xa0$", "−$1,250.50"),
        ("{{ v|amount:currency }}", 12_500_000, "12.500.000", "12,500,000"),
        ("{{ v|signed_money:currency }}", 25_000, "+25.000\xa0₫", "+25,000\xa0₫"),
        ("{{ v|signed_amount:currency }}", -25_000, "−25.000", "−25,000"),
        ("{{ v|in_unit:currency }}", 45_650_000, "45,7", "45.7"),
        ("{{ v|in_unit:'USD' }}", 12_345_678, "123,5", "123.5"),
        ("{{ v|signed_in_unit:currency }}", 45_650_000, "+45,7", "+45.7"),
        ("{% amount_in v currency 1000 %}", 45_650_500, "45.650,5", "45,650.5"),
        ("{% amount_in v currency 1000000 0 %}", 45_650_500, "46", "46"),
        ("{{ v|short:currency }}", 1_234_000_000, "1,23\xa0tỷ", "₫1.23B"),
        ("{{ v|signed_short:currency }}", 45_600_000, "+45,6\xa0tr", "+₫45.6M"),
        ("{{ v|in_words:currency }}", 2_500, "hai nghìn năm trăm đồng", None),
        ("{{ v|ratio }}", Decimal("0.125"), "12,5\xa0%", "12.5%"),
        ("{{ v|ratio:2 }}", Decimal("0.990100"), "99,01\xa0%", "99.01%"),
        ("{{ v|signed_ratio }}", Decimal("0.125"), "+12,5\xa0%", "+12.5%"),
        ("{{ v|points }}", Decimal("0.4"), "+0,4\xa0điểm\xa0%", "+0.4\xa0pts"),
        ("{{ v|number }}", Decimal("1234.50"), "1.234,5", "1,234.5"),
        ("{{ v|hours }}", Decimal("37.5"), "37,5\xa0giờ", "37.5\xa0h"),
        ("{{ v|month }}", Month(2026, 10), "T10", "Oct"),
        ("{{ v|month }}", date(2026, 10, 1), "T10", "Oct"),
        ("{{ v|month_year }}", Month(2026, 10), "T10/2026", "Oct\xa02026"),
        ("{{ v|month_long }}", Month(2026, 10), "tháng\xa010/2026", "October\xa02026"),
        ("{{ v|day }}", date(2026, 11, 22), "22/11/2026", "22\xa0Nov\xa02026"),
        ("{% figure v 'money' currency %}", Decimal("7200000000"), "7.200.000.000\xa0₫", None),
        ("{% figure v 'money' currency brief=True %}", 7_200_000_000, "7,2\xa0tỷ", "₫7.2B"),
        ("{% figure v 'ratio' currency %}", Decimal("0.45"), "45,0\xa0%", "45.0%"),
        ("{% figure v 'number' currency %}", Decimal("1250"), "1.250", "1,250"),
    ],
)
def test_it_writes_numbers_in_the_language_of_the_page(
    expression: str, value: Any, vietnamese_text: str, english_text: str | None
) -> None:
    assert shown(expression, v=value) == vietnamese_text
    if english_text is not None:
        with translation.override("en"):
            assert shown(expression, v=value) == english_text


@pytest.mark.parametrize("name", FILTERS_OF_MONEY)
def test_an_unknown_amount_is_a_dash(name: str) -> None:
    assert shown("{{ v|" + name + ":currency }}", v=None) == UNKNOWN


@pytest.mark.parametrize("name", OTHER_FILTERS)
def test_an_unknown_value_is_a_dash(name: str) -> None:
    assert shown("{{ v|" + name + " }}", v=None) == UNKNOWN


@pytest.mark.parametrize("unit", ["money", "ratio", "number"])
def test_an_unknown_figure_is_a_dash(unit: str) -> None:
    assert shown("{% figure v unit currency %}", v=None, unit=unit) == UNKNOWN


def test_nothing_is_zero_and_not_a_dash() -> None:
    assert shown("{{ v|money:currency }}", v=0) == "0\xa0₫"
    assert shown("{{ v|ratio }}", v=Decimal(0)) == "0,0\xa0%"


def test_a_row_of_amounts_is_written_at_once() -> None:
    row = "{% amounts v currency as cells %}{{ cells|join:';' }}"

    assert shown(row, v=[1_000, None, -5]) == "1.000;—;−5"


def test_a_row_of_amounts_becomes_cells() -> None:
    cells = shown("{% amount_cells v currency %}", v=[1_000, None])

    assert cells == '<td class="r num">1.000</td><td class="r num">—</td>'


def test_the_unit_of_a_table_is_named() -> None:
    assert shown("{{ currency|unit_label }}") == "triệu đồng"
    assert shown("{{ currency|unit_label:1000 }}") == "nghìn đồng"
    assert shown("{{ 'USD'|unit_label }}") == "nghìn USD"


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="no currency in use"):
        shown("{{ v|money:'XXX' }}", v=1)


def test_a_sign_of_a_currency_cannot_break_out_of_the_page() -> None:
    for currency in CURRENCIES.values():
        text = shown("{{ v|money:c }}", v=-123_456, c=currency.code)

        assert not set(text) & set("<>&\"'")
