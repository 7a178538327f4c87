"""The plan itself: `plan.json`, its direction, assumptions, thresholds."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from aop.calc.money import LARGEST_AMOUNT
from aop.calc.months import FiscalYear, Month
from aop.calc.reading.folder_fields import (
    AMOUNT,
    DAY,
    NAME,
    NOTE,
    MonthOf,
    Number,
    Whole,
    Word,
)
from aop.calc.reading.folder_json import json_bytes, with_point
from aop.calc.reading.folder_names import Names
from aop.calc.reading.folder_records import Record
from aop.calc.report.facts import ReviewEvery
from aop.calc.status import Better, ThresholdName
from planning.models.plans import PlanStatus

FILE = "plan.json"
_STATUS = Word(PlanStatus)
_RHYTHM = Word(ReviewEvery)
_BETTER = Word(Better)
_LABEL = Whole(1900, 2999)
_REVIEW_DAY = Whole(1, 28)
_DEFAULT_REVIEW_DAY = 5
_LIMIT = Number(-1000, 1000)
_BAND = Number(0, 1000)
_SIZE = Whole(0, LARGEST_AMOUNT)


@dataclass(frozen=True, slots=True)
class DirectionRow:
    """Where the firm is, where it goes, what matters most."""

    where_we_are: str
    where_we_go: str
    priorities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """Something that the plan depends on."""

    what: str
    why: str
    breaks_when: str = ""
    check_month: Month | None = None


@dataclass(frozen=True, slots=True)
class NotDoingRow:
    """Something deliberately left out this year."""

    what: str
    why: str
    revisit: str


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """Where green and amber end; only `spend_ratio` has a `min_amount`."""

    green: Decimal
    amber: Decimal
    hysteresis: Decimal
    better: str
    min_amount: int | None = None


@dataclass(frozen=True, slots=True)
class ThresholdsRow:
    """The five thresholds, by name."""

    attainment: ThresholdRow
    share_gap: ThresholdRow
    floor_gap: ThresholdRow
    cap_gap: ThresholdRow
    spend_ratio: ThresholdRow


@dataclass(frozen=True, slots=True)
class MaterialityRow:
    """From which size on a variance wants an explanation."""

    amount: int
    ratio: Decimal


_NO_THRESHOLD = ThresholdRow(Decimal(), Decimal(), Decimal(), Better.HIGHER.value)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The plan of one fiscal year; a draft has neither `approved_on` nor `closed_through`."""

    fiscal_year: int
    first_month: Month
    status: str
    approved_on: date | None
    closed_through: Month | None
    review_rhythm: str
    review_every: str
    review_day: int
    opening_cash_amount: int | None
    minimum_cash_amount: int | None
    opening_stock_amount: int | None
    direction: DirectionRow
    assumptions: tuple[AssumptionRow, ...]
    not_doing: tuple[NotDoingRow, ...]
    thresholds: ThresholdsRow
    materiality: MaterialityRow

    @property
    def year(self) -> FiscalYear:
        """The twelve months."""
        return FiscalYear(self.first_month)


def read_plan(record: Record, names: Names) -> PlanRow:
    """Read `plan.json`."""
    status = record.required("status", _STATUS)
    plan = PlanRow(
        fiscal_year=record.required("fiscal_year", _LABEL),
        first_month=record.required("first_month", MonthOf()),
        status=status,
        approved_on=_approved_on(record, status),
        closed_through=record.optional("closed_through", MonthOf(names.year)),
        review_rhythm=record.text("review_rhythm"),
        review_every=record.get("review_every", _RHYTHM, ReviewEvery.MONTH.value),
        review_day=record.get("review_day", _REVIEW_DAY, _DEFAULT_REVIEW_DAY),
        opening_cash_amount=record.optional("opening_cash_amount", AMOUNT),
        minimum_cash_amount=record.optional("minimum_cash_amount", AMOUNT),
        opening_stock_amount=record.optional("opening_stock_amount", AMOUNT),
        direction=_direction(record),
        assumptions=tuple(_assumption(each, names) for each in record.records("assumptions")),
        not_doing=tuple(_not_doing(each) for each in record.records("not_doing")),
        thresholds=_thresholds(record),
        materiality=_materiality(record),
    )
    record.finish()
    if record.is_sound:
        _check(record, plan)
    return plan


def _check(record: Record, plan: PlanRow) -> None:
    if plan.fiscal_year not in {plan.year.first.year, plan.year.last.year}:
        record.refuse("fiscal_year", "label_elsewhere", found=plan.fiscal_year)
    if plan.status == PlanStatus.DRAFT and plan.closed_through is not None:
        record.refuse("closed_through", "draft_closed")


