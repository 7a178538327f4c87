"""Entries: booked once, kept in the month's total, and only while the month is open."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from aop.tenancy.roles import Role
from budgets.models import BudgetLine, LineMonth
from budgets.services.closing import close_month, reopen_month
from planning.models import Plan, PlanStatus
from tests.factories import make_company, make_line, make_member, make_person, make_plan
from tracking.models import Entry
from tracking.services.entries import (
    EntryValues,
    correct_entry,
    log_entry,
    restore_entry,
    withdraw_entry,
)

DAY = date(2026, 1, 15)
JANUARY = Month(2026, 1)


@pytest.fixture
def plan_in_force(plan: Plan) -> Plan:
    plan.status = PlanStatus.APPROVED
    plan.save()
    return plan


@pytest.fixture
def line(plan_in_force: Plan) -> BudgetLine:
    return make_line(plan_in_force)


def kept(line: BudgetLine, month: Month = JANUARY) -> int | None:
    row = LineMonth.objects.for_company(line.company).filter(line=line, first_day=month.first_day)
    return row.values_list("actual_amount", flat=True).first()


def values(line: BudgetLine, amount: int = 12_500_000, **more: object) -> EntryValues:
    return EntryValues(line=line, date=DAY, amount=amount, **more)  # type: ignore[arg-type]  # a builder


def test_it_keeps_the_total_of_the_month(line: BudgetLine, owner: Membership) -> None:
    log_entry(line.plan, values(line), actor=owner)
    log_entry(line.plan, values(line, -500_000), actor=owner)

    assert kept(line) == 12_000_000


def test_the_same_key_books_once(line: BudgetLine, owner: Membership) -> None:
    first = log_entry(line.plan, values(line, key="tap"), actor=owner)
    second = log_entry(line.plan, values(line, key="tap"), actor=owner)

    assert first.pk == second.pk
    assert kept(line) == 12_500_000


def test_a_withdrawn_entry_counts_no_more_and_can_come_back(
    line: BudgetLine, owner: Membership
) -> None:
    entry = log_entry(line.plan, values(line), actor=owner)

    withdraw_entry(entry, actor=owner, now=timezone.now())

    assert kept(line) is None
    restore_entry(entry, actor=owner)
    assert kept(line) == 12_500_000


def test_a_correction_moves_the_total_to_the_other_month(
    line: BudgetLine, owner: Membership
) -> None:
    entry = log_entry(line.plan, values(line), actor=owner)
    moved = EntryValues(line=line, date=date(2026, 2, 3), amount=9_000_000)

    correct_entry(entry, moved, version=entry.version, actor=owner)

    assert (kept(line), kept(line, Month(2026, 2))) == (None, 9_000_000)


def test_a_correction_of_an_old_version_is_refused(line: BudgetLine, owner: Membership) -> None:
    entry = log_entry(line.plan, values(line), actor=owner)
    correct_entry(entry, values(line, 1_000_000), version=entry.version, actor=owner)

    with pytest.raises(RuleViolation, match="1000000"):
        correct_entry(entry, values(line, 2_000_000), version=entry.version, actor=owner)

    assert kept(line) == 1_000_000


@pytest.mark.parametrize("path", ["log", "correct", "withdraw", "restore", "move_into"])
def test_a_closed_month_refuses_every_write(line: BudgetLine, owner: Membership, path: str) -> None:
    plan, now = line.plan, timezone.now()
    entry = log_entry(plan, values(line), actor=owner)
    withdrawn = log_entry(plan, values(line, 1), actor=owner)
    withdraw_entry(withdrawn, actor=owner, now=now)
    later = log_entry(plan, EntryValues(line=line, date=date(2026, 2, 1), amount=5), actor=owner)
    close_month(plan, JANUARY, actor=owner, now=now)
    writes = {
        "log": lambda: log_entry(plan, values(line), actor=owner),
        "correct": lambda: correct_entry(entry, values(line, 2), version=1, actor=owner),
        "withdraw": lambda: withdraw_entry(entry, actor=owner, now=now),
        "restore": lambda: restore_entry(withdrawn, actor=owner),
        "move_into": lambda: correct_entry(later, values(line, 3), version=1, actor=owner),
    }

    with pytest.raises(RuleViolation):
        writes[path]()

    assert kept(line) == 12_500_000


def test_a_reopened_month_takes_entries_again(line: BudgetLine, owner: Membership) -> None:
    close_month(line.plan, JANUARY, actor=owner, now=timezone.now())

    reopen_month(line.plan, JANUARY, actor=owner, reason="Hóa đơn đến muộn")
    log_entry(line.plan, values(line), actor=owner)

    assert kept(line) == 12_500_000
    newest = AuditEntry.objects.for_company(line.company).filter(action="budgets.month.reopened")
    assert newest.get().reason == "Hóa đơn đến muộn"


def test_reopening_needs_a_reason(line: BudgetLine, owner: Membership) -> None:
    close_month(line.plan, JANUARY, actor=owner, now=timezone.now())

    with pytest.raises(RuleViolation):
        reopen_month(line.plan, JANUARY, actor=owner, reason="  ")


def test_months_close_in_order(line: BudgetLine, owner: Membership) -> None:
    with pytest.raises(RuleViolation, match="01/2026"):
        close_month(line.plan, Month(2026, 2), actor=owner, now=timezone.now())


def test_a_draft_takes_no_entry_and_closes_no_month(plan: Plan, owner: Membership) -> None:
    line = make_line(plan)

    with pytest.raises(RuleViolation):
        log_entry(plan, values(line), actor=owner)
    with pytest.raises(RuleViolation):
        close_month(plan, JANUARY, actor=owner, now=timezone.now())


def test_staff_log_on_their_own_lines_only(line: BudgetLine, staff: Membership) -> None:
    with pytest.raises(RuleViolation):
        log_entry(line.plan, values(line), actor=staff)

    line.owner = make_person(line.plan, email=staff.user.email.upper())
    line.save()
    log_entry(line.plan, values(line), actor=staff)
    assert kept(line) == 12_500_000


def test_staff_cannot_touch_what_others_logged(
    line: BudgetLine, owner: Membership, staff: Membership
) -> None:
    line.owner = make_person(line.plan, email=staff.user.email)
    line.save()
    entry = log_entry(line.plan, values(line), actor=owner)

    with pytest.raises(RuleViolation):
        withdraw_entry(entry, actor=staff, now=timezone.now())


def test_an_entry_of_nothing_is_refused(line: BudgetLine, owner: Membership) -> None:
    with pytest.raises(RuleViolation):
        log_entry(line.plan, values(line, 0), actor=owner)


def test_a_day_outside_the_year_is_refused(line: BudgetLine, owner: Membership) -> None:
    outside = EntryValues(line=line, date=date(2027, 1, 1), amount=5)

    with pytest.raises(RuleViolation, match="01/2026"):
        log_entry(line.plan, outside, actor=owner)


class TestKeptTotals(TestCase):
    """Whatever is logged, corrected and withdrawn: kept totals are the sums of the entries."""

    @settings(max_examples=20, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from("lcwr"), st.integers(1, 9_999_999)), max_size=12))
    def test_they_equal_the_entries(self, steps: list[tuple[str, int]]) -> None:
        company = make_company()
        owner = make_member(company, Role.OWNER)
        plan = make_plan(company, status=PlanStatus.APPROVED)
        line = make_line(plan)
        for step, amount in steps:
            newest = Entry.objects.for_company(company).order_by("-id").first()
            if step == "l" or newest is None:
                day = date(2026, amount % 12 + 1, 1)
                log_entry(plan, EntryValues(line=line, date=day, amount=amount), actor=owner)
            elif step == "c":
                new = EntryValues(line=line, date=date(2026, amount % 12 + 1, 9), amount=amount)
                correct_entry(newest, new, version=newest.version, actor=owner)
            elif step == "w":
                withdraw_entry(newest, actor=owner, now=timezone.now())
            else:
                restore_entry(newest, actor=owner)

        for month in plan.year:
            live = Entry.objects.for_company(company).filter(
                line=line, first_day=month.first_day, withdrawn_at=None
            )
            amounts = list(live.values_list("amount", flat=True))
            assert kept(line, month) == (sum(amounts) if amounts else None)
