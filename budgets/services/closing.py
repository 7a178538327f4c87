"""The state of a plan's months, and the kept totals of what happened in them."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Membership
from budgets.models import LineMonth, PlanMonth
from planning.models import Plan

LineAndMonth = tuple[int, date]


def lock_open_month(plan: Plan, month: Month) -> PlanMonth:
    """Lock the month's row until the transaction ends and return it.

    Everything that writes actuals goes through here, and so does closing, so nothing slips
    into a month behind its close.

    Raises:
        RuleViolation: The month is closed, or not a month of the plan.
    """
    row = _locked(plan, month)
    if row.is_closed:
        raise RuleViolation(
            _(
                "%(month)s is closed, so nothing was changed. Book it in an open month, or ask "
                "the owner to reopen %(month)s."
            )
            % {"month": _name(month)}
        )
    return row


def _locked(plan: Plan, month: Month) -> PlanMonth:
    rows = PlanMonth.objects.for_company(plan.company).filter(plan=plan)
    row = rows.select_for_update().filter(first_day=month.first_day).first()
    if row is None:
        raise RuleViolation(
            _(
                "%(month)s is not in the fiscal year of this plan, which runs from %(first)s "
                "to %(last)s."
            )
            % {
                "month": _name(month),
                "first": _name(plan.year.first),
                "last": _name(plan.year.last),
            }
        )
    return row


def _name(month: Month) -> str:
    return date_format(month.first_day, "m/Y")


def keep_actual_totals(plan: Plan, totals: Mapping[LineAndMonth, int | None]) -> None:
    """Store the totals of entries by line and month; None where no entry is left.

    The caller holds the months' locks and has summed the entries themselves.
    """
    company = plan.company
    stored = {
        (row.line_id, row.first_day): row
        for row in LineMonth.objects.for_company(company).filter(
            line__plan=plan, first_day__in={day for _line, day in totals}
        )
    }
    changed, missing = [], []
    for (line_id, first_day), total in totals.items():
        row = stored.get((line_id, first_day))
        if row is None and total is not None:
            missing.append(
                LineMonth(
                    company=company, line_id=line_id, first_day=first_day, actual_amount=total
                )
            )
        elif row is not None and row.actual_amount != total:
            row.actual_amount = total
            changed.append(row)
    LineMonth.objects.bulk_create(missing)
    LineMonth.objects.for_company(company).bulk_update(changed, ["actual_amount"])


@transaction.atomic
def close_month(plan: Plan, month: Month, *, actor: Membership, now: datetime) -> PlanMonth:
    """Close the month: from now on no write path may touch it.

    Raises:
        RuleViolation: The plan is a draft, an earlier month is open, or it is closed already.
    """
    if not plan.is_frozen:
        raise RuleViolation(_("Approve the plan first; months of a draft cannot be closed."))
    row = lock_open_month(plan, month)
    earlier = PlanMonth.objects.for_company(plan.company).filter(
        plan=plan, first_day__lt=row.first_day, closed_at=None
    )
    first_open = earlier.order_by("first_day").first()
    if first_open is not None:
        raise RuleViolation(
            _("%(earlier)s is still open. Close the months in order: %(earlier)s comes first.")
            % {"earlier": _name(Month.of(first_open.first_day))}
        )
    row.closed_at = now
    row.closed_by = actor.user
    row.save(update_fields=["closed_at", "closed_by"])
    audit.record("budgets.month.closed", row, actor=actor, changes={"closed_at": (None, now)})
    return row


@transaction.atomic
def reopen_month(plan: Plan, month: Month, *, actor: Membership, reason: str) -> PlanMonth:
    """Open a closed month again; nothing in it is lost, and reports end before it.

    Raises:
        RuleViolation: There is no reason, or the month is open.
    """
    if not reason.strip():
        raise RuleViolation(_("Say why the month is reopened; the reason stays in the history."))
    row = _locked(plan, month)
    if not row.is_closed:
        raise RuleViolation(_("%(month)s is open already.") % {"month": _name(month)})
    before, row.closed_at, row.closed_by = row.closed_at, None, None
    row.save(update_fields=["closed_at", "closed_by"])
    audit.record(
        "budgets.month.reopened",
        row,
        actor=actor,
        changes={"closed_at": (before, None)},
        reason=reason.strip(),
    )
    return row


@transaction.atomic
def count_month(
    plan: Plan,
    month: Month,
    *,
    cash: int | None,
    stock: int | None,
    actor: Membership,
) -> PlanMonth:
    """Store what was counted at the end of an open month; None means not counted.

    Raises:
        RuleViolation: The month is closed.
    """
    row = lock_open_month(plan, month)
    values = {"cash_counted_amount": cash, "stock_counted_amount": stock}
    changes = audit.changed_fields(row, values)
    if changes:
        row.cash_counted_amount, row.stock_counted_amount = cash, stock
        row.save(update_fields=list(values))
        audit.record("budgets.month.counted", row, actor=actor, changes=changes)
    return row
