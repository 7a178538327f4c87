"""Values of goals and KPIs as people type them: money, percent or a number, by the unit."""

from decimal import Decimal
from typing import Any

from django import forms

from aop.web.amounts import AmountField, QuantityField, RatioField
from planning.models import Unit

PLACES = 6


def read_value(text: str, unit: str, currency: str) -> Decimal | None:
    """Read what was typed in that unit; money becomes minor units, a percentage a fraction.

    Raises:
        ValidationError: The text is no such value; the message says what to type.
    """
    value = _field(unit, currency).clean(text)
    return None if value is None else Decimal(value)


def show_value(value: Decimal | None, unit: str, currency: str) -> str:
    """Write a value the way it can be typed back; nothing for None."""
    if value is None:
        return ""
    stored: Any = int(value) if unit == Unit.MONEY else value
    return str(_field(unit, currency).prepare_value(stored))


def _field(unit: str, currency: str) -> forms.Field:
    if unit == Unit.MONEY:
        return AmountField(currency=currency, required=False)
    if unit == Unit.RATIO:
        return RatioField(required=False)
    return QuantityField(places=PLACES, required=False)
