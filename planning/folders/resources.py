"""People and their time in a plan folder: `people.json` and `allocations.csv`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from aop.calc.months import FiscalYear
from aop.calc.reading.folder_csv import Columns, csv_bytes
from aop.calc.reading.folder_fields import Number, Reference, Shape
from aop.calc.reading.folder_json import json_bytes
from aop.calc.reading.folder_names import Items, Names, sound
from aop.calc.reading.folder_records import Record
from planning.folders.actions import DAILY_WORK

PEOPLE_FILE = "people.json"
ALLOCATIONS_FILE = "allocations.csv"
_NAMED = ("person", "work")
_HOURS = Number(0, 168, places=2)
_PERCENT = Number(0, 999, places=2)
_EMAIL = Shape(re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"), "bad_email", limit=254)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody whose time the plan counts on; `email` joins them to a member."""

    code: str
    name: str
    role: str
    hours_per_week: Decimal
    email: str = ""


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """One work of one person, `BAU` or an initiative, in percent of each of twelve months."""

    person: str
    work: str
    percents: tuple[Decimal | None, ...]


def allocation_columns(year: FiscalYear | None) -> Columns:
    """Return the columns of `allocations.csv`."""
    return Columns(_NAMED, needed=_NAMED, has_months=True, months=year)


def read_people(items: Items) -> tuple[PersonRow, ...]:
    """Read `people.json`."""
    codes: dict[str, int | None] = {}
    emails: dict[str, int | None] = {}
    return tuple(_person(record, codes, emails) for record in sound(items))


def read_allocations(rows: Items, names: Names) -> tuple[AllocationRow, ...]:
    """Read `allocations.csv`."""
    works = None if names.initiatives is None else {DAILY_WORK, *names.initiatives}
    taken: dict[tuple[str, str], int | None] = {}
    return tuple(_allocation(record, names, works, taken) for record in sound(rows))


def write_people(people: Iterable[PersonRow]) -> bytes:
    """Write `people.json`."""
    return json_bytes([_document(person) for person in people])


def write_allocations(allocations: Iterable[AllocationRow], year: FiscalYear) -> bytes:
    """Write `allocations.csv`."""
    rows = [(each.person, each.work, *each.percents) for each in allocations]
    return csv_bytes(allocation_columns(year), rows)


def _person(
    record: Record, codes: dict[str, int | None], emails: dict[str, int | None]
) -> PersonRow:
    person = PersonRow(
        code=record.code(codes),
        name=record.name(),
        role=record.text("role"),
        hours_per_week=record.required("hours_per_week", _HOURS),
        email=record.get("email", _EMAIL, ""),
    )
    if person.email:
        record.once("email", person.email.lower(), emails)
    record.finish()
    return person


def _allocation(
    record: Record,
    names: Names,
    works: set[str] | None,
    taken: dict[tuple[str, str], int | None],
) -> AllocationRow:
    person = record.required("person", Reference(names.people, "person"))
    work = record.required("work", Reference(works, "work"))
    record.once("work", (person, work), taken, found=f"{person}, {work}")
    months = names.year or ()
    percents = tuple(record.optional(str(month), _PERCENT) for month in months)
    return AllocationRow(person, work, percents)


def _document(person: PersonRow) -> dict[str, object]:
    document: dict[str, object] = {
        "code": person.code,
        "name": person.name,
        "role": person.role,
        "hours_per_week": person.hours_per_week,
    }
    if person.email:
        document["email"] = person.email
    return document
