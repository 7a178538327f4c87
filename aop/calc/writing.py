"""Writes numbers, ratios, points and hours for people, by language (METHODS.md §18).

Vietnamese: 1.234,5 and 12,5 %. English: 1,234.5 and 12.5%. A minus is U+2212; a no-break
space binds a number and its unit. Languages other than `vi` are written as English.
"""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from aop.calc.rounding import half_up

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
UNKNOWN = "—"
_GROUP = 3

Number: TypeAlias = int | Decimal | Fraction


class Marks(NamedTuple):
    """The marks of a language: before three digits, and before decimals."""

    group: str
    decimal: str


VIETNAMESE = Marks(group=".", decimal=",")
ENGLISH = Marks(group=",", decimal=".")


def is_vietnamese(language: str | None) -> bool:
    """Tell whether numbers are written the Vietnamese way; `vi-VN` counts, None does not."""
    return language is not None and language[:2] == "vi"


def marks_of(language: str | None) -> Marks:
    """Return the marks of a language.

    >>> marks_of("vi").group, marks_of("en").group
    ('.', ',')
    """
    return VIETNAMESE if is_vietnamese(language) else ENGLISH


def format_whole(value: int, marks: Marks) -> str:
    """Write a whole number in groups of three (METHODS.md §18).

    >>> format_whole(-1234567, VIETNAMESE)
    '−1.234.567'
    """
    text = f"{value:,}" if marks is ENGLISH else f"{value:,}".replace(",", ".")
    return text if value >= 0 else MINUS + text[1:]


def format_number(
    value: Number, language: str | None, *, places: int = 2, fixed: bool = False
) -> str:
    """Write a number with at most that many decimals, rounded half-up (METHODS.md §18).

    `fixed` keeps the zeros at the end, for numbers that stand under each other.

    >>> format_number(Decimal("1234.50"), "vi"), format_number(12, "en", places=1, fixed=True)
    ('1.234,5', '12.0')
    """
    marks = marks_of(language)
    scaled = half_up(Fraction(value) * 10**places)
    whole, part = divmod(abs(scaled), 10**places)
    decimals = f"{part:0{places}d}" if places else ""
    if not fixed:
        decimals = decimals.rstrip("0")
    sign = MINUS if scaled < 0 else ""
    return sign + format_whole(whole, marks) + (marks.decimal + decimals if decimals else "")


def format_exact_number(value: Number, language: str | None, *, places: int = 2) -> str:
    """Write a number as a form shows it; `parse_quantity` reads it back to the same value.

    >>> format_exact_number(Decimal("37.5"), "vi"), format_exact_number(1250, "vi")
    ('37,5', '1.250')
    """
    return unmistakable(format_number(value, language, places=places), language)


def unmistakable(text: str, language: str | None) -> str:
    """Give three decimals that could be taken for a group of thousands a fourth.

    >>> unmistakable("12,345", "vi"), unmistakable("12.345", "vi"), unmistakable("0,345", "vi")
    ('12,3450', '12.345', '0,345')
    """
    head, _, decimals = text.removeprefix(MINUS).partition(marks_of(language).decimal)
    looks_grouped = len(decimals) == _GROUP >= len(head) and head != "0"
    return f"{text}0" if looks_grouped else text


def format_ratio(ratio: Number, language: str | None, *, places: int = 1) -> str:
    """Write a ratio, a fraction, in percent with that many decimals (METHODS.md §18).

    >>> format_ratio(Decimal("0.125"), "vi"), format_ratio(Decimal("-0.125"), "en")
    ('12,5\xa0%', '−12.5%')
    """
    return _percent(
        format_number(100 * Fraction(ratio), language, places=places, fixed=True), language
    )


def format_exact_ratio(ratio: Number, language: str | None) -> str:
    """Write a ratio in percent as a form shows it: all that is stored, no idle zeros, no groups.

    `parse_ratio` reads it back to the same value (METHODS.md §18).

    >>> format_exact_ratio(Decimal("0.065"), "vi"), format_exact_ratio(Decimal("0.45"), "en")
    ('6,5\xa0%', '45%')
    """
    text = format_number(100 * Fraction(ratio), language, places=4)
    return _percent(text.replace(marks_of(language).group, ""), language)


def format_points(points: Number, language: str | None, *, places: int = 1) -> str:
    """Write a difference of two ratios, given in percentage points, with its sign.

    >>> format_points(Decimal("0.4"), "vi"), format_points(Decimal("-0.4"), "en")
    ('+0,4\xa0điểm\xa0%', '−0.4\xa0pts')
    """
    text = signed(format_number(points, language, places=places, fixed=True))
    unit = f"điểm{NO_BREAK}%" if is_vietnamese(language) else "pts"
    return f"{text}{NO_BREAK}{unit}"


def format_hours(hours: Number, language: str | None) -> str:
    """Write hours of work with at most one decimal.

    >>> format_hours(Decimal("37.5"), "vi"), format_hours(208, "en")
    ('37,5\xa0giờ', '208\xa0h')
    """
    unit = "giờ" if is_vietnamese(language) else "h"
    return f"{format_number(hours, language, places=1)}{NO_BREAK}{unit}"


def signed(text: str) -> str:
    """Put a plus before a written number that is above zero; zero gets no sign.

    >>> signed("1.234 ₫"), signed("−5"), signed("0,0")
    ('+1.234 ₫', '−5', '0,0')
    """
    is_above_zero = not text.startswith(MINUS) and any(digit in text for digit in "123456789")
    return f"+{text}" if is_above_zero else text


def _percent(text: str, language: str | None) -> str:
    return f"{text}{NO_BREAK}%" if is_vietnamese(language) else f"{text}%"
