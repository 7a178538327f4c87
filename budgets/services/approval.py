"""Approval: the plan is frozen as version 1, each adjustment in force makes the next version."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aop.calc.checks import Severity, plan_checks
from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Membership, User
from budgets.models import LineMonth, PlanVersion
from budgets.queries.approval import newest_change
from budgets.queries.facts import plan_facts
from budgets.services.approval_document import (
    FrozenPlan,
    as_promised,
    frozen_plan,
    write_document,
)
from planning.models import Plan, PlanStatus
from planning.services.parts import locked_plan


@transaction.atomic
def approve_plan(plan_id: int, *, seen: int, today: date, actor: Membership) -> PlanVersion:
    """Freeze a draft: its amounts become the baseline, the whole of it version 1.

    `seen` is what `newest_change` said when the approver looked at the plan.

    Raises:
        RuleViolation: The plan is approved already, it has changed since `seen`, or an error
            of the checks stands open.
    """
    plan = locked_plan(plan_id, actor)
    if plan.is_frozen:
        raise RuleViolation(_("The plan is approved already."))
    if newest_change(plan) != seen:
        raise RuleViolation(
            _("The plan changed while you looked at it. Here is how it stands now; approve again.")
        )
    _refuse_errors(plan)
    cells = LineMonth.objects.for_company(actor.company).filter(line__plan=plan)
    cells.update(baseline_amount=F("planned_amount"))
    changes = {
        "status": (plan.status, PlanStatus.APPROVED),
        "approved_on": (plan.approved_on, today),
    }
    plan.status, plan.approved_on = PlanStatus.APPROVED, today
    plan.save(update_fields=list(changes))
    version = freeze_version(plan, on=today, by=actor.user)
    audit.record("budgets.plan.approved", plan, actor=actor, changes=changes)
    return version


def freeze_version(
    plan: Plan, *, on: date, by: User | None, frozen: FrozenPlan | None = None
) -> PlanVersion:
    """Store the plan as it stands, or as `frozen`, as its next version.

    The caller holds the plan's lock and the transaction.
    """
    versions = PlanVersion.objects.for_company(plan.company).filter(plan=plan)
    last: int | None = versions.aggregate(last=Max("number"))["last"]
    return PlanVersion.objects.create(
        company=plan.company,
        plan=plan,
        number=(last or 0) + 1,
        approved_on=on,
        approved_by=by,
        document=write_document(frozen or frozen_plan(plan)),
    )


def freeze_loaded(plan: Plan) -> None:
    """Make the versions of a plan that was loaded approved: the baseline, then its adjustments.

    The caller holds the transaction. A draft has no versions.
    """
    if plan.approved_on is None:
        return
    whole = frozen_plan(plan)
    day = plan.approved_on
    applied = sorted(whole.budget.adjustments, key=lambda row: (row.approved_on or day, row.number))
    first = replace(whole.budget, adjustments=())
    freeze_version(plan, on=day, by=None, frozen=as_promised(whole, first))
    for count, row in enumerate(applied, start=1):
        budget = replace(whole.budget, adjustments=applied[:count])
        freeze_version(
            plan, on=row.approved_on or day, by=None, frozen=replace(whole, budget=budget)
        )


def _refuse_errors(plan: Plan) -> None:
    found = plan_checks(plan_facts(plan))
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    if errors:
        raise RuleViolation(
            ngettext(
                "%(count)s error stands in the way of the approval.",
                "%(count)s errors stand in the way of the approval.",
                errors,
            )
            % {"count": errors}
        )
