"""The goals of a plan folder: `goals.json`."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from aop.calc.reading.folder_fields import VALUE, Whole, Word
from aop.calc.reading.folder_json import json_bytes
from aop.calc.reading.folder_names import Items, Names, sound
from aop.calc.reading.folder_records import Record
from aop.calc.report.facts import Basis, GoalKind, Unit
from aop.calc.status import Better, ThresholdName

FILE = "goals.json"
_RANK = Whole(1, 999)
_KIND = Word(GoalKind)
_BASIS = Word(Basis)
_THRESHOLD = Word(ThresholdName)
_UNIT = Word(Unit)


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal; `target` and `baseline` are values of its KPI.

    An empty `threshold` means the default of its kind, an empty `basis` that it is not said
    yet. `unit` is kept only while no KPI says what the target is counted in.
    """

    code: str
    name: str
    rank: int
    kind: str
    kpi_code: str
    baseline: Decimal | None
    target: Decimal | None
    basis: str
    basis_note: str
    threshold: str
    owner: str
    why: str = ""
    unit: str = ""


def read_goals(items: Items, names: Names) -> tuple[GoalRow, ...]:
    """Read `goals.json`."""
    taken: dict[str, int | None] = {}
    return tuple(_goal(record, names, taken) for record in sound(items))


def write_goals(goals: Iterable[GoalRow]) -> bytes:
    """Write `goals.json`."""
    return json_bytes([_document(goal) for goal in goals])


def _goal(record: Record, names: Names, taken: dict[str, int | None]) -> GoalRow:
    code = record.code(taken)
    kpi_code = record.reference("kpi_code", names.kpis, "kpi")
    goal = GoalRow(
        code=code,
        name=record.name(),
        rank=record.required("rank", _RANK),
        kind=record.required("kind", _KIND),
        kpi_code=kpi_code,
        baseline=record.optional("baseline", VALUE),
        target=record.optional("target", VALUE),
        basis=record.get("basis", _BASIS, ""),
        basis_note=record.note("basis_note"),
        threshold=record.get("threshold", _THRESHOLD, ""),
        owner=record.reference("owner", names.people, "person"),
        why=record.note("why"),
        unit=_unit(record, kpi_code),
    )
    record.finish()
    if record.is_sound and goal.kind in {GoalKind.GROW, GoalKind.REACH}:
        _check_direction(record, goal, names)
    return goal


def _unit(record: Record, kpi_code: str) -> str:
    unit = record.get("unit", _UNIT, "")
    if unit and kpi_code:
        record.ignore("unit")
        return ""
    return unit


def _check_direction(record: Record, goal: GoalRow, names: Names) -> None:
    if (names.kpis or {}).get(goal.kpi_code) == Better.LOWER:
        record.refuse("kpi_code", "lower_is_better", found=goal.kpi_code, kind=goal.kind)


def _document(goal: GoalRow) -> dict[str, object]:
    document: dict[str, object] = {
        "code": goal.code,
        "name": goal.name,
        "rank": goal.rank,
        "kind": goal.kind,
        "kpi_code": goal.kpi_code,
        "baseline": goal.baseline,
        "target": goal.target,
        "basis": goal.basis,
        "basis_note": goal.basis_note,
        "threshold": goal.threshold,
        "owner": goal.owner,
    }
    if goal.why:
        document["why"] = goal.why
    if goal.unit and not goal.kpi_code:
        document["unit"] = goal.unit
    return document
