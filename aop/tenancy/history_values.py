"""Values of the history in words: amounts, ratios, days and choices as people read them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext as _

from aop.calc.calendar_text import format_day, format_month_year
from aop.calc.currencies import Currency
from aop.calc.money_text import format_money
from aop.calc.months import Month
from aop.calc.writing import UNKNOWN, format_exact_ratio, format_number
from aop.fields import VALUE_DIGITS, VALUE_PLACES

Column: TypeAlias = "models.Field[Any, Any] | None"

_DECIMAL = re.compile(r"^-?\d+(\.\d+)?$", re.ASCII)
_MONTH_COLUMNS = frozenset({"first_day", "first_month", "effective_from"})


@dataclass(frozen=True, slots=True)
class Values:
    """Writes the values of one entry; `unit` is what its KPI values are."""

    currency: Currency
    zone: ZoneInfo
    language: str | None
    unit: str

    def shown(self, name: str, column: Column, value: Any) -> str:
        """Write a value as the history keeps it (`audit.record`); None shows as a dash."""
        if value is None or value in ("", [], {}):
            return UNKNOWN
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if column is not None and column.flatchoices:
            return str(dict(column.flatchoices).get(value, value))
        write = _WRITERS[type(value)]
        return write(self, name, column, value)

    def _list(self, name: str, _column: Column, value: list[Any]) -> str:
        return ", ".join(self.shown(name, None, item) for item in value)

    def _mapping(self, _name: str, _column: Column, value: dict[str, Any]) -> str:
        return "; ".join(f"{key}: {self.shown(key, None, item)}" for key, item in value.items())

    def _whole(self, _name: str, column: Column, value: int) -> str:
        """Write a count as it is; what is no count is an amount (`money_field`)."""
        is_amount = column is None or isinstance(column, models.BigIntegerField)
        return format_money(value, self.currency, self.language) if is_amount else str(value)

    def _text(self, name: str, column: Column, value: str) -> str:
        if isinstance(column, models.DateTimeField):
            moment = datetime.fromisoformat(value).astimezone(self.zone)
            return f"{format_day(moment.date(), self.language)} {moment:%H:%M}"
        if isinstance(column, models.DateField):
            return self._day(name, date.fromisoformat(value))
        is_number = isinstance(column, models.DecimalField) or (
            column is None and ("." in value or self.unit)
        )
        if is_number and _DECIMAL.match(value):
            return self._number(name, column, Decimal(value))
        return value

    def _day(self, name: str, day: date) -> str:
        if name in _MONTH_COLUMNS or name.endswith("_month"):
            return format_month_year(Month.of(day), self.language)
        return format_day(day, self.language)

    def _number(self, name: str, column: Column, number: Decimal) -> str:
        """Write a ratio by its name, a KPI's value by the unit of its KPI."""
        is_value = column is None or getattr(column, "max_digits", 0) == VALUE_DIGITS
        if name.endswith("_ratio") or (is_value and self.unit == "ratio"):
            return format_exact_ratio(number, self.language)
        if is_value and self.unit == "money":
            return format_money(int(number), self.currency, self.language)
        return format_number(number, self.language, places=VALUE_PLACES)


_WRITERS: dict[type, Callable[[Values, str, Column, Any], str]] = {
    list: Values._list,
    dict: Values._mapping,
    int: Values._whole,
    float: lambda _values, _name, _column, value: str(value),
    str: Values._text,
}
