"""The report as plain values for JSON: the keys, order and shapes of CONTRACT §4."""

from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from aop.calc.months import Month
from aop.calc.report.build import Report


def report_document(report: Report) -> dict[str, Any]:
    """Return the report with text for months and words, numbers for amounts and ratios.

    Amounts are integers, ratios numbers of 6 places, points of 4; a missing value is None.

    >>> from aop.calc.report.build import build_report
    >>> from aop.calc.report.example import shop
    >>> report_document(build_report(shop()))["ratios"]["ytd"]["gross_margin"]
    {'planned': 0.4, 'actual': 0.4, 'points': 0.0}
    """
    document: dict[str, Any] = _plain(report)
    return document


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | int):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Month):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return {name: _plain(getattr(value, name)) for name in _names(value.__class__)}


@cache
def _names(kind: type) -> tuple[str, ...]:
    if not is_dataclass(kind):
        raise TypeError(f"the report holds {kind.__name__}, which has no place in its document")
    return tuple(field.name for field in fields(kind))
