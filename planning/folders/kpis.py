"""The KPIs of a plan folder: `kpis.json`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from aop.calc.measures import (
    AttainmentMeasure,
    ClosingCashMeasure,
    ClosingStockMeasure,
    LoadMeasure,
    ManualMeasure,
    MarginMeasure,
    Measure,
    RatioMeasure,
    TotalMeasure,
    measure_document,
)
from aop.calc.months import MONTHS_PER_YEAR
from aop.calc.reading.folder_fields import FLAG, VALUE, FieldKind, Number, Reference, Word
from aop.calc.reading.folder_json import json_bytes
from aop.calc.reading.folder_names import Items, Names, sound
from aop.calc.reading.folder_records import Record
from aop.calc.report.facts import Unit
from aop.calc.status import Better

FILE = "kpis.json"
_UNIT = Word(Unit)
_BETTER = Word(Better)
_WHOLE_VALUE = Number(places=0)

Values = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One KPI; `targets` and `actuals` (manual measure only) hold the twelve months."""

    code: str
    name: str
    unit: str
    better: str
    measure: Measure
    floor: Decimal | None
    cap: Decimal | None
    goals: tuple[str, ...]
    targets: Values | None
    headline: bool = True
    owner: str = ""
    actuals: Values | None = None


def read_kpis(items: Items, names: Names) -> tuple[KpiRow, ...]:
    """Read `kpis.json`."""
    taken: dict[str, int | None] = {}
    return tuple(_kpi(record, names, taken) for record in sound(items))


def write_kpis(kpis: Iterable[KpiRow]) -> bytes:
    """Write `kpis.json`."""
    return json_bytes([_document(kpi) for kpi in kpis])


def _kpi(record: Record, names: Names, taken: dict[str, int | None]) -> KpiRow:
    unit = record.required("unit", _UNIT)
    value: FieldKind[Decimal] = _WHOLE_VALUE if unit == Unit.MONEY else VALUE
    measure = _measure(record, names)
    kpi = KpiRow(
        code=record.code(taken),
        name=record.name(),
        unit=unit,
        better=record.required("better", _BETTER),
        measure=measure,
        floor=record.optional("floor", value),
        cap=record.optional("cap", value),
        goals=record.references("goals", names.goals, "goal"),
        targets=record.cells("targets", value, MONTHS_PER_YEAR),
        headline=record.get("headline", FLAG, default=True),
        owner=record.reference("owner", names.people, "person"),
        actuals=_actuals(record, measure, value),
    )
    record.finish()
    return kpi


def _actuals(record: Record, measure: Measure, value: FieldKind[Decimal]) -> Values | None:
    actuals = record.cells("actuals", value, MONTHS_PER_YEAR)
    if actuals is not None and not isinstance(measure, ManualMeasure):
        record.ignore("actuals")
        return None
    return actuals


def _measure(record: Record, names: Names) -> Measure:
    inner = record.record("measure")
    if inner is None:
        return ManualMeasure()
    if len(inner.places) != 1 or inner.places[0] not in _MEASURES:
        record.refuse("measure", "bad_measure", choices=", ".join(_MEASURES))
        return ManualMeasure()
    return _MEASURES[inner.places[0]](inner, names)


def _total(record: Record, names: Names) -> Measure:
    return TotalMeasure(_lines(record, "total", names))


def _attainment(record: Record, names: Names) -> Measure:
    return AttainmentMeasure(_lines(record, "attainment", names))


def _ratio(record: Record, names: Names) -> Measure:
    inner = record.record("ratio")
    if inner is None:
        return ManualMeasure()
    measure = RatioMeasure(_lines(inner, "of", names), _lines(inner, "to", names))
    inner.finish()
    return measure


def _margin(record: Record, names: Names) -> Measure:
    inner = record.record("margin")
    if inner is None:
        return ManualMeasure()
    measure = MarginMeasure(_lines(inner, "revenue", names), _lines(inner, "cost", names))
    inner.finish()
    return measure


def _load(record: Record, names: Names) -> Measure:
    return LoadMeasure(record.required("load_of", Reference(names.people, "person")))


def _state(name: str, measure: Measure) -> Callable[[Record, Names], Measure]:
    def read(record: Record, _: Names) -> Measure:
        if not record.required(name, FLAG):
            record.refuse(name, "not_true")
        return measure

    return read


def _lines(record: Record, name: str, names: Names) -> tuple[str, ...]:
    return record.references(name, names.lines, "line")


_MEASURES: dict[str, Callable[[Record, Names], Measure]] = {
    "total": _total,
    "ratio": _ratio,
    "margin": _margin,
    "closing_stock": _state("closing_stock", ClosingStockMeasure()),
    "closing_cash": _state("closing_cash", ClosingCashMeasure()),
    "attainment": _attainment,
    "load_of": _load,
    "manual": _state("manual", ManualMeasure()),
}


def _document(kpi: KpiRow) -> dict[str, object]:
    document: dict[str, object] = {
        "code": kpi.code,
        "name": kpi.name,
        "unit": kpi.unit,
        "better": kpi.better,
        "measure": measure_document(kpi.measure),
        "floor": kpi.floor,
        "cap": kpi.cap,
        "goals": kpi.goals,
        "targets": kpi.targets,
        "headline": kpi.headline,
        "owner": kpi.owner,
    }
    if isinstance(kpi.measure, ManualMeasure):
        document["actuals"] = kpi.actuals
    return document
