"""Actuals: logged, corrected, withdrawn and brought back, always in an open month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Membership
from aop.tenancy.roles import Permission
from budgets.models import BudgetLine
from budgets.services.closing import LineAndMonth, keep_actual_totals, lock_open_month
from planning.models import Initiative, Plan
from tracking.models import Entry

_CHANGED = gettext_lazy(
    "Somebody else just changed this entry: it now says %(amount)s. Look at it and correct it "
    "again."
)


@dataclass(frozen=True, slots=True)
class EntryValues:
    """What one entry says; `key` names one submission, so that a retry never books twice."""

    line: BudgetLine
    date: date
    amount: int
    note: str = ""
    ref: str = ""
    source: str = ""
    initiative: Initiative | None = None
    key: str = ""


@transaction.atomic
def log_entry(plan: Plan, values: EntryValues, *, actor: Membership) -> Entry:
    """Book an actual and keep the month's total; the same key again returns the first one.

    Raises:
        RuleViolation: The month is closed or outside the year, the amount is 0, the plan is
            a draft, or the line is not the actor's to log on.
    """
    _check(plan, values, actor)
    lock_open_month(plan, Month.of(values.date))
    known = _of_key(plan, values.key)
    if known is not None:
        return known
    entry = Entry.objects.create(
        company=plan.company,
        plan=plan,
        code=values.key or "?",
        source=values.source,
        key=values.key,
        logged_by=actor.user,
        **_columns(values),
    )
    entry.code = f"N{entry.pk}"
    entry.full_clean()
    entry.save(update_fields=["code"])
    retotal(plan, [(entry.line_id, entry.first_day)])
    audit.record(
        "tracking.entry.logged",
        entry,
        actor=actor,
        changes={"amount": (None, entry.amount), "date": (None, entry.date)},
        is_private=values.line.is_private,
    )
    return entry


@transaction.atomic
def correct_entry(entry: Entry, values: EntryValues, *, version: int, actor: Membership) -> Entry:
    """Change an entry of an open month; both months are locked when the date moves.

    Raises:
        RuleViolation: A month is closed, somebody else changed the entry meanwhile, or it is
            not the actor's.
    """
    plan = entry.plan
    _check(plan, values, actor)
    for month in sorted({Month.of(entry.date), Month.of(values.date)}):
        lock_open_month(plan, month)
    fresh = _locked(entry, actor)
    if fresh.version != version:
        raise RuleViolation(_CHANGED % {"amount": fresh.amount})
    before = (fresh.line_id, fresh.first_day)
    new = _columns(values)
    changes = audit.changed_fields(fresh, new)
    if not changes:
        return fresh
    for field, value in new.items():
        setattr(fresh, field, value)
    fresh.version += 1
    fresh.full_clean()
    fresh.save(update_fields=[*new, "version"])
    retotal(plan, {before, (fresh.line_id, fresh.first_day)})
    audit.record(
        "tracking.entry.corrected",
        fresh,
        actor=actor,
        changes={field: pair for field, pair in changes.items() if field != "first_day"},
        is_private=values.line.is_private or entry.line.is_private,
    )
    return fresh


def _columns(values: EntryValues) -> dict[str, Any]:
    return {
        "line": values.line,
        "date": values.date,
        "first_day": values.date.replace(day=1),
        "amount": values.amount,
        "note": values.note,
        "ref": values.ref,
        "initiative": values.initiative,
    }


@transaction.atomic
def withdraw_entry(entry: Entry, *, actor: Membership, now: datetime) -> Entry:
    """Take an entry of an open month back; it stays visible and counts no more.

    Raises:
        RuleViolation: The month is closed, or the entry is not the actor's.
    """
    return _mark_withdrawn(entry, now, actor=actor, action="tracking.entry.withdrawn")


@transaction.atomic
def restore_entry(entry: Entry, *, actor: Membership) -> Entry:
    """Let a withdrawn entry of an open month count again.

    Raises:
        RuleViolation: The month is closed, or the entry is not the actor's.
    """
    return _mark_withdrawn(entry, None, actor=actor, action="tracking.entry.restored")


def _mark_withdrawn(
    entry: Entry, moment: datetime | None, *, actor: Membership, action: str
) -> Entry:
    lock_open_month(entry.plan, Month.of(entry.date))
    fresh = _locked(entry, actor)
    if (fresh.withdrawn_at is None) == (moment is None):
        return fresh
    before, fresh.withdrawn_at = fresh.withdrawn_at, moment
    fresh.version += 1
    fresh.save(update_fields=["withdrawn_at", "version"])
    retotal(entry.plan, [(fresh.line_id, fresh.first_day)])
    audit.record(
        action,
        fresh,
        actor=actor,
        changes={"withdrawn_at": (before, moment)},
        is_private=fresh.line.is_private,
    )
    return fresh


def retotal(plan: Plan, cells: Iterable[LineAndMonth]) -> None:
    """Sum the entries of these lines and months anew and keep the totals."""
    wanted = set(cells)
    sums = (
        Entry.objects.for_company(plan.company)
        .filter(
            plan=plan,
            withdrawn_at=None,
            line_id__in={line_id for line_id, _day in wanted},
            first_day__in={day for _line, day in wanted},
        )
        .order_by()
        .values_list("line_id", "first_day")
        .annotate(total=Sum("amount"))
    )
    found = {(line_id, first_day): total for line_id, first_day, total in sums}
    keep_actual_totals(plan, {cell: found.get(cell) for cell in wanted})


def may_log_on(line: BudgetLine, actor: Membership) -> bool:
    """Say whether the line is the actor's: staff log on the lines they are in charge of."""
    if actor.may(Permission.LOG_ANY_LINE):
        return True
    owner = line.owner
    return owner is not None and owner.email.lower() == actor.user.email.lower() != ""


def _check(plan: Plan, values: EntryValues, actor: Membership) -> None:
    if not plan.is_frozen:
        raise RuleViolation(
            _("Approve the plan first; actuals are logged against a plan in force.")
        )
    if values.amount == 0:
        raise RuleViolation(
            _("An entry of 0 says nothing. Type the amount that was spent or earned.")
        )
    if values.line.plan_id != plan.pk or not may_log_on(values.line, actor):
        raise RuleViolation(
            _("“%(line)s” is not one of your lines. Ask the owner to put you in charge of it.")
            % {"line": values.line.name}
        )


def _of_key(plan: Plan, key: str) -> Entry | None:
    if not key:
        return None
    return Entry.objects.for_company(plan.company).filter(plan=plan, key=key).first()


def _locked(entry: Entry, actor: Membership) -> Entry:
    rows = Entry.objects.for_company(actor.company).select_related("line__owner", "plan__company")
    fresh = rows.select_for_update(of=["self"]).get(pk=entry.pk)
    is_own = fresh.logged_by_id == actor.user.pk and may_log_on(fresh.line, actor)
    if not (is_own or actor.may(Permission.LOG_ANY_LINE)):
        raise RuleViolation(
            _("This entry is somebody else's. Ask them or the accountant to correct it.")
        )
    return fresh
