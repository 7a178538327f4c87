"""Initiatives as their form has them: the work, its goals and its money in one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from aop.errors import RuleViolation
from aop.tenancy.models import Membership
from budgets.models import BudgetLine
from planning.models import Goal, Initiative, Plan
from planning.services.actions import create_initiative, set_initiative_budget, update_initiative
from planning.services.parts import locked_plan


@dataclass(frozen=True, slots=True)
class InitiativeContent:
    """What somebody wants an initiative to be.

    `money` maps line codes to amounts; None takes a line's money away, lines that are not
    named stay as they are. `reason` says why money changes on an approved plan.
    """

    values: Mapping[str, Any]
    goals: Sequence[Goal]
    money: Mapping[str, int | None]
    reason: str = ""


@transaction.atomic
def add_initiative(plan: Plan, content: InitiativeContent, *, actor: Membership) -> Initiative:
    """Add an initiative with its goals and its money.

    Raises:
        RuleViolation: What the services of planning refuse, or an unknown line.
        ValidationError: A value breaks a field or database constraint.
    """
    plan = locked_plan(plan.pk, actor)
    initiative = create_initiative(plan, content.values, goals=content.goals, actor=actor)
    _set_money(initiative, content, actor)
    return initiative


@transaction.atomic
def change_initiative(
    initiative_id: int, content: InitiativeContent, *, actor: Membership
) -> Initiative:
    """Change an initiative, its goals and, as long as it is not frozen, its money.

    Raises:
        RuleViolation: The money was frozen with the plan, or what the services of planning
            refuse.
        ValidationError: A new value breaks a field or database constraint.
    """
    rows = Initiative.objects.for_company(actor.company)
    plan = locked_plan(rows.values_list("plan_id", flat=True).get(pk=initiative_id), actor)
    initiative = update_initiative(initiative_id, content.values, goals=content.goals, actor=actor)
    if plan.is_frozen and content.money and initiative.budgets.exists():
        raise RuleViolation(
            _("The money of this initiative was agreed with the plan, so it is frozen.")
        )
    _set_money(initiative, content, actor)
    return initiative


def _set_money(initiative: Initiative, content: InitiativeContent, actor: Membership) -> None:
    lines = BudgetLine.objects.for_company(actor.company).filter(plan=initiative.plan_id)
    known = set(lines.filter(code__in=content.money).values_list("code", flat=True))
    for code, amount in content.money.items():
        if code not in known and amount is not None:
            raise RuleViolation(_("The budget has no line %(code)s.") % {"code": code})
        set_initiative_budget(initiative.pk, code, amount, actor=actor, reason=content.reason)
