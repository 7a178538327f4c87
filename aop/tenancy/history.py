"""The history as people read it: whole sentences, names of fields, values with their units."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from aop.calc.calendar_text import format_month_year
from aop.calc.currencies import Currency
from aop.calc.months import Month
from aop.calc.writing import UNKNOWN
from aop.tenancy.audit import SYSTEM
from aop.tenancy.history_values import Values
from aop.tenancy.models import AuditEntry, Company
from aop.tenancy.sentences import sentence_of

Column: TypeAlias = "models.Field[Any, Any] | None"

# What is recorded under a name that is no column of the subject, or of one without a name.
OTHER_FIELDS: dict[str, Promise] = {
    "amount": _("Amount"),
    "closed_at": _("Closed at"),
    "first_day": _("Month"),
    "goals": _("Goals"),
    "line": _("Budget line"),
    "months": _("Months"),
    "moves": _("Moves"),
    "position": _("Place in the order"),
    "times_pushed": _("Times pushed out"),
    "withdrawn_at": _("Withdrawn at"),
}
_CODE_AND_MONTH = re.compile(r"^(?:(.+) )?(\d{4}-\d{2})$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a line of the history, in words."""

    label: str
    before: str
    after: str

    @property
    def is_new(self) -> bool:
        """Whether nothing was there before."""
        return self.before == UNKNOWN


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the history, in words."""

    at: datetime
    who: str
    sentence: str
    subject: str
    plan_year: int | None
    changes: tuple[Change, ...]
    reason: str
    is_private: bool


def lines_of(entries: Iterable[AuditEntry], company: Company) -> Iterator[HistoryLine]:
    """Put entries into words of the active language; asks the database nothing."""
    columns_of = {model._meta.label_lower: _columns(model) for model in apps.get_models()}
    currency, zone = Currency.of(company.currency), ZoneInfo(company.time_zone)
    language = get_language()
    for entry in entries:
        values = Values(currency, zone, language, entry.value_unit)
        columns = columns_of.get(entry.subject_type, {})
        yield HistoryLine(
            at=entry.at,
            who=_who(entry),
            sentence=sentence_of(entry.action),
            subject=_label(entry.subject_name, None, language),
            plan_year=entry.plan_year,
            changes=tuple(_changes(entry, columns, values)),
            reason=entry.reason,
            is_private=entry.is_private,
        )


def _changes(entry: AuditEntry, columns: dict[str, Column], values: Values) -> Iterator[Change]:
    """Put the changes into words, in the order of the columns: JSON keeps none of its own."""
    order = {name: place for place, name in enumerate(columns)}
    for name in sorted(entry.changes, key=lambda name: (order.get(name, len(order)), name)):
        before, after = entry.changes[name]
        column = columns.get(name)
        yield Change(
            _label(name, column, values.language),
            values.shown(name, column, before),
            values.shown(name, column, after),
        )


def _who(entry: AuditEntry) -> str:
    is_person = entry.actor_name != SYSTEM
    return entry.actor_name if is_person else pgettext("history", "the system")


def _columns(model: type[models.Model]) -> dict[str, Column]:
    return {column.name: column for column in model._meta.concrete_fields}


def _label(name: str, column: Column, language: str | None) -> str:
    """Name a field by its column; a month, alone or behind a code, as a month."""
    if column is not None and isinstance(column.verbose_name, Promise):
        return str(column.verbose_name)
    if found := _CODE_AND_MONTH.match(name):
        month = format_month_year(Month.parse(found[2]), language)
        return f"{found[1]} {month}" if found[1] else month
    return str(OTHER_FIELDS.get(name, name))
