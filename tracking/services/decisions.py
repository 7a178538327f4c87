"""Decisions: noted with their goals and their reason, corrected, removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Membership
from planning.models import Goal, Plan
from tracking.models import Decision, DecisionGoal


@dataclass(frozen=True, slots=True)
class DecisionValues:
    """What a decision says; `decided_by` is a person's code or a name."""

    date: date
    title: str
    decision: str
    reason: str
    decided_by: str = ""
    goals: Sequence[Goal] = ()
    review_month: Month | None = None


@transaction.atomic
def record_decision(plan: Plan, values: DecisionValues, *, actor: Membership) -> Decision:
    """Note a decision of the year.

    Raises:
        RuleViolation: The date lies outside the fiscal year.
    """
    _check(plan, values)
    last = Decision.objects.for_company(plan.company).filter(plan=plan).aggregate(Max("position"))
    decision = Decision(
        company=plan.company,
        plan=plan,
        position=(last["position__max"] or 0) + 1,
        date=values.date,
        title=values.title,
        decision=values.decision,
        reason=values.reason,
        decided_by=values.decided_by,
        review_month=values.review_month.first_day if values.review_month else None,
    )
    decision.full_clean()
    decision.save()
    _link(decision, values.goals)
    audit.record(
        "tracking.decision.recorded",
        decision,
        actor=actor,
        changes={"decision": (None, values.decision), "goals": (None, _codes(values.goals))},
        reason=values.reason,
    )
    return decision


@transaction.atomic
def update_decision(decision: Decision, values: DecisionValues, *, actor: Membership) -> Decision:
    """Correct a decision; what it said before stays in the history.

    Raises:
        RuleViolation: The date lies outside the fiscal year.
    """
    _check(decision.plan, values)
    new = {
        "date": values.date,
        "title": values.title,
        "decision": values.decision,
        "reason": values.reason,
        "decided_by": values.decided_by,
    }
    changes = audit.changed_fields(decision, new)
    before = [link.goal.code for link in decision.goal_links.select_related("goal")]
    if before != _codes(values.goals):
        changes["goals"] = (before, _codes(values.goals))
        decision.goal_links.all().delete()
        _link(decision, values.goals)
    if changes:
        for field, value in new.items():
            setattr(decision, field, value)
        decision.full_clean()
        decision.save(update_fields=list(new))
        audit.record("tracking.decision.updated", decision, actor=actor, changes=changes)
    return decision


@transaction.atomic
def delete_decision(decision: Decision, *, actor: Membership) -> None:
    """Remove a decision; the history keeps what it said."""
    audit.record(
        "tracking.decision.deleted",
        decision,
        actor=actor,
        changes={"decision": (decision.decision, None)},
        reason=decision.reason,
    )
    decision.delete()


def _check(plan: Plan, values: DecisionValues) -> None:
    if not plan.first_day <= values.date <= plan.last_day:
        raise RuleViolation(
            _("The date lies outside the fiscal year of this plan. Choose a day of the year."),
            field="date",
        )


def _link(decision: Decision, goals: Sequence[Goal]) -> None:
    DecisionGoal.objects.bulk_create(
        DecisionGoal(company=decision.company, decision=decision, goal=goal, position=position)
        for position, goal in enumerate(goals)
    )


def _codes(goals: Sequence[Goal]) -> list[str]:
    return [goal.code for goal in goals]
