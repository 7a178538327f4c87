"""The year's part of a plan folder, into rows."""

from collections.abc import Mapping

from aop.tenancy.models import Company
from budgets.models import BudgetLine
from planning.models import Goal, Plan
from planning.services.loading import LoadedPlan
from tracking.folders.content import PlanFolder
from tracking.models import Decision, DecisionGoal, Entry, ManualForecast, Review

ENTRIES_AT_ONCE = 2_000


def load_tracking(loaded: LoadedPlan, lines: Mapping[str, BudgetLine], folder: PlanFolder) -> None:
    """Store entries, typed forecasts, decisions and reviews; the caller holds the transaction."""
    plan, company = loaded.plan, loaded.plan.company
    Entry.objects.bulk_create(
        (
            Entry(
                company=company,
                plan=plan,
                code=row.id,
                line=lines[row.line_code],
                date=row.date,
                first_day=row.date.replace(day=1),
                amount=row.amount,
                note=row.note,
                ref=row.ref,
                source=row.source,
                initiative=loaded.initiatives.get(row.initiative_code),
            )
            for row in folder.entries
        ),
        batch_size=ENTRIES_AT_ONCE,
    )
    _create_forecasts(company, folder, lines)
    Review.objects.bulk_create(
        Review(
            company=company,
            plan=plan,
            first_day=row.month.first_day,
            held_on=row.held_on,
            note=row.note,
            agreed=row.agreed,
        )
        for row in folder.reviews
    )
    _create_decisions(company, plan, folder, loaded.goals)


def _create_decisions(
    company: Company, plan: Plan, folder: PlanFolder, goals: Mapping[str, Goal]
) -> None:
    decisions = Decision.objects.bulk_create(
        Decision(
            company=company,
            plan=plan,
            position=position,
            date=row.date,
            title=row.title,
            decision=row.decision,
            reason=row.reason,
            decided_by=row.decided_by,
        )
        for position, row in enumerate(folder.decisions)
    )
    DecisionGoal.objects.bulk_create(
        DecisionGoal(company=company, decision=decision, goal=goals[code], position=position)
        for decision, row in zip(decisions, folder.decisions, strict=True)
        for position, code in enumerate(row.goals)
    )


def _create_forecasts(
    company: Company, folder: PlanFolder, lines: Mapping[str, BudgetLine]
) -> None:
    ManualForecast.objects.bulk_create(
        ManualForecast(
            company=company,
            line=lines[row.line_code],
            first_day=row.month.first_day,
            amount=row.amount,
            note=row.note,
            author=row.author,
            typed_on=row.on,
        )
        for row in folder.forecasts
    )
