"""Adjustments of an approved budget: proposed with what is given up, then approved as a whole."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Membership
from aop.tenancy.roles import Permission
from budgets.models import (
    Adjustment,
    AdjustmentGoal,
    AdjustmentMove,
    BudgetLine,
    LineMonth,
    PlanMonth,
)
from budgets.services.adjustment_rules import LineMove, Proposal, check_proposal, merged
from budgets.services.approval import freeze_version
from planning.models import Person, Plan
from planning.services.parts import locked_plan


@transaction.atomic
def propose_adjustment(
    plan_id: int, proposal: Proposal, *, today: date, actor: Membership
) -> Adjustment:
    """Store a proposal; the version in force stays in force until it is approved.

    Raises:
        RuleViolation: What `check_proposal` refuses.
    """
    plan = locked_plan(plan_id, actor)
    check_proposal(plan, proposal)
    rows = Adjustment.objects.for_company(actor.company).filter(plan=plan)
    adjustment = Adjustment(
        company=actor.company,
        plan=plan,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        proposed_on=today,
        proposed_by=actor.user,
    )
    _store(adjustment, proposal)
    _record("proposed", adjustment, proposal.moves, actor)
    return adjustment


@transaction.atomic
def update_adjustment(adjustment_id: int, proposal: Proposal, *, actor: Membership) -> Adjustment:
    """Change a proposal that is not approved yet.

    Raises:
        RuleViolation: It is approved, somebody else's, or what `check_proposal` refuses.
    """
    adjustment = _open_proposal(adjustment_id, actor)
    check_proposal(adjustment.plan, proposal)
    adjustment.moves.all().delete()
    adjustment.goal_links.all().delete()
    _store(adjustment, proposal)
    _record("updated", adjustment, proposal.moves, actor)
    return adjustment


@transaction.atomic
def withdraw_adjustment(adjustment_id: int, *, actor: Membership) -> None:
    """Take a proposal back; the history keeps what it said.

    Raises:
        RuleViolation: It is approved, or somebody else's.
    """
    adjustment = _open_proposal(adjustment_id, actor)
    _record("withdrawn", adjustment, _moves(adjustment), actor, reason=adjustment.reason)
    adjustment.delete()


@transaction.atomic
def approve_adjustment(adjustment_id: int, *, today: date, actor: Membership) -> Adjustment:
    """Bring an adjustment into force: every move is added to its month, all or none.

    Raises:
        RuleViolation: It is approved already, or what it asks for is no longer possible: a
            month was closed or money spent since it was proposed.
    """
    adjustment = _locked(adjustment_id, actor)
    if adjustment.is_approved:
        raise RuleViolation(_("This adjustment is in force already."))
    moves = _moves(adjustment)
    _lock_months(adjustment.plan)
    check_proposal(
        adjustment.plan,
        Proposal(
            adjustment.reason,
            adjustment.trade_off,
            Month.of(adjustment.effective_from),
            moves,
            adjustment.source,
        ),
    )
    _apply(adjustment, moves, actor)
    adjustment.approved_on, adjustment.approved_by = today, _signature(adjustment.plan, actor)
    adjustment.save(update_fields=["approved_on", "approved_by"])
    freeze_version(adjustment.plan, on=today, by=actor.user)
    _record("approved", adjustment, moves, actor)
    return adjustment


def _store(adjustment: Adjustment, proposal: Proposal) -> None:
    adjustment.reason, adjustment.trade_off = proposal.reason, proposal.trade_off
    adjustment.source = proposal.source
    adjustment.effective_from = proposal.effective_from.first_day
    adjustment.full_clean()
    adjustment.save()
    common = {"company": adjustment.company, "adjustment": adjustment}
    AdjustmentGoal.objects.bulk_create(
        AdjustmentGoal(**common, goal=goal, position=position)
        for position, goal in enumerate(proposal.goals)
    )
    AdjustmentMove.objects.bulk_create(
        AdjustmentMove(**common, line=move.line, first_day=move.month.first_day, amount=move.amount)
        for move in merged(proposal.moves)
    )


def _locked(adjustment_id: int, actor: Membership) -> Adjustment:
    rows = Adjustment.objects.for_company(actor.company)
    plan = locked_plan(rows.values_list("plan_id", flat=True).get(pk=adjustment_id), actor)
    adjustment = rows.get(pk=adjustment_id)
    adjustment.plan = plan
    return adjustment


def _open_proposal(adjustment_id: int, actor: Membership) -> Adjustment:
    adjustment = _locked(adjustment_id, actor)
    if adjustment.is_approved:
        raise RuleViolation(_("This adjustment is in force; only another one can change it."))
    is_own = adjustment.proposed_by_id == actor.user_id
    if not is_own and not actor.may(Permission.APPROVE):
        raise RuleViolation(_("Only the owner, or who proposed it, can change this adjustment."))
    return adjustment


def _moves(adjustment: Adjustment) -> list[LineMove]:
    rows = AdjustmentMove.objects.for_company(adjustment.company).filter(adjustment=adjustment)
    return [
        LineMove(row.line, Month.of(row.first_day), row.amount)
        for row in rows.select_related("line")
    ]


def _lock_months(plan: Plan) -> None:
    """Hold the plan's months, so that none is closed while the moves are written."""
    list(PlanMonth.objects.for_company(plan.company).select_for_update().filter(plan=plan))


def _apply(adjustment: Adjustment, moves: Sequence[LineMove], actor: Membership) -> None:
    """Add the moves to the months in force; an empty month starts from 0."""
    stored = LineMonth.objects.for_company(actor.company).filter(
        line__in={move.line.pk for move in moves}
    )
    rows = {(row.line_id, Month.of(row.first_day)): row for row in stored}
    missing = [move for move in moves if (move.line.pk, move.month) not in rows]
    created = LineMonth.objects.bulk_create(
        LineMonth(company=actor.company, line=move.line, first_day=move.month.first_day)
        for move in missing
    )
    rows |= {(row.line_id, Month.of(row.first_day)): row for row in created}
    changes: dict[BudgetLine, dict[str, tuple[int | None, int]]] = defaultdict(dict)
    for move in moves:
        row = rows[move.line.pk, move.month]
        before, after = row.planned_amount, (row.planned_amount or 0) + move.amount
        changes[move.line][str(move.month)] = (before, after)
        row.planned_amount, row.version = after, row.version + 1
        row.changed_at, row.changed_by = timezone.now(), actor.user
    LineMonth.objects.for_company(actor.company).bulk_update(
        {rows[move.line.pk, move.month] for move in moves},
        ["planned_amount", "version", "changed_at", "changed_by"],
    )
    for line, changed in changes.items():
        audit.record(
            "budgets.line.adjusted",
            line,
            actor=actor,
            changes=changed,
            reason=adjustment.reason,
            is_private=line.is_private,
        )


def _signature(plan: Plan, actor: Membership) -> str:
    """Return the code of the plan's person with the member's e-mail, else the member's name."""
    people = Person.objects.for_company(plan.company).filter(plan=plan)
    person = people.filter(email__iexact=actor.user.email).first()
    return person.code if person else str(actor.user)


def _record(
    verb: str,
    adjustment: Adjustment,
    moves: Sequence[LineMove],
    actor: Membership,
    reason: str = "",
) -> None:
    changes = {f"{move.line.code} {move.month}": (None, move.amount) for move in merged(moves)}
    audit.record(
        f"budgets.adjustment.{verb}",
        adjustment,
        actor=actor,
        changes=changes,
        reason=reason or adjustment.reason,
        is_private=any(move.line.is_private for move in moves),
    )
