"""The monthly review: what was said is kept, and the month it ends in is closed."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from aop.calc.months import Month
from aop.calc.report.build import build_report
from aop.calc.report.document import report_document
from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Membership
from budgets.services.closing import close_month
from planning.models import Plan
from tracking.models import Review
from tracking.queries.report import report_facts


@dataclass(frozen=True, slots=True)
class ReviewValues:
    """What was said in a review."""

    held_on: date | None
    note: str
    agreed: str
    new_risk: str


@transaction.atomic
def save_review(
    plan: Plan, month: Month, values: ReviewValues, *, version: int, actor: Membership
) -> Review:
    """Keep what was said; the version is that of the page it was typed on, 0 for the first time.

    Raises:
        RuleViolation: Somebody else saved the review meanwhile; both texts are in the message.
    """
    review = _locked(plan, month)
    if review.version_seen != version:
        raise RuleViolation(
            _(
                "Somebody else saved this review meanwhile. It now says: “%(note)s” and agreed: "
                "“%(agreed)s”. What you typed is still below; put both together and save again."
            )
            % {"note": review.row.note, "agreed": review.row.agreed}
        )
    new = {
        "held_on": values.held_on,
        "note": values.note,
        "agreed": values.agreed,
        "new_risk": values.new_risk,
    }
    changes = audit.changed_fields(review.row, new)
    for field, value in new.items():
        setattr(review.row, field, value)
    review.row.version = version + 1
    review.row.full_clean()
    review.row.save()
    if changes:
        audit.record("tracking.review.held", review.row, actor=actor, changes=changes)
    return review.row


@dataclass(frozen=True, slots=True)
class _Seen:
    row: Review
    version_seen: int


def _locked(plan: Plan, month: Month) -> _Seen:
    Plan.objects.for_company(plan.company).select_for_update(of=["self"]).get(pk=plan.pk)
    rows = Review.objects.for_company(plan.company)
    row = rows.filter(plan=plan, first_day=month.first_day).first()
    if row is None:
        return _Seen(Review(company=plan.company, plan=plan, first_day=month.first_day), 0)
    return _Seen(row, row.version)


@transaction.atomic
def close_reviewed_month(
    plan: Plan, month: Month, *, actor: Membership, now: datetime, today: date
) -> Review:
    """Close the month and keep its report as it stood, with a digest of it.

    Raises:
        RuleViolation: The plan is a draft, an earlier month is open, or it is closed already.
    """
    close_month(plan, month, actor=actor, now=now)
    review = _locked(plan, month).row
    review.snapshot = report_document(build_report(report_facts(plan, through=month)))
    review.digest = digest_of(review.snapshot)
    review.held_on = review.held_on or today
    review.save()
    return review


def digest_of(document: dict[str, Any]) -> str:
    """Return the SHA-256 of a report document, independent of the order of its keys."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
