"""Writes amounts of money for people: in full, in units, in short, with a sign (METHODS.md §18)."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

from aop.calc.currencies import MILLION, THOUSAND, Currency
from aop.calc.rounding import divide_half_up
from aop.calc.writing import (
    MINUS,
    NO_BREAK,
    Marks,
    format_whole,
    is_vietnamese,
    marks_of,
    signed,
    unmistakable,
)

_UNIT_NAMES = {
    THOUSAND: ("nghìn", "thousand"),
    MILLION: ("triệu", "million"),
}
Writer: TypeAlias = Callable[[int], str]

_SHORT_UNITS = ((9, "tỷ", "B"), (6, "tr", "M"), (3, "nghìn", "K"))
_DIGITS_SHOWN = 3


def amount_writer(currency: Currency, language: str | None) -> Writer:
    """Return the function that writes amounts of that currency without its sign.

    Take it once for many numbers: it costs little more than grouping the digits.

    >>> write = amount_writer(Currency.of("VND"), "vi")
    >>> [write(amount) for amount in (1234567, -5, 0)]
    ['1.234.567', '−5', '0']
    """
    return _writer(currency.code, language, has_symbol=False)


def money_writer(currency: Currency, language: str | None) -> Writer:
    """Return the function that writes amounts of that currency in full, with its sign.

    >>> money_writer(Currency.of("VND"), "en")(1234567)
    '1,234,567\\xa0₫'
    """
    return _writer(currency.code, language, has_symbol=True)


def format_money(
    amount: int, currency: Currency, language: str | None, *, symbol: bool = True
) -> str:
    """Write an amount in full, with all decimals of its currency (METHODS.md §18).

    Args:
        amount: Minor units; below zero it starts with U+2212.
        currency: Decides the decimals and the sign.
        language: Decides the marks and where the sign stands.
        symbol: Whether the currency's sign, or its code, stands beside the number.

    >>> vnd, usd = Currency.of("VND"), Currency.of("USD")
    >>> format_money(1234567, vnd, "vi"), format_money(-125050, usd, "en")
    ('1.234.567\\xa0₫', '−$1,250.50')
    """
    return _writer(currency.code, language, has_symbol=symbol)(amount)


@lru_cache(maxsize=512)
def _writer(code: str, language: str | None, *, has_symbol: bool) -> Writer:
    currency = Currency.of(code)
    if has_symbol:
        write = _writer(code, language, has_symbol=False)
        return lambda amount: with_symbol(write(amount), currency, language)
    marks = marks_of(language)
    if currency.decimals:
        return _decimal_writer(currency.decimals, marks)
    if marks.group == ",":
        return lambda amount: f"{amount:,}" if amount >= 0 else f"{MINUS}{-amount:,}"
    return lambda amount: (
        f"{amount:,}".replace(",", ".") if amount >= 0 else f"{MINUS}{-amount:,}".replace(",", ".")
    )


def _decimal_writer(decimals: int, marks: Marks) -> Writer:
    minor_units = 10**decimals

    def write(amount: int) -> str:
        whole, part = divmod(abs(amount), minor_units)
        sign = MINUS if amount < 0 else ""
        return f"{sign}{format_whole(whole, marks)}{marks.decimal}{part:0{decimals}d}"

    return write


def with_symbol(text: str, currency: Currency, language: str | None) -> str:
    """Put the currency's sign beside a written amount.

    It stands behind in Vietnamese and for đồng, else before; a sign of letters keeps a
    no-break space.

    >>> eur, kwd = Currency.of("EUR"), Currency.of("KWD")
    >>> with_symbol("5.00", eur, "en"), with_symbol("5.000", kwd, "en")
    ('€5.00', 'KWD\\xa05.000')
    """
    if currency.code == "VND" or is_vietnamese(language):
        return f"{text}{NO_BREAK}{currency.symbol}"
    return _symbol_first(text, currency)


def _symbol_first(text: str, currency: Currency) -> str:
    gap = NO_BREAK if currency.symbol[-1].isalpha() else ""
    sign, digits = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    return f"{sign}{currency.symbol}{gap}{digits}"


def format_signed(
    amount: int, currency: Currency, language: str | None, *, symbol: bool = True
) -> str:
    """Write a difference with its sign: plus, minus (U+2212), none for zero.

    >>> format_signed(25_000, Currency.of("VND"), "vi"), format_signed(0, Currency.of("VND"), "vi")
    ('+25.000\\xa0₫', '0\\xa0₫')
    """
    return signed(format_money(amount, currency, language, symbol=symbol))


def format_in_unit(
    amount: int, currency: Currency, language: str | None, *, unit: int, places: int = 1
) -> str:
    """Write an amount in a unit of tables, rounded half-up to that many decimals.

    The unit itself is named once, beside the table (`unit_name`). Rounded numbers may not
    add up to a rounded total; say "rounded" there, never adjust them.

    >>> format_in_unit(45_650_000, Currency.of("VND"), "vi", unit=1_000_000)
    '45,7'
    """
    if unit == 1:
        return amount_writer(currency, language)(amount)
    scaled = divide_half_up(amount * 10**places, unit * currency.minor_units)
    return _scaled(scaled, places, marks_of(language))


def format_input(amount: int, currency: Currency, language: str | None, *, unit: int = 1) -> str:
    """Write an amount exactly, as an input in that unit shows it; `parse_typed` reads it back.

    In a unit, zeros at the end are left out; three decimals that could be taken for a group
    of thousands get a fourth (METHODS.md §18).

    >>> [format_input(a, Currency.of("VND"), "vi", unit=1_000_000) for a in (12_500_000, 1_250_000)]
    ['12,5', '1,25']
    >>> format_input(12_345_000, Currency.of("VND"), "vi", unit=1_000_000)
    '12,3450'
    """
    if unit == 1:
        return amount_writer(currency, language)(amount)
    marks = marks_of(language)
    places = len(str(unit * currency.minor_units)) - 1
    text = _scaled(amount, places, marks).rstrip("0").removesuffix(marks.decimal)
    return unmistakable(text, language)


def _scaled(scaled: int, places: int, marks: Marks) -> str:
    """Write `scaled` / 10**places with all places; below zero but rounded to it has no sign."""
    whole, part = divmod(abs(scaled), 10**places)
    sign = MINUS if scaled < 0 else ""
    decimals = f"{marks.decimal}{part:0{places}d}" if places else ""
    return f"{sign}{format_whole(whole, marks)}{decimals}"


def unit_name(unit: int, currency: Currency, language: str | None) -> str:
    """Name a unit of tables for captions: `triệu đồng`, `million VND`.

    >>> unit_name(1_000_000, Currency.of("VND"), "vi"), unit_name(1_000, Currency.of("USD"), "en")
    ('triệu đồng', 'thousand USD')
    """
    vietnamese = is_vietnamese(language)
    name = "đồng" if vietnamese and currency.code == "VND" else currency.code
    return name if unit == 1 else f"{_UNIT_NAMES[unit][0 if vietnamese else 1]} {name}"


def format_short(amount: int, currency: Currency, language: str | None) -> str:
    """Write an amount with three digits and a unit, for sentences and charts, never exports.

    Vietnamese names no đồng; amounts below a thousand are written in full (METHODS.md §18).

    >>> vnd, usd = Currency.of("VND"), Currency.of("USD")
    >>> format_short(1_234_000_000, vnd, "vi"), format_short(45_600_000, vnd, "vi")
    ('1,23\\xa0tỷ', '45,6\\xa0tr')
    >>> format_short(1_234_000_000, vnd, "en"), format_short(-1_234_567, usd, "en")
    ('₫1.23B', '−$12.3K')
    """
    for power, vietnamese, english in _SHORT_UNITS:
        unit = 10**power * currency.minor_units
        if abs(amount) < _first_shown_in(power, unit):
            continue
        text = _three_digits(amount, unit, marks_of(language))
        if not is_vietnamese(language):
            return _symbol_first(text + english, currency)
        text = f"{text}{NO_BREAK}{vietnamese}"
        return text if currency.code == "VND" else with_symbol(text, currency, language)
    return format_money(amount, currency, language)


def _first_shown_in(power: int, unit: int) -> int:
    """Return the least amount shown in a unit: what the unit below would round to 1,000."""
    return unit if power == _DIGITS_SHOWN else unit - unit // 2_000


def _three_digits(amount: int, unit: int, marks: Marks) -> str:
    for places in (2, 1, 0):
        scaled = divide_half_up(amount * 10**places, unit)
        if abs(scaled) < THOUSAND:
            break
    text = _scaled(scaled, places, marks)
    return text.rstrip("0").removesuffix(marks.decimal) if places else text
