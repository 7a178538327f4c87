"""The budget's part of a plan folder, into rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from aop.calc.months import Month
from aop.tenancy.models import Channel
from budgets.folders.adjustments import AdjustmentRow, CommitmentRow
from budgets.folders.amounts import CountRow, LineMonthsRow
from budgets.folders.lines import LineRow
from budgets.models import (
    Adjustment,
    AdjustmentGoal,
    AdjustmentMove,
    BudgetLine,
    Commitment,
    LineMonth,
    PlanMonth,
)
from planning.models import Goal, Person, Plan
from planning.services.loading import LoadedPlan


@dataclass(frozen=True, slots=True)
class BudgetRows:
    """What budgets reads from a plan folder and writes into one."""

    lines: Sequence[LineRow]
    budget: Sequence[LineMonthsRow]
    last_year: Sequence[LineMonthsRow]
    adjustments: Sequence[AdjustmentRow]
    commitments: Sequence[CommitmentRow]
    counts: Sequence[CountRow]


Totals = Mapping[str, Mapping[Month, int]]


def load_budget(
    loaded: LoadedPlan,
    rows: BudgetRows,
    *,
    channels: Mapping[str, Channel],
    actual_totals: Totals,
    closed_through: Month | None,
) -> dict[str, BudgetLine]:
    """Store the budget of a folder and return its lines by code.

    `actual_totals` are the sums of the entries by line code and month: the kept totals.
    The caller holds the transaction.
    """
    plan = loaded.plan
    lines = _create_lines(plan, rows.lines, channels, loaded.people)
    _create_line_months(plan, rows, lines, actual_totals)
    _create_plan_months(plan, rows.counts, closed_through)
    _create_adjustments(plan, rows.adjustments, lines, loaded.goals)
    Commitment.objects.bulk_create(
        Commitment(
            company=plan.company,
            plan=plan,
            position=position,
            code=row.id,
            line=lines[row.line_code],
            first_day=row.month.first_day,
            amount=row.amount,
            note=row.note,
            status=row.status,
        )
        for position, row in enumerate(rows.commitments)
    )
    return lines


def _create_lines(
    plan: Plan,
    rows: Sequence[LineRow],
    channels: Mapping[str, Channel],
    people: Mapping[str, Person],
) -> dict[str, BudgetLine]:
    created = BudgetLine.objects.bulk_create(
        BudgetLine(
            company=plan.company,
            plan=plan,
            position=position,
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            aliases=list(row.aliases),
            group=row.group,
            kind=row.kind.value,
            channel=channels.get(row.channel),
            cash_lag=";".join(str(share) for share in row.cash_lag),
            opening_balance_amount=row.opening_balance_amount,
            driver_ratio=row.driver_ratio,
            forecast_method=row.forecast_method.value if row.forecast_method else "",
            policy=row.policy.value,
            is_private=row.is_private,
            note=row.note,
            owner=people.get(row.owner),
        )
        for position, row in enumerate(rows)
    )
    lines = {line.code: line for line in created}
    driven = [row for row in rows if row.driver_code]
    for row in driven:
        lines[row.code].driver = lines[row.driver_code]
    BudgetLine.objects.for_company(plan.company).bulk_update(
        [lines[row.code] for row in driven], ["driver"]
    )
    return lines


def _create_line_months(
    plan: Plan, rows: BudgetRows, lines: Mapping[str, BudgetLine], actual_totals: Totals
) -> None:
    moved: dict[str, dict[Month, int]] = defaultdict(lambda: defaultdict(int))
    for adjustment in rows.adjustments:
        if plan.is_frozen and adjustment.approved_on is not None:  # a draft is not in force
            for move in adjustment.moves:
                moved[move.line_code][move.month] += move.amount
    baseline = {
        row.line_code: dict(zip(plan.year, row.amounts, strict=True)) for row in rows.budget
    }
    last_year = {
        row.line_code: dict(zip(plan.year, row.amounts, strict=True)) for row in rows.last_year
    }
    LineMonth.objects.bulk_create(
        cell
        for code, line in lines.items()
        for month in plan.year
        if (
            cell := _line_month(
                line,
                month,
                planned=baseline.get(code, {}).get(month),
                moved=moved.get(code, {}).get(month),
                last_year=last_year.get(code, {}).get(month),
                actual=actual_totals.get(code, {}).get(month),
            )
        )
    )


def _line_month(
    line: BudgetLine,
    month: Month,
    *,
    planned: int | None,
    moved: int | None,
    last_year: int | None,
    actual: int | None,
) -> LineMonth | None:
    if all(amount is None for amount in (planned, moved, last_year, actual)):
        return None
    in_force = planned if moved is None else (planned or 0) + moved
    return LineMonth(
        company=line.company,
        line=line,
        first_day=month.first_day,
        planned_amount=in_force,
        baseline_amount=planned if line.plan.is_frozen else None,
        last_year_amount=last_year,
        actual_amount=actual,
    )


def _create_plan_months(
    plan: Plan, counts: Sequence[CountRow], closed_through: Month | None
) -> None:
    counted = {row.month: row for row in counts}
    PlanMonth.objects.bulk_create(
        PlanMonth(
            company=plan.company,
            plan=plan,
            first_day=month.first_day,
            closed_at=_end_of(month) if closed_through and month <= closed_through else None,
            cash_counted_amount=counted[month].cash_amount if month in counted else None,
            stock_counted_amount=counted[month].stock_amount if month in counted else None,
        )
        for month in plan.year
    )


def _end_of(month: Month) -> datetime:
    """Return the moment a loaded month counts as closed at: its end, never the clock's now."""
    return datetime.combine(month.last_day, time.max, tzinfo=UTC)


def _create_adjustments(
    plan: Plan,
    rows: Sequence[AdjustmentRow],
    lines: Mapping[str, BudgetLine],
    goals: Mapping[str, Goal],
) -> None:
    company = plan.company
    adjustments = Adjustment.objects.bulk_create(
        Adjustment(
            company=company,
            plan=plan,
            number=row.number,
            proposed_on=row.proposed_on,
            approved_on=row.approved_on,
            approved_by=row.approved_by,
            effective_from=row.effective_from.first_day,
            reason=row.reason,
            trade_off=row.trade_off,
            source=row.source,
        )
        for row in rows
    )
    pairs = list(zip(adjustments, rows, strict=True))
    AdjustmentGoal.objects.bulk_create(
        AdjustmentGoal(company=company, adjustment=adjustment, goal=goals[code], position=position)
        for adjustment, row in pairs
        for position, code in enumerate(row.goals)
    )
    AdjustmentMove.objects.bulk_create(
        AdjustmentMove(
            company=company,
            adjustment=adjustment,
            line=lines[move.line_code],
            first_day=move.month.first_day,
            amount=move.amount,
        )
        for adjustment, row in pairs
        for move in row.moves
    )
