"""Columns for the three kinds of value every number is made of: money, ratios, months.

Functions, not subclasses: a generic field class cannot be subscripted at run time, and a
plain Django field keeps our own import paths out of the migrations.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Literal, overload

from django.db import models

RATIO_DIGITS = 15
RATIO_PLACES = 6


@overload
def money_field(
    *, null: Literal[False] = ..., **options: Any
) -> "models.BigIntegerField[int, int]": ...
@overload
def money_field(
    *, null: Literal[True], **options: Any
) -> "models.BigIntegerField[int | None, int | None]": ...
def money_field(*, null: bool = False, **options: Any) -> "models.BigIntegerField[Any, Any]":
    """Return a column for an amount in the currency's minor units (đồng, cents).

    Its name ends in `_amount`. Whole numbers are exact in SQL on SQLite and PostgreSQL.
    With `null`, NULL means "not known yet", which is never 0, and forms may leave it empty.
    """
    return models.BigIntegerField(null=null, **({"blank": null} | options))


@overload
def ratio_field(
    *, null: Literal[False] = ..., **options: Any
) -> "models.DecimalField[Decimal, Decimal]": ...
@overload
def ratio_field(
    *, null: Literal[True], **options: Any
) -> "models.DecimalField[Decimal | None, Decimal | None]": ...
def ratio_field(*, null: bool = False, **options: Any) -> "models.DecimalField[Any, Any]":
    """Return a column for a ratio that a person typed, as a fraction: 0.05 is 5 %.

    Its name ends in `_ratio`. Ratios that follow from amounts are computed, never stored.
    """
    settings = {"max_digits": RATIO_DIGITS, "decimal_places": RATIO_PLACES, "blank": null}
    return models.DecimalField(null=null, **(settings | options))


@overload
def month_field(
    *, null: Literal[False] = ..., **options: Any
) -> "models.DateField[date, date]": ...
@overload
def month_field(
    *, null: Literal[True], **options: Any
) -> "models.DateField[date | None, date | None]": ...
def month_field(*, null: bool = False, **options: Any) -> "models.DateField[Any, Any]":
    """Return a column for a month, stored as its first day (`Month.first_day`).

    Each model that has one also declares `first_day_check`.
    """
    return models.DateField(null=null, **({"blank": null} | options))


def first_day_check(name: str, *, field: str = "first_day") -> models.CheckConstraint:
    """Return the constraint that only the first day of a month can be stored in `field`."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__day": 1}), name=name)


VALUE_DIGITS = 24
VALUE_PLACES = 6


@overload
def value_field(
    *, null: Literal[False] = ..., **options: Any
) -> "models.DecimalField[Decimal, Decimal]": ...
@overload
def value_field(
    *, null: Literal[True], **options: Any
) -> "models.DecimalField[Decimal | None, Decimal | None]": ...
def value_field(*, null: bool = False, **options: Any) -> "models.DecimalField[Any, Any]":
    """Return a column for the value of a KPI or goal, in the unit of that KPI.

    Its name ends in `_value`, or is a goal's `target` and `baseline` or a KPI's `floor` and
    `cap`. Money stands in minor units, a ratio as a fraction.
    """
    settings = {"max_digits": VALUE_DIGITS, "decimal_places": VALUE_PLACES, "blank": null}
    return models.DecimalField(null=null, **(settings | options))
