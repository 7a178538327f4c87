"""The risks of a plan folder: `risks.json`."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from aop.calc.reading.folder_fields import AMOUNT, VALUE, Reference, Whole, Word
from aop.calc.reading.folder_json import json_bytes
from aop.calc.reading.folder_names import Items, Names, sound
from aop.calc.reading.folder_records import Record
from planning.models.risks import TriggerOp, TriggerScope

FILE = "risks.json"
_SCALE = Whole(1, 5, stand_in=1)
_OP = Word(TriggerOp)
_SCOPE = Word(TriggerScope)
_CONSECUTIVE = Whole(1, 12)


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """The KPI value that says the risk has arrived."""

    kpi_code: str
    op: str
    value: Decimal
    scope: str
    consecutive: int


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One risk; likelihood and impact go from 1 to 5."""

    code: str
    name: str
    likelihood: int
    impact: int
    goals: tuple[str, ...]
    owner: str
    trigger: TriggerRow | None
    contingency: str
    contingency_amount: int | None


def read_risks(items: Items, names: Names) -> tuple[RiskRow, ...]:
    """Read `risks.json`."""
    taken: dict[str, int | None] = {}
    return tuple(_risk(record, names, taken) for record in sound(items))


def write_risks(risks: Iterable[RiskRow]) -> bytes:
    """Write `risks.json`."""
    return json_bytes([_document(risk) for risk in risks])


def _risk(record: Record, names: Names, taken: dict[str, int | None]) -> RiskRow:
    risk = RiskRow(
        code=record.code(taken),
        name=record.name(),
        likelihood=record.required("likelihood", _SCALE),
        impact=record.required("impact", _SCALE),
        goals=record.references("goals", names.goals, "goal"),
        owner=record.reference("owner", names.people, "person"),
        trigger=_trigger(record, names),
        contingency=record.note("contingency"),
        contingency_amount=record.optional("contingency_amount", AMOUNT),
    )
    record.finish()
    return risk


def _trigger(record: Record, names: Names) -> TriggerRow | None:
    inner = record.record("trigger", is_needed=False)
    if inner is None:
        return None
    trigger = TriggerRow(
        kpi_code=inner.required("kpi_code", Reference(names.kpis, "kpi")),
        op=inner.required("op", _OP),
        value=inner.required("value", VALUE),
        scope=inner.required("scope", _SCOPE),
        consecutive=inner.get("consecutive", _CONSECUTIVE, 1),
    )
    inner.finish()
    return trigger


def _document(risk: RiskRow) -> dict[str, object]:
    return {
        "code": risk.code,
        "name": risk.name,
        "likelihood": risk.likelihood,
        "impact": risk.impact,
        "goals": risk.goals,
        "owner": risk.owner,
        "trigger": None if risk.trigger is None else _trigger_document(risk.trigger),
        "contingency": risk.contingency,
        "contingency_amount": risk.contingency_amount,
    }


def _trigger_document(trigger: TriggerRow) -> dict[str, object]:
    return {
        "kpi_code": trigger.kpi_code,
        "op": trigger.op,
        "value": trigger.value,
        "scope": trigger.scope,
        "consecutive": trigger.consecutive,
    }
