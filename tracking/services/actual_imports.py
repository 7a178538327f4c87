"""Entries out of a file, booked into open months: all of them, or those that are right."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from aop.calc.months import Month
from aop.calc.reading.import_result import ImportResult, Shape, Status
from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import NAME_LENGTH, Membership
from budgets.models import BudgetLine
from budgets.queries.lines import lines_of
from budgets.services.closing import lock_open_month
from budgets.spreadsheets.entries import (
    EntriesRead,
    EntryKey,
    ReadEntry,
    read_entries,
    without_duplicates,
)
from budgets.spreadsheets.files import read_tables
from planning.models import Plan
from tracking.models import Entry
from tracking.services.entries import retotal
from tracking.services.imports import plan_to_read
from tracking.services.uploads import SentFile

BATCH = 500


@dataclass(frozen=True, slots=True)
class ActualsFile:
    """A file of entries, read but not compared with what is booked."""

    file: SentFile
    read: EntriesRead


@dataclass(frozen=True, slots=True)
class ActualsPreview:
    """What would come of importing the file, and the entries that would be booked."""

    result: ImportResult
    entries: tuple[ReadEntry, ...]


def read_actuals(plan: Plan, file: SentFile) -> ActualsFile:
    """Read a file of entries; nothing is written.

    Raises:
        FileRefused: The file is not read at all.
    """
    tables = read_tables(file.name, file.content)
    return ActualsFile(file, read_entries(tables, plan_to_read(plan)))


def preview_actuals(plan: Plan, actuals: ActualsFile) -> ActualsPreview:
    """Return what importing the file would do now."""
    read = without_duplicates(actuals.read, _booked(plan))
    return ActualsPreview(_actuals_result(actuals, read), read.accepted)


@transaction.atomic
def import_actuals(
    plan: Plan, actuals: ActualsFile, *, partial: bool, actor: Membership
) -> ImportResult:
    """Book the entries of a file, all of them, or with `partial` those that are right.

    What is booked already is never booked twice, whoever imports at the same time.

    Raises:
        RuleViolation: The plan is a draft, or a month was closed meanwhile.
    """
    if not plan.is_frozen:
        raise RuleViolation(
            _("Approve the plan first; actuals are logged against a plan in force.")
        )
    for month in sorted({Month.of(entry.date) for entry in actuals.read.accepted}):
        lock_open_month(plan, month)
    read = without_duplicates(actuals.read, _booked(plan))
    result = _actuals_result(actuals, read)
    is_stopped = result.has_doubts and not partial
    if result.status is Status.ALREADY_IMPORTED or is_stopped or not read.accepted:
        return result
    _book(plan, actuals.file, read.accepted, actor)
    return replace(result, status=Status.IMPORTED)


def _booked(plan: Plan) -> frozenset[EntryKey]:
    rows = Entry.objects.for_company(plan.company).filter(plan=plan, withdrawn_at=None)
    return frozenset(
        (day, code, amount, " ".join(note.split()), " ".join(ref.split()))
        for day, code, amount, note, ref in rows.order_by().values_list(
            "date", "line__code", "amount", "note", "ref"
        )
    )


def _actuals_result(actuals: ActualsFile, read: EntriesRead) -> ImportResult:
    result = ImportResult(
        file=actuals.file.name,
        sha256=actuals.file.sha256,
        shape=Shape.ENTRIES,
        status=Status.REFUSED if read.rejected or read.to_confirm else Status.READY,
        sheet=read.sheet,
        unit=read.unit,
        accepted=len(read.accepted),
        to_confirm=read.to_confirm,
        rejected=read.rejected,
        skipped=read.skipped,
        totals=_sums(read.accepted),
    )
    is_known = read.stored_twice and not read.accepted and not actuals.read.to_confirm
    if is_known and len(actuals.read.rejected) == 0:
        return replace(result, status=Status.ALREADY_IMPORTED, rejected=())
    return result


def _sums(entries: Sequence[ReadEntry]) -> Mapping[str, Mapping[Month, int]]:
    found: dict[str, dict[Month, int]] = defaultdict(lambda: defaultdict(int))
    for entry in entries:
        found[entry.line_code][Month.of(entry.date)] += entry.amount
    return found


def _book(plan: Plan, file: SentFile, entries: Sequence[ReadEntry], actor: Membership) -> None:
    lines = {line.code: line for line in lines_of(plan)}
    batch = uuid.uuid4().hex  # names the rows until they have numbers of their own
    Entry.objects.bulk_create(
        [
            Entry(
                company=plan.company,
                plan=plan,
                code=f"{batch}-{place}",
                line=lines[entry.line_code],
                date=entry.date,
                first_day=entry.date.replace(day=1),
                amount=entry.amount,
                note=entry.note,
                ref=entry.ref,
                source=file.name[-NAME_LENGTH:],
                logged_by=actor.user,
            )
            for place, entry in enumerate(entries)
        ],
        batch_size=BATCH,
    )
    Entry.objects.for_company(plan.company).filter(plan=plan, code__startswith=batch).update(
        code=Concat(Value("N"), Cast("pk", CharField()))
    )
    retotal(plan, {(lines[e.line_code].pk, e.date.replace(day=1)) for e in entries})
    _record_booking(plan, file, entries, lines, actor)


def _record_booking(
    plan: Plan,
    file: SentFile,
    entries: Sequence[ReadEntry],
    lines: Mapping[str, BudgetLine],
    actor: Membership,
) -> None:
    sums = _sums(entries)
    audit.record(
        "tracking.entry.imported",
        plan,
        actor=actor,
        changes={
            f"{code} {month}": (None, amount)
            for code, months in sums.items()
            for month, amount in months.items()
        },
        reason=f"{file.name} · sha256 {file.sha256}",
        is_private=any(lines[code].is_private for code in sums),
    )
