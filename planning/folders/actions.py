"""The action plan of a plan folder: `initiatives.json`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aop.calc.reading.folder_fields import AMOUNT, DAY, Reference, Whole, Word
from aop.calc.reading.folder_json import json_bytes
from aop.calc.reading.folder_names import Items, Names, sound
from aop.calc.reading.folder_records import Record
from planning.models.actions import InitiativeStatus

FILE = "initiatives.json"
DAILY_WORK = "BAU"
_ORDER = Whole(0, 9999)
_STATUS = Word(InitiativeStatus)


@dataclass(frozen=True, slots=True)
class ActionMoneyRow:
    """Money of an initiative on one line; a row of 0 says that it costs nothing."""

    line_code: str
    amount: int


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A dated result; `first_due` is the date it was promised for at first."""

    name: str
    due: date
    done: date | None
    first_due: date


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """One focused piece of work."""

    code: str
    name: str
    goals: tuple[str, ...]
    owner: str
    start: date | None
    end: date | None
    order: int
    status: str
    budget: tuple[ActionMoneyRow, ...]
    milestones: tuple[MilestoneRow, ...]


def read_initiatives(items: Items, names: Names) -> tuple[InitiativeRow, ...]:
    """Read `initiatives.json`."""
    taken: dict[str, int | None] = {}
    return tuple(_initiative(record, names, taken) for record in sound(items))


def write_initiatives(initiatives: Iterable[InitiativeRow]) -> bytes:
    """Write `initiatives.json`."""
    return json_bytes([_document(initiative) for initiative in initiatives])


def _initiative(record: Record, names: Names, taken: dict[str, int | None]) -> InitiativeRow:
    code = record.code(taken)
    if code == DAILY_WORK:
        record.refuse("code", "daily_work_code", found=code)
    initiative = InitiativeRow(
        code=code,
        name=record.name(),
        goals=record.references("goals", names.goals, "goal"),
        owner=record.reference("owner", names.people, "person"),
        start=record.optional("start", DAY),
        end=record.optional("end", DAY),
        order=record.required("order", _ORDER),
        status=record.get("status", _STATUS, InitiativeStatus.NOT_STARTED.value),
        budget=_budget(record, names),
        milestones=tuple(_milestone(each) for each in record.records("milestones")),
    )
    record.finish()
    return initiative


def _budget(record: Record, names: Names) -> tuple[ActionMoneyRow, ...]:
    taken: dict[str, int | None] = {}
    rows = []
    for inner in record.records("budget"):
        line_code = inner.required("line_code", Reference(names.lines, "line"))
        inner.once("line_code", line_code, taken)
        rows.append(ActionMoneyRow(line_code, inner.required("amount", AMOUNT)))
        inner.finish()
    return tuple(rows)


def _milestone(record: Record) -> MilestoneRow:
    due = record.required("due", DAY)
    milestone = MilestoneRow(
        name=record.name(),
        due=due,
        done=record.optional("done", DAY),
        first_due=record.get("first_due", DAY, due),
    )
    record.finish()
    return milestone


def _document(initiative: InitiativeRow) -> dict[str, object]:
    return {
        "code": initiative.code,
        "name": initiative.name,
        "goals": initiative.goals,
        "owner": initiative.owner,
        "start": initiative.start,
        "end": initiative.end,
        "order": initiative.order,
        "status": initiative.status,
        "budget": [
            {"line_code": each.line_code, "amount": each.amount} for each in initiative.budget
        ],
        "milestones": [_milestone_document(each) for each in initiative.milestones],
    }


def _milestone_document(milestone: MilestoneRow) -> dict[str, object]:
    document = {"name": milestone.name, "due": milestone.due, "done": milestone.done}
    if milestone.first_due != milestone.due:
        document["first_due"] = milestone.first_due
    return document
