"""Milestones of an initiative; how often one was pushed out stays visible."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aop.errors import RuleViolation
from aop.tenancy.models import Membership, TenantQuerySet
from planning.models import Initiative, Milestone
from planning.services.parts import (
    add_row,
    change_row,
    locked_part,
    move_row,
    next_position,
    remove_row,
)


@transaction.atomic
def create_milestone(initiative_id: int, name: str, due: date, *, actor: Membership) -> Milestone:
    """Add a milestone; one added after approval is marked as such.

    Raises:
        RuleViolation: The due date lies outside the fiscal year.
        ValidationError: A value breaks a field or database constraint.
    """
    initiative = locked_part(Initiative.objects.for_company(actor.company), initiative_id, actor)
    _check_due(initiative, due)
    row = Milestone(
        company=actor.company,
        initiative=initiative,
        name=name,
        due=due,
        first_due=due,
        position=next_position(_rows(initiative)),
        added_after_approval=initiative.plan.is_frozen,
    )
    return add_row(row, {"initiative": initiative, "name": name, "due": due}, actor=actor)


@transaction.atomic
def update_milestone(milestone_id: int, name: str, due: date, *, actor: Membership) -> Milestone:
    """Rename a milestone or move its date.

    While the plan is a draft the first due date moves along. On an approved plan it is kept,
    and a later date counts as one push.

    Raises:
        RuleViolation: The due date lies outside the fiscal year.
        ValidationError: A value breaks a field or database constraint.
    """
    row = _locked(milestone_id, actor)
    if due != row.due:
        _check_due(row.initiative, due)
    values: dict[str, object] = {"name": name, "due": due}
    if not row.initiative.plan.is_frozen:
        values["first_due"] = due
    elif due > row.due:
        values["times_pushed"] = row.times_pushed + 1
    return change_row(row, values, actor=actor)


@transaction.atomic
def mark_milestone_done(
    milestone_id: int, on: date, *, today: date, actor: Membership
) -> Milestone:
    """Note the day on which the milestone was reached.

    Raises:
        RuleViolation: The day lies in the future.
    """
    row = _locked(milestone_id, actor)
    if on > today:
        raise RuleViolation(_("This day has not come yet."), field="done")
    return change_row(row, {"done": on}, actor=actor)


@transaction.atomic
def reopen_milestone(milestone_id: int, *, actor: Membership) -> Milestone:
    """Take the day on which the milestone was reached away again."""
    return change_row(_locked(milestone_id, actor), {"done": None}, actor=actor)


@transaction.atomic
def move_milestone(milestone_id: int, *, up: bool, actor: Membership) -> None:
    """Move a milestone one place up or down."""
    row = _locked(milestone_id, actor)
    move_row(row, _rows(row.initiative), up=up, actor=actor)


@transaction.atomic
def delete_milestone(milestone_id: int, *, actor: Membership) -> None:
    """Remove a milestone.

    Raises:
        RuleViolation: The approved plan holds it; what slipped must stay visible.
    """
    row = _locked(milestone_id, actor)
    if row.initiative.plan.is_frozen and not row.added_after_approval:
        raise RuleViolation(
            _("This milestone was approved with the plan, so it stays. Its date can move.")
        )
    remove_row(row, actor=actor)


def _locked(milestone_id: int, actor: Membership) -> Milestone:
    rows = Milestone.objects.for_company(actor.company)
    initiative_id = rows.values_list("initiative_id", flat=True).get(pk=milestone_id)
    initiative = locked_part(Initiative.objects.for_company(actor.company), initiative_id, actor)
    row = rows.get(pk=milestone_id)
    row.initiative = initiative
    return row


def _rows(initiative: Initiative) -> TenantQuerySet[Milestone]:
    return Milestone.objects.for_company(initiative.company).filter(initiative=initiative)


def _check_due(initiative: Initiative, due: date) -> None:
    if not initiative.plan.first_day <= due <= initiative.plan.last_day:
        raise RuleViolation(_("This day lies outside the fiscal year."), field="due")
