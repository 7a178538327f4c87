"""A frozen version as the plain values that the arithmetic reads."""

from collections import defaultdict
from collections.abc import Mapping

from aop.calc.cells import NO_CELLS, Cells
from aop.calc.months import Month
from aop.calc.report.facts import LineFacts, PersonFacts, PlanFacts, Thresholds
from aop.calc.status import Better, Materiality, Threshold
from budgets.folders.lines import LineRow
from budgets.services.approval_document import FrozenPlan
from planning.folders.plan import ThresholdRow


def frozen_facts(frozen: FrozenPlan) -> PlanFacts:
    """Return lines, months and people of a version; `planned` holds its adjustments too."""
    row = frozen.plan.plan
    limits = row.thresholds
    return PlanFacts(
        company=frozen.company.slug,
        label=row.fiscal_year,
        year=row.year,
        currency=frozen.company.currency,
        closed_through=None,
        through=None,
        thresholds=Thresholds(
            attainment=_threshold(limits.attainment),
            share_gap=_threshold(limits.share_gap),
            floor_gap=_threshold(limits.floor_gap),
            cap_gap=_threshold(limits.cap_gap),
            spend_ratio=_threshold(limits.spend_ratio),
        ),
        materiality=Materiality(row.materiality.amount, row.materiality.ratio),
        opening_cash=row.opening_cash_amount or 0,
        minimum_cash=row.minimum_cash_amount or 0,
        opening_stock=row.opening_stock_amount,
        lines=_lines(frozen),
        people=tuple(
            PersonFacts(person.code, person.hours_per_week, person.name)
            for person in frozen.plan.people
        ),
    )


def _threshold(row: ThresholdRow) -> Threshold:
    better = Better(row.better)
    return Threshold(row.green, row.amber, row.hysteresis, better, row.min_amount or 0)


def _lines(frozen: FrozenPlan) -> tuple[LineFacts, ...]:
    baseline = {row.line_code: row.amounts for row in frozen.budget.budget}
    moved: dict[str, dict[Month, int]] = defaultdict(lambda: defaultdict(int))
    for adjustment in frozen.budget.adjustments:
        for move in adjustment.moves:
            moved[move.line_code][move.month] += move.amount
    months = frozen.plan.plan.year.months
    return tuple(
        _line(row, baseline.get(row.code, NO_CELLS), moved[row.code], months)
        for row in frozen.budget.lines
    )


def _line(
    row: LineRow, baseline: Cells, moved: Mapping[Month, int], months: tuple[Month, ...]
) -> LineFacts:
    cells = zip(months, baseline, strict=True)
    return LineFacts(
        code=row.code,
        kind=row.kind,
        channel=row.channel or None,
        cash_lag=row.cash_lag,
        opening_balance=row.opening_balance_amount or 0,
        baseline=baseline,
        planned=tuple(
            (amount or 0) + moved[month] if month in moved else amount for month, amount in cells
        ),
        name=row.name,
        group=row.group,
        is_private=row.is_private,
    )
