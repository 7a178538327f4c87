"""Reads ratios, hours and plain numbers as people type them (METHODS.md §18)."""

from decimal import Decimal

from aop.calc.amount_grammar import (
    AmbiguousNumber,
    NotANumber,
    Refusal,
    Written,
    take_apart,
)
from aop.calc.money import typed_readings
from aop.calc.writing import marks_of

PERCENT = 100
RATIO_PLACES = 6
LARGEST_QUANTITY = Decimal(10) ** 15
_HOUR_NAMES = frozenset({"h", "hr", "hrs", "hour", "hours", "gio"})


def parse_ratio(text: str, language: str) -> Decimal:
    """Read a percentage typed in the app: `45`, `45%` and `45 %` are all 0.45 (METHODS.md §18).

    A field for a ratio always means percent, so `0,45` is 0.45 %, which is 0.0045. A single
    mark points to decimals; only `1.250` in Vietnamese and `1,250` in English are asked about.

    Returns:
        A fraction with at most six decimals, exact.

    Raises:
        AmbiguousNumber: Its readings are fractions too.
        NotANumber: No number, a unit word, or more than four decimals of a percent.

    >>> parse_ratio("45 %", "vi"), parse_ratio("6,5", "vi"), parse_ratio("12.5%", "en")
    (Decimal('0.45'), Decimal('0.065'), Decimal('0.125'))
    """
    written = take_apart(text, {"%"})
    if written.scale is not None:
        raise NotANumber(text, Refusal.WORDS)
    readings = _percent_readings(written, language)
    ratios = tuple(_signed(written, number) / PERCENT for number in readings)
    return _settled(text, ratios, RATIO_PLACES)


def parse_quantity(text: str, language: str, *, places: int = 2) -> Decimal:
    """Read a number that is no money, such as hours or orders, typed in the app.

    Marks are read as in amounts; `h`, `giờ` and `hours` may stand behind, and unit words
    such as `12k` count.

    Raises:
        AmbiguousNumber: A single mark before three digits that groups in the other language.
        NotANumber: No number, or more decimals than `places`.

    >>> parse_quantity("37,5 giờ", "vi"), parse_quantity("1,250", "en")
    (Decimal('37.5'), Decimal('1250'))
    """
    written = take_apart(text, _HOUR_NAMES)
    readings = typed_readings(written, language)
    factor = Decimal(10) ** (written.scale or 0)
    numbers = tuple(_signed(written, number * factor + written.added) for number in readings)
    return _settled(text, numbers, places)


def _percent_readings(written: Written, language: str) -> tuple[Decimal, ...]:
    """Let a single mark point to decimals, unless it groups in that language."""
    if written.pointed is None or written.grouped is None:
        return typed_readings(written, language)
    if written.marks == marks_of(language).decimal:
        return (written.pointed,)
    return (written.pointed, written.grouped)


def _settled(text: str, readings: tuple[Decimal, ...], places: int) -> Decimal:
    """Return the only reading; raises what the parsers say they raise."""
    if any(abs(number) >= LARGEST_QUANTITY for number in readings):
        raise NotANumber(text, Refusal.TOO_LARGE)
    possible = tuple(number for number in readings if number == round(number, places))
    if len(readings) > 1:
        raise AmbiguousNumber(text, possible)
    if not possible:
        raise NotANumber(text, Refusal.DECIMALS)
    return _plain(possible[0])


def _plain(number: Decimal) -> Decimal:
    """Return the same number without idle zeros, never as a power of ten."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def _signed(written: Written, number: Decimal) -> Decimal:
    return -number if written.is_negative and number else number
