"""Filters that write numbers, months and days for people: the only place that formats them.

The language is that of the page. None, "not known yet", is a dash and never 0. A filter for
money takes the code of the currency: `{{ line.planned_amount|money:currency }}`.
"""

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from aop.calc.amount_words import amount_in_words
from aop.calc.calendar_text import (
    format_day,
    format_month,
    format_month_long,
    format_month_year,
)
from aop.calc.currencies import Currency
from aop.calc.money_text import (
    amount_writer,
    format_in_unit,
    format_short,
    format_signed,
    money_writer,
    unit_name,
)
from aop.calc.months import Month
from aop.calc.writing import (
    UNKNOWN,
    Number,
    format_hours,
    format_number,
    format_points,
    format_ratio,
    signed,
)

register = template.Library()


# What is marked as safe here holds digits, marks and a sign of our own table. Tables write
# hundreds of amounts, and escaping each takes longer than writing it.


@register.filter
def money(value: int | None, currency: str) -> str:
    """Write an amount in full with the currency's sign: `12.500.000 ₫`."""
    if value is None:
        return UNKNOWN
    return SafeString(money_writer(Currency.of(currency), get_language())(value))


@register.filter
def amount(value: int | None, currency: str) -> str:
    """Write an amount in full without a sign: `12.500.000`."""
    if value is None:
        return UNKNOWN
    return SafeString(amount_writer(Currency.of(currency), get_language())(value))


@register.simple_tag
def amounts(values: Iterable[int | None], currency: str) -> list[str]:
    """Write a row of amounts at once: `{% amounts row.planned currency as cells %}`."""
    write = amount_writer(Currency.of(currency), get_language())
    return [UNKNOWN if value is None else SafeString(write(value)) for value in values]


@register.simple_tag
def amount_cells(values: Iterable[int | None], currency: str) -> str:
    """Write a row of amounts as table cells: `<tr>{% amount_cells row.planned currency %}</tr>`."""
    cells = '</td><td class="r num">'.join(amounts(values, currency))
    return SafeString(f'<td class="r num">{cells}</td>')


@register.filter
def signed_money(value: int | None, currency: str) -> str:
    """Write a difference with plus or minus and the currency's sign: `+500.000 ₫`."""
    if value is None:
        return UNKNOWN
    return format_signed(value, Currency.of(currency), get_language())


@register.filter
def signed_amount(value: int | None, currency: str) -> str:
    """Write a difference with plus or minus, without the currency's sign: `+500.000`."""
    if value is None:
        return UNKNOWN
    return format_signed(value, Currency.of(currency), get_language(), symbol=False)


@register.filter
def in_unit(value: int | None, currency: str) -> str:
    """Write an amount in the unit of tables, one decimal: `45,6`; `unit_label` names the unit."""
    return amount_in(value, currency, Currency.of(currency).table_unit)


@register.filter
def signed_in_unit(value: int | None, currency: str) -> str:
    """Write a difference in the unit of tables with plus or minus: `+45,6`."""
    return signed(in_unit(value, currency))


@register.simple_tag
def amount_in(value: int | None, currency: str, unit: int, places: int = 1) -> str:
    """Write an amount in a unit of one's choice: `{% amount_in total currency 1000 %}`."""
    if value is None:
        return UNKNOWN
    return format_in_unit(value, Currency.of(currency), get_language(), unit=unit, places=places)


@register.filter
def unit_label(currency: str, unit: int | None = None) -> str:
    """Name the unit of tables, or the given one: `triệu đồng`, `million VND`."""
    money_of = Currency.of(currency)
    return unit_name(money_of.table_unit if unit is None else unit, money_of, get_language())


@register.filter
def short(value: int | None, currency: str) -> str:
    """Write an amount in three digits, for sentences and charts: `1,23 tỷ`, `₫1.23B`."""
    return UNKNOWN if value is None else format_short(value, Currency.of(currency), get_language())


@register.filter
def signed_short(value: int | None, currency: str) -> str:
    """Write a difference in three digits with plus or minus: `+45,6 tr`."""
    return signed(short(value, currency))


@register.filter
def in_words(value: int | None, currency: str) -> str:
    """Say an amount in words: `mười hai triệu năm trăm nghìn đồng`."""
    if value is None:
        return UNKNOWN
    return amount_in_words(value, Currency.of(currency), get_language())


@register.filter
def ratio(value: Number | None, places: int = 1) -> str:
    """Write a ratio, a fraction, in percent: `12,5 %`."""
    return UNKNOWN if value is None else format_ratio(value, get_language(), places=places)


@register.filter
def signed_ratio(value: Number | None, places: int = 1) -> str:
    """Write a relative difference in percent with plus or minus: `+12,5 %`."""
    return signed(ratio(value, places))


@register.filter
def points(value: Number | None, places: int = 1) -> str:
    """Write a difference in percentage points, given in points: `+0,4 điểm %`."""
    return UNKNOWN if value is None else format_points(value, get_language(), places=places)


@register.filter
def number(value: Number | None, places: int = 2) -> str:
    """Write a plain number with at most that many decimals: `1.234,5`."""
    return UNKNOWN if value is None else format_number(value, get_language(), places=places)


@register.filter
def hours(value: Number | None) -> str:
    """Write hours of work: `37,5 giờ`."""
    return UNKNOWN if value is None else format_hours(value, get_language())


@register.simple_tag
def figure(value: Number | None, unit: str, currency: str, *, brief: bool = False) -> str:
    """Write the value of a KPI or goal in its unit: money, ratio or number.

    `{% figure goal.target kpi.unit currency %}`; with `brief=True` money has three digits.
    """
    if value is None or unit == "ratio":
        return ratio(value)
    if unit == "number":
        return number(value)
    return (short if brief else money)(int(value), currency)


@register.filter
def month(value: Month | date | None) -> str:
    """Name a month inside its year: `T10`, `Oct`."""
    return UNKNOWN if value is None else format_month(_month(value), get_language())


@register.filter
def month_year(value: Month | date | None) -> str:
    """Name a month with its year, short: `T10/2026`, `Oct 2026`."""
    return UNKNOWN if value is None else format_month_year(_month(value), get_language())


@register.filter
def month_long(value: Month | date | None) -> str:
    """Name a month with its year as in a sentence: `tháng 10/2026`, `October 2026`."""
    return UNKNOWN if value is None else format_month_long(_month(value), get_language())


@register.filter
def day(value: date | None) -> str:
    """Write a day: `22/11/2026`, `22 Nov 2026`."""
    return UNKNOWN if value is None else format_day(value, get_language())


def _month(value: Month | date) -> Month:
    return value if isinstance(value, Month) else Month.of(value)