def _approved_on(record: Record, status: str) -> date | None:
    approved_on = record.optional("approved_on", DAY)
    if status == PlanStatus.DRAFT and approved_on is not None:
        record.ignore("approved_on")
        return None
    if status == PlanStatus.APPROVED and approved_on is None and record.is_sound:
        record.refuse("approved_on", "approved_without_date")
    return approved_on


def _direction(record: Record) -> DirectionRow:
    inner = record.record("direction")
    if inner is None:
        return DirectionRow("", "", ())
    direction = DirectionRow(
        where_we_are=inner.note("where_we_are"),
        where_we_go=inner.note("where_we_go"),
        priorities=inner.list_of("priorities", NAME),
    )
    inner.finish()
    return direction


def _assumption(record: Record, names: Names) -> AssumptionRow:
    assumption = AssumptionRow(
        what=record.required("what", NOTE),
        why=record.note("why"),
        breaks_when=record.note("breaks_when"),
        check_month=record.optional("check_month", MonthOf(names.year)),
    )
    record.finish()
    return assumption


def _not_doing(record: Record) -> NotDoingRow:
    not_doing = NotDoingRow(
        what=record.name("what"), why=record.note("why"), revisit=record.text("revisit")
    )
    record.finish()
    return not_doing


def _thresholds(record: Record) -> ThresholdsRow:
    inner = record.record("thresholds")
    if inner is None:
        return ThresholdsRow(**{name.value: _NO_THRESHOLD for name in ThresholdName})
    thresholds = ThresholdsRow(**{name.value: _threshold(inner, name) for name in ThresholdName})
    inner.finish()
    return thresholds


def _threshold(record: Record, name: ThresholdName) -> ThresholdRow:
    inner = record.record(name.value)
    if inner is None:
        return _NO_THRESHOLD
    threshold = ThresholdRow(
        green=inner.required("green", _LIMIT),
        amber=inner.required("amber", _LIMIT),
        hysteresis=inner.required("hysteresis", _BAND),
        better=inner.required("better", _BETTER),
        min_amount=_min_amount(inner, name),
    )
    inner.finish()
    is_ordered = (
        threshold.green >= threshold.amber
        if threshold.better == Better.HIGHER
        else threshold.green <= threshold.amber
    )
    if inner.is_sound and not is_ordered:
        inner.refuse("amber", "threshold_order")
    return threshold


def _min_amount(record: Record, name: ThresholdName) -> int | None:
    return record.required("min_amount", _SIZE) if name == ThresholdName.SPEND_RATIO else None


def _materiality(record: Record) -> MaterialityRow:
    inner = record.record("materiality")
    if inner is None:
        return MaterialityRow(0, Decimal())
    materiality = MaterialityRow(inner.required("amount", _SIZE), inner.required("ratio", _BAND))
    inner.finish()
    return materiality


def write_plan(plan: PlanRow) -> bytes:
    """Write `plan.json`."""
    direction = plan.direction
    return json_bytes(
        {
            "fiscal_year": plan.fiscal_year,
            "first_month": plan.first_month,
            "status": plan.status,
            "approved_on": plan.approved_on,
            "closed_through": plan.closed_through,
            "review_rhythm": plan.review_rhythm,
            "review_every": plan.review_every,
            "review_day": plan.review_day,
            "opening_cash_amount": plan.opening_cash_amount,
            "minimum_cash_amount": plan.minimum_cash_amount,
            "opening_stock_amount": plan.opening_stock_amount,
            "direction": {
                "where_we_are": direction.where_we_are,
                "where_we_go": direction.where_we_go,
                "priorities": direction.priorities,
            },
            "assumptions": [_assumption_document(each) for each in plan.assumptions],
            "not_doing": [
                {"what": each.what, "why": each.why, "revisit": each.revisit}
                for each in plan.not_doing
            ],
            "thresholds": _written_thresholds(plan.thresholds),
            "materiality": {
                "amount": plan.materiality.amount,
                "ratio": with_point(plan.materiality.ratio),
            },
        }
    )


def _assumption_document(assumption: AssumptionRow) -> dict[str, object]:
    document: dict[str, object] = {"what": assumption.what, "why": assumption.why}
    if assumption.breaks_when:
        document["breaks_when"] = assumption.breaks_when
    if assumption.check_month:
        document["check_month"] = assumption.check_month
    return document


def _written_thresholds(thresholds: ThresholdsRow) -> dict[str, dict[str, object]]:
    return {name.value: _written(getattr(thresholds, name.value)) for name in ThresholdName}


def _written(threshold: ThresholdRow) -> dict[str, object]:
    document: dict[str, object] = {
        "green": with_point(threshold.green),
        "amber": with_point(threshold.amber),
        "hysteresis": with_point(threshold.hysteresis),
        "better": threshold.better,
    }
    if threshold.min_amount is not None:
        document["min_amount"] = threshold.min_amount
    return document
