"""The year's rows as the values of a plan folder."""

from aop.calc.months import Month
from planning.models import Plan
from tracking.folders.entries import EntryRow, ForecastRow
from tracking.folders.reviews import DecisionRow, ReviewRow
from tracking.models import Decision, Entry, ManualForecast, Review


def entry_rows(plan: Plan) -> tuple[EntryRow, ...]:
    """Return the entries that count, in the order in which they were stored."""
    rows = (
        Entry.objects.for_company(plan.company)
        .filter(plan=plan, withdrawn_at=None)
        .order_by("id")
        .values_list(
            *("code", "date", "line__code", "amount", "note", "ref", "source"),
            "initiative__code",
        )
    )
    return tuple(
        EntryRow(code, day, line, amount, note, ref, source, initiative or "")
        for code, day, line, amount, note, ref, source, initiative in rows
    )


def forecast_rows(plan: Plan) -> tuple[ForecastRow, ...]:
    """Return what people typed over the computed forecasts."""
    forecasts = (
        ManualForecast.objects.for_company(plan.company)
        .filter(line__plan=plan)
        .select_related("line")
    )
    return tuple(
        ForecastRow(
            line_code=row.line.code,
            month=Month.of(row.first_day),
            amount=row.amount,
            note=row.note,
            author=row.author,
            on=row.typed_on,
        )
        for row in forecasts
    )


def decision_rows(plan: Plan) -> tuple[DecisionRow, ...]:
    """Return the decisions of the year in the order in which they were noted."""
    decisions = (
        Decision.objects.for_company(plan.company)
        .filter(plan=plan)
        .order_by("position", "id")
        .prefetch_related("goal_links__goal")
    )
    return tuple(
        DecisionRow(
            date=row.date,
            title=row.title,
            goals=tuple(link.goal.code for link in row.goal_links.all()),
            decision=row.decision,
            reason=row.reason,
            decided_by=row.decided_by,
        )
        for row in decisions
    )


def review_rows(plan: Plan) -> tuple[ReviewRow, ...]:
    """Return the monthly reviews."""
    reviews = Review.objects.for_company(plan.company).filter(plan=plan)
    return tuple(
        ReviewRow(Month.of(row.first_day), row.held_on, row.note, row.agreed) for row in reviews
    )
