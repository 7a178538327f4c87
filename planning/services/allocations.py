"""What people's time goes to: alive after approval, with history."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from aop.calc.months import Month
from aop.tenancy import audit
from aop.tenancy.models import Membership
from planning.models import Allocation, Initiative, Person
from planning.services.parts import Changes, locked_part

DAILY_BUSINESS = "BAU"

Work = Initiative | None  # None is daily business
Cells = Mapping[tuple[Work, Month], Decimal | None]


@transaction.atomic
def set_allocations(person_id: int, cells: Cells, *, actor: Membership) -> Person:
    """Set the percents of one person's months by work; None empties a cell, others stay.

    The history names a cell by code of the work and month (`BAU 2026-03`).

    Raises:
        ValidationError: A percent is below 0 or out of range.
        ValueError: A month lies outside the fiscal year, a work in another plan.
    """
    person = locked_part(Person.objects.for_company(actor.company), person_id, actor)
    rows = Allocation.objects.for_company(actor.company).filter(person=person)
    stored = {(row.initiative_id, Month.of(row.first_day)): row for row in rows}
    changes: Changes = {}
    for (work, month), percent in cells.items():
        row = stored.get((work.pk if work else None, month))
        before = row.percent if row else None
        if before != percent:
            _store(row or _new(person, work, month), percent)
            changes[f"{work.code if work else DAILY_BUSINESS} {month}"] = (before, percent)
    if changes:
        audit.record("planning.allocation.set", person, actor=actor, changes=changes)
    return person


def _new(person: Person, work: Work, month: Month) -> Allocation:
    person.plan.year.index(month)
    if work and work.plan_id != person.plan_id:
        raise ValueError(f"{work.code} belongs to another plan")
    return Allocation(
        company=person.company, person=person, initiative=work, first_day=month.first_day
    )


def _store(row: Allocation, percent: Decimal | None) -> None:
    if percent is None:
        row.delete()
        return
    row.percent = percent
    row.full_clean()
    row.save()
