"""The readable history: one line for every change, written with the change."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import models
from django.utils.encoding import force_str

from aop.calc.months import Month
from aop.tenancy.models import NAME_LENGTH, AuditEntry, Company, Membership
from aop.tenancy.sentences import sentence_of
from aop.web.middleware import current_request_id

SYSTEM = "manage.py"  # who stands behind what a command did
Changes = Mapping[str, tuple[Any, Any]]


def record(
    action: str,
    subject: models.Model,
    *,
    actor: Membership,
    changes: Changes | None = None,
    reason: str = "",
    is_private: bool = False,
) -> AuditEntry:
    """Add a line to the history of the actor's company, in the running transaction.

    `action` is `app.noun.verb` in the past tense, such as `planning.goal.updated` (see
    `aop.tenancy.sentences`); `changes` maps a field, a month or a code to what it was and what
    it is. A private line's changes are marked so that only owner and accountant read them.

    Raises:
        UnknownAction: The action has no words yet.
    """
    sentence_of(action)
    return AuditEntry.objects.create(
        company=actor.company,
        actor=actor.user,
        actor_name=str(actor.user)[:NAME_LENGTH],
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_name=str(subject)[:300],
        plan_year=_plan_year(subject),
        changes={
            field: [_plain(before), _plain(after)]
            for field, (before, after) in (changes or {}).items()
        },
        value_unit=getattr(subject, "value_unit", ""),
        reason=reason,
        is_private=is_private,
        request_id=current_request_id(),
    )


def record_by_system(
    action: str, company: Company, *, plan_year: int | None = None, note: str = ""
) -> AuditEntry:
    """Add a line for something that a command did, with no person behind it.

    Raises:
        UnknownAction: The action has no words yet.
    """
    sentence_of(action)
    return AuditEntry.objects.create(
        company=company,
        actor=None,
        actor_name=SYSTEM,
        action=action,
        subject_type=company._meta.label_lower,
        subject_id=company.pk,
        subject_name=str(company)[:300],
        plan_year=plan_year,
        reason=note,
    )


def changed_fields(subject: models.Model, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what `values` would change on `subject`, as field: (before, after)."""
    return {
        field: (getattr(subject, field), value)
        for field, value in values.items()
        if getattr(subject, field) != value
    }


def _plan_year(subject: models.Model) -> int | None:
    plan = subject if hasattr(subject, "fiscal_year") else getattr(subject, "plan", None)
    year = getattr(plan, "fiscal_year", None)
    return year if isinstance(year, int) else None


def _plain(value: Any) -> Any:
    """Return `value` as JSON keeps it: text, number, truth, nothing, or a list of those."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, Decimal | Month):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return force_str(value)
