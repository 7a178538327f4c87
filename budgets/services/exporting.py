"""The budget's rows as the values of a plan folder."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from aop.calc.lines import LineKind, Method, Policy
from aop.calc.months import Month
from budgets.folders.adjustments import AdjustmentRow, CommitmentRow, MoveRow
from budgets.folders.amounts import CountRow, LineMonthsRow
from budgets.folders.lines import LineRow
from budgets.models import Adjustment, BudgetLine, Commitment, LineMonth, PlanMonth
from budgets.services.loading import BudgetRows
from planning.models import Plan


def budget_rows(plan: Plan) -> BudgetRows:
    """Return everything that budgets writes into a plan folder."""
    lines = list(
        BudgetLine.objects.for_company(plan.company)
        .filter(plan=plan)
        .select_related("channel", "driver", "owner")
    )
    cells: dict[int, dict[date, LineMonth]] = defaultdict(dict)
    for cell in LineMonth.objects.for_company(plan.company).filter(line__plan=plan):
        cells[cell.line_id][cell.first_day] = cell
    baseline = "baseline_amount" if plan.is_frozen else "planned_amount"
    return BudgetRows(
        lines=tuple(_line_row(line) for line in lines),
        budget=_amount_rows(plan, lines, cells, baseline),
        last_year=_amount_rows(plan, lines, cells, "last_year_amount"),
        adjustments=_adjustment_rows(plan),
        commitments=_commitment_rows(plan),
        counts=_count_rows(plan),
    )


def _line_row(line: BudgetLine) -> LineRow:
    return LineRow(
        code=line.code,
        name=line.name,
        name_en=line.name_en,
        aliases=tuple(line.aliases),
        group=line.group,
        kind=LineKind(line.kind),
        channel=line.channel.code if line.channel else "",
        cash_lag=tuple(Decimal(share) for share in line.cash_lag.split(";") if share),
        opening_balance_amount=line.opening_balance_amount,
        driver_code=line.driver.code if line.driver else "",
        driver_ratio=(
            None if line.driver_ratio is None else Decimal(f"{line.driver_ratio.normalize():f}")
        ),
        forecast_method=Method(line.forecast_method) if line.forecast_method else None,
        policy=Policy(line.policy),
        is_private=line.is_private,
        note=line.note,
        owner=line.owner.code if line.owner else "",
    )


def _amount_rows(
    plan: Plan,
    lines: Iterable[BudgetLine],
    cells: Mapping[int, Mapping[date, LineMonth]],
    column: str,
) -> tuple[LineMonthsRow, ...]:
    found = []
    for line in lines:
        amounts = tuple(
            getattr(cells[line.pk][month.first_day], column)
            if month.first_day in cells[line.pk]
            else None
            for month in plan.year
        )
        if any(amount is not None for amount in amounts):
            found.append(LineMonthsRow(line.code, amounts))
    return tuple(found)


def _adjustment_rows(plan: Plan) -> tuple[AdjustmentRow, ...]:
    adjustments = (
        Adjustment.objects.for_company(plan.company)
        .filter(plan=plan)
        .prefetch_related("goal_links__goal", "moves__line")
    )
    return tuple(
        AdjustmentRow(
            number=item.number,
            proposed_on=item.proposed_on,
            approved_on=item.approved_on,
            approved_by=item.approved_by,
            effective_from=Month.of(item.effective_from),
            reason=item.reason,
            trade_off=item.trade_off,
            source=item.source,
            goals=tuple(link.goal.code for link in item.goal_links.all()),
            moves=tuple(
                MoveRow(move.line.code, Month.of(move.first_day), move.amount)
                for move in item.moves.all()
            ),
        )
        for item in adjustments
    )


def _commitment_rows(plan: Plan) -> tuple[CommitmentRow, ...]:
    commitments = (
        Commitment.objects.for_company(plan.company).filter(plan=plan).select_related("line")
    )
    return tuple(
        CommitmentRow(
            id=item.code,
            line_code=item.line.code,
            month=Month.of(item.first_day),
            amount=item.amount,
            note=item.note,
            status=item.status,
        )
        for item in commitments
    )


def _count_rows(plan: Plan) -> tuple[CountRow, ...]:
    months = PlanMonth.objects.for_company(plan.company).filter(plan=plan)
    return tuple(
        CountRow(Month.of(m.first_day), m.cash_counted_amount, m.stock_counted_amount)
        for m in months
        if m.cash_counted_amount is not None or m.stock_counted_amount is not None
    )
