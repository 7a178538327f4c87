"""Who is busy in which month: the loads of all people, and ways out where one is above 1."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from aop.calc.capacity import month_hours, person_loads
from aop.calc.levers import Levers, LoadLevel, load_level, overload_levers
from aop.calc.months import MONTHS_PER_YEAR, FiscalYear, Month
from aop.calc.report.facts import AllocationFacts, PersonFacts
from planning.models import Allocation, Initiative, Person, Plan
from planning.queries.parts import allocations_of, people_of

DAILY_BUSINESS = "BAU"


@dataclass(frozen=True, slots=True)
class LoadCell:
    """One month of one person; `is_ahead` while it can still be changed."""

    month: Month
    load: Fraction
    level: LoadLevel
    is_ahead: bool

    @property
    def is_over(self) -> bool:
        """Whether more than the whole month is given away."""
        return self.load > 1


@dataclass(frozen=True, slots=True)
class PersonLoads:
    """The twelve months of one person."""

    person: Person
    cells: tuple[LoadCell, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A work with the share of the month that goes to it; no initiative is daily business."""

    initiative: Initiative | None
    load: Fraction


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody with room in that month, in hours."""

    person: Person
    hours: int


@dataclass(frozen=True, slots=True)
class Overload:
    """A month ahead that holds too much, what fills it, and the ways out."""

    person: Person
    month: Month
    load: Fraction
    hours: int
    shares: tuple[Share, ...]
    later: tuple[Month, ...]
    helpers: tuple[Helper, ...]
    cuts: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class LoadTable:
    """The heat table and the overloads that can still be cured, the heaviest first."""

    months: tuple[Month, ...]
    rows: tuple[PersonLoads, ...]
    overloads: tuple[Overload, ...]

    @property
    def over_count(self) -> int:
        """How many cells of the whole year are above 1."""
        return sum(cell.is_over for row in self.rows for cell in row.cells)


def load_table(plan: Plan, this_month: Month) -> LoadTable:
    """Return everybody's months; what lies before `this_month` is past. Two queries."""
    people = {person.code: person for person in people_of(plan)}
    allocations = list(allocations_of(plan))
    facts = [PersonFacts(person.code, person.hours_per_week) for person in people.values()]
    loads = person_loads(facts, _allocation_facts(plan.year, allocations))
    board = _Board(plan.year, people, loads, _shares(allocations))
    rows = tuple(PersonLoads(person, board.cells(person, this_month)) for person in people.values())
    overloads = [
        board.overload(row.person, cell)
        for row in rows
        for cell in row.cells
        if cell.is_over and cell.is_ahead
    ]
    overloads.sort(key=lambda found: -found.load)
    return LoadTable(plan.year.months, rows, tuple(overloads))


def _allocation_facts(year: FiscalYear, allocations: Iterable[Allocation]) -> list[AllocationFacts]:
    percents: dict[tuple[str, str], list[Decimal]] = {}
    for row in allocations:
        work = row.initiative.code if row.initiative else DAILY_BUSINESS
        cells = percents.setdefault((row.person.code, work), [Decimal(0)] * MONTHS_PER_YEAR)
        cells[year.index(Month.of(row.first_day))] = row.percent
    return [AllocationFacts(code, work, tuple(cells)) for (code, work), cells in percents.items()]


Shares = Mapping[tuple[str, Month], list[Share]]


def _shares(allocations: Iterable[Allocation]) -> Shares:
    shares: dict[tuple[str, Month], list[Share]] = defaultdict(list)
    for row in allocations:
        if row.percent > 0:
            share = Share(row.initiative, Fraction(row.percent) / 100)
            shares[row.person.code, Month.of(row.first_day)].append(share)
    return shares


@dataclass(frozen=True, slots=True)
class _Board:
    """All loads of a plan and what they are made of."""

    year: FiscalYear
    people: Mapping[str, Person]
    loads: Mapping[str, tuple[Fraction, ...]]
    shares: Shares

    def cells(self, person: Person, this_month: Month) -> tuple[LoadCell, ...]:
        return tuple(
            LoadCell(month, load, load_level(load), is_ahead=month >= this_month)
            for month, load in zip(self.year, self.loads[person.code], strict=True)
        )

    def overload(self, person: Person, cell: LoadCell) -> Overload:
        held = self.shares[person.code, cell.month]
        works = {share.initiative.code: share for share in held if share.initiative}
        cuttable = {code: share.load for code, share in works.items()}
        index = self.year.index(cell.month)
        levers = overload_levers(self.loads, person.code, index, cuttable)
        return Overload(
            person=person,
            month=cell.month,
            load=cell.load,
            hours=month_hours(person.hours_per_week, levers.excess),
            shares=tuple(held),
            later=tuple(self.year.months[i] for i in levers.later),
            helpers=tuple(self._helpers(levers)),
            cuts=tuple(works[code] for code, _share in levers.works),
        )

    def _helpers(self, levers: Levers) -> Iterator[Helper]:
        for code, room in levers.helpers:
            helper = self.people[code]
            if hours := month_hours(helper.hours_per_week, room):
                yield Helper(helper, hours)
