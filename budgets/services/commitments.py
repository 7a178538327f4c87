"""Commitments: promised money, until the actual that fulfils it or a change of mind ends it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aop.calc.lines import LineKind
from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Membership
from budgets.models import BudgetLine, Commitment, CommitmentStatus
from budgets.queries.line_page import WITHOUT_LIMIT
from budgets.services.closing import lock_open_month
from budgets.services.months import locked_line
from planning.services.parts import next_code, next_position


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised: how much, in which month, for what."""

    month: Month
    amount: int
    note: str


@transaction.atomic
def add_commitment(line_id: int, promise: Promise, *, actor: Membership) -> Commitment:
    """Note that money of a line is promised in an open month.

    Raises:
        RuleViolation: The line has no limit to promise from, the month is closed, or the
            amount is not above 0.
    """
    line = locked_line(line_id, actor)
    if LineKind(line.kind) in WITHOUT_LIMIT:
        raise RuleViolation(_("Only money that will be spent can be committed."))
    if promise.amount <= 0:
        raise RuleViolation(_("A commitment is more than 0."), field="amount")
    lock_open_month(line.plan, promise.month)
    rows = Commitment.objects.for_company(actor.company).filter(plan=line.plan)
    commitment = Commitment(
        company=actor.company,
        plan=line.plan,
        position=next_position(rows),
        code=next_code(rows, "C"),
        line=line,
        first_day=promise.month.first_day,
        amount=promise.amount,
        note=promise.note,
    )
    commitment.full_clean()
    commitment.save()
    held = {"line": line.name, "first_day": commitment.first_day, "amount": commitment.amount}
    _record("created", commitment, actor, {name: (None, value) for name, value in held.items()})
    return commitment


@transaction.atomic
def close_commitment(commitment_id: int, *, actor: Membership) -> None:
    """Say that the actual has come: the money counts as spent and no longer as promised."""
    commitment = _locked(commitment_id, actor)
    if commitment.status == CommitmentStatus.CLOSED:
        return
    commitment.status = CommitmentStatus.CLOSED
    commitment.save(update_fields=["status"])
    changes = {"status": (CommitmentStatus.OPEN, CommitmentStatus.CLOSED)}
    _record("closed", commitment, actor, changes)


@transaction.atomic
def cancel_commitment(commitment_id: int, *, actor: Membership) -> None:
    """Take a commitment back: the money will not be spent; the history keeps what it was."""
    commitment = _locked(commitment_id, actor)
    _record("withdrawn", commitment, actor, {"amount": (commitment.amount, None)})
    commitment.delete()


def _locked(commitment_id: int, actor: Membership) -> Commitment:
    rows = Commitment.objects.for_company(actor.company)
    line = locked_line(rows.values_list("line_id", flat=True).get(pk=commitment_id), actor)
    commitment = rows.get(pk=commitment_id)
    commitment.line, commitment.plan = line, line.plan
    return commitment


def _record(verb: str, commitment: Commitment, actor: Membership, changes: audit.Changes) -> None:
    line: BudgetLine = commitment.line
    audit.record(
        f"budgets.commitment.{verb}",
        commitment,
        actor=actor,
        changes=changes,
        is_private=line.is_private,
    )
