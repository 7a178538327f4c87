"""Reads amounts of money as people type them and as foreign files hold them (METHODS.md §18)."""

import math
from decimal import Decimal
from fractions import Fraction

from aop.calc.amount_grammar import (
    GROUP,
    AmbiguousNumber,
    NotANumber,
    Refusal,
    Written,
    names_of,
    take_apart,
)
from aop.calc.currencies import Currency
from aop.calc.rounding import half_up
from aop.calc.writing import marks_of

LARGEST_AMOUNT = 999_999_999_999_999  # spreadsheets keep 15 digits, browsers a little more


def parse_typed(text: str, currency: Currency, language: str, unit: int = 1) -> int:
    """Read an amount typed in the app (METHODS.md §18; DOMAIN §18 "typed in the app").

    Args:
        text: What was typed: `12.500.000`, `12tr5`, `1,5 tỷ`, `350k`, `(1.234)`, `-5`.
        currency: The plan's; its sign or code may stand beside the number.
        language: `vi` groups with a point and has a decimal comma, `en` the reverse.
        unit: What one stands for in this field; a unit word or the currency's sign in the
            text takes its place.

    Returns:
        Minor units, exact: nothing typed is ever rounded.

    Raises:
        AmbiguousNumber: A single mark before three digits that groups in the other language.
        NotANumber: No number, finer than the minor unit, or more than `LARGEST_AMOUNT`.

    >>> parse_typed("2tr5", Currency.of("VND"), "vi"), parse_typed("1.5k", Currency.of("USD"), "en")
    (2500000, 150000)
    """
    written = take_apart(text, names_of(currency))
    factor = _factor(written, currency, 1 if written.names_currency else unit)
    shows_three = factor == currency.minor_units == 10**GROUP and written.scale is None
    readings = typed_readings(written, language, shows_three=shows_three)
    if len(readings) == 1:
        return _exact(written, readings[0], factor, currency)
    raise AmbiguousNumber(text, _possible(written, readings, factor))


def typed_readings(
    written: Written, language: str, *, shows_three: bool = False
) -> tuple[Decimal, ...]:
    """Return what a typed number can mean in that language: one reading, or two to ask about.

    Marks that fit one reading only are taken so, whichever language they are of. A single
    mark before three digits groups when it groups in that language; the other mark has to be
    asked about, unless numbers of three decimals are what the field shows (METHODS.md §18).

    Raises:
        NotANumber: The marks stand where no number has them.
    """
    grouped, pointed = written.grouped, written.pointed
    if grouped is None and pointed is None:
        raise NotANumber(written.found, Refusal.GROUPING)
    if grouped is None or pointed is None:
        return tuple(reading for reading in (grouped, pointed) if reading is not None)
    if written.marks == marks_of(language).group:
        return (grouped,)
    return (pointed,) if shows_three else (pointed, grouped)


def parse_cell(found: object, currency: Currency, unit: int = 1) -> int:
    """Read an amount from a cell of a foreign file (METHODS.md §18; DOMAIN §18).

    Args:
        found: The stored value: text, or a number of a spreadsheet.
        currency: The plan's; only its own sign or code may stand beside the number.
        unit: The unit that the sheet states for the column, 1 when it states none; a unit
            word in the cell takes its place.

    Returns:
        Minor units. A spreadsheet's number, and a text in a sheet with a stated unit, is
        rounded half-up after the unit.

    Raises:
        AmbiguousNumber: The mark may group or point to decimals.
        NotANumber: Empty, words, an error value, a truth value, more decimals than the
            currency has, or more than `LARGEST_AMOUNT`.

    >>> parse_cell("4.120.000,00", Currency.of("VND")), parse_cell(4999999.9999, Currency.of("VND"))
    (4120000, 5000000)
    """
    if isinstance(found, str):
        return _cell_text(take_apart(found, names_of(currency)), currency, unit)
    number = _cell_number(found)
    return _within(str(found), half_up(number * unit * currency.minor_units))


def _cell_number(found: object) -> Fraction:
    if found is None:
        raise NotANumber("", Refusal.EMPTY)
    if isinstance(found, int) and not isinstance(found, bool):
        return Fraction(found)
    if isinstance(found, float | Decimal) and math.isfinite(found):
        return Fraction(str(found))
    raise NotANumber(str(found), Refusal.WORDS)


def _cell_text(written: Written, currency: Currency, unit: int) -> int:
    factor = _factor(written, currency, unit)
    has_unit = written.scale is not None or unit > 1
    number = _cell_reading(written, currency, factor, has_unit=has_unit)
    if written.scale is None and unit > 1:
        return _within(written.found, half_up(Fraction(_signed(written, number)) * factor))
    return _exact(written, number, factor, currency)


def _cell_reading(written: Written, currency: Currency, factor: int, *, has_unit: bool) -> Decimal:
    """Choose between the readings of a text cell by the rules for files of DOMAIN §18."""
    grouped, pointed = written.grouped, written.pointed
    if grouped is None and pointed is None:
        raise NotANumber(written.found, Refusal.GROUPING)
    if pointed is None or (grouped and not has_unit and currency.decimals < GROUP):
        return grouped or Decimal(0)
    if grouped is None and (has_unit or written.decimals <= currency.decimals):
        return pointed
    if grouped is None and (currency.decimals or written.decimals > GROUP):
        raise NotANumber(written.found, Refusal.DECIMALS)
    if len(written.marks) > 1 and written.chunks[-1] in {"0", "00"}:
        return pointed
    raise AmbiguousNumber(written.found, _possible(written, (pointed, grouped), factor))


def _factor(written: Written, currency: Currency, unit: int) -> int:
    """Return how many minor units one of the written number stands for."""
    ones = unit if written.scale is None else int(10**written.scale)
    return ones * currency.minor_units


def _exact(written: Written, number: Decimal, factor: int, currency: Currency) -> int:
    """Return the minor units of a reading; raises NotANumber when it is finer than those."""
    value = Fraction(number) * factor + written.added * currency.minor_units
    if value.denominator != 1:
        raise NotANumber(written.found, Refusal.DECIMALS)
    return _within(written.found, -value.numerator if written.is_negative else value.numerator)


def _possible(
    written: Written, readings: tuple[Decimal | None, ...], factor: int
) -> tuple[int, ...]:
    """Return the minor units of those readings that are amounts of the currency."""
    values = (Fraction(_signed(written, r)) * factor for r in readings if r is not None)
    return tuple(v.numerator for v in values if v.denominator == 1 and abs(v) <= LARGEST_AMOUNT)


def _signed(written: Written, number: Decimal) -> Decimal:
    return -number if written.is_negative else number


def _within(found: str, amount: int) -> int:
    if abs(amount) > LARGEST_AMOUNT:
        raise NotANumber(found, Refusal.TOO_LARGE)
    return amount
