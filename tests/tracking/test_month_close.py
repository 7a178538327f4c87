"""Closing is a barrier: whatever writes at the same moment is in the month or refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy.models import Company, Membership
from aop.tenancy.roles import Role
from budgets.models import LineMonth
from budgets.services.closing import close_month, count_month
from planning.models import Plan, PlanStatus
from tests.factories import make_company, make_line, make_member, make_plan
from tracking.models import Entry
from tracking.services.entries import EntryValues, log_entry
from tracking.services.reviews import close_reviewed_month, digest_of

JANUARY = Month(2026, 1)
WRITERS, ENTRIES_EACH = 4, 6


@pytest.mark.django_db(transaction=True)
def test_nothing_slips_in_behind_the_close() -> None:
    company, owner, plan = _in_force()
    line = make_line(plan)
    start = Barrier(WRITERS + 1)

    def write(writer: int) -> int:
        try:
            start.wait()
            booked = 0
            for number in range(ENTRIES_EACH):
                values = EntryValues(line=line, date=date(2026, 1, 9), amount=1 + number)
                try:
                    log_entry(plan, values, actor=owner)
                except RuleViolation:
                    break
                booked += 1
            return booked
        finally:
            connection.close()

    def close() -> int:
        try:
            start.wait()
            close_month(plan, JANUARY, actor=owner, now=timezone.now())
            return _sum(company)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        writers = [pool.submit(write, writer) for writer in range(WRITERS)]
        seen_by_the_close = pool.submit(close).result()
        booked = sum(writer.result() for writer in writers)

    assert _sum(company) == seen_by_the_close
    assert Entry.objects.for_company(company).count() == booked
    kept = LineMonth.objects.for_company(company).filter(line=line, first_day=JANUARY.first_day)
    assert (kept.values_list("actual_amount", flat=True).first() or 0) == seen_by_the_close


@pytest.mark.django_db(transaction=True)
def test_one_of_two_closes_wins() -> None:
    _company, owner, plan = _in_force()
    start = Barrier(2)

    def close() -> bool:
        try:
            start.wait()
            close_month(plan, JANUARY, actor=owner, now=timezone.now())
        except RuleViolation:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        closed = sorted(attempt.result() for attempt in [pool.submit(close), pool.submit(close)])

    assert closed == [False, True]


def test_a_count_is_refused_once_the_month_is_closed(plan: Plan, owner: Membership) -> None:
    plan.status = PlanStatus.APPROVED
    plan.save()
    count_month(plan, JANUARY, cash=5_000_000, stock=None, actor=owner)
    close_month(plan, JANUARY, actor=owner, now=timezone.now())

    with pytest.raises(RuleViolation):
        count_month(plan, JANUARY, cash=6_000_000, stock=None, actor=owner)


def test_the_closed_month_keeps_its_report_and_a_digest(plan: Plan, owner: Membership) -> None:
    plan.status = PlanStatus.APPROVED
    plan.save()
    make_line(plan)

    review = close_reviewed_month(
        plan, JANUARY, actor=owner, now=timezone.now(), today=date(2026, 2, 5)
    )

    review.refresh_from_db()
    assert review.snapshot is not None
    assert review.snapshot["through"] == "2026-01"
    assert review.digest == digest_of(review.snapshot)
    assert review.held_on == date(2026, 2, 5)


def _in_force() -> tuple[Company, Membership, Plan]:
    company = make_company()
    owner = make_member(company, Role.OWNER)
    return company, owner, make_plan(company, status=PlanStatus.APPROVED)


def _sum(company: Company) -> int:
    return sum(Entry.objects.for_company(company).values_list("amount", flat=True))
