"""Approving a plan: what it freezes, what stands in its way, and what is kept as a version."""

import threading
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import connection
from django.utils import translation

from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from budgets.models import BudgetLine, LineMonth, PlanVersion
from budgets.queries.approval import newest_change, versions_of
from budgets.services.adjustment_rules import LineMove, Proposal
from budgets.services.adjustments import approve_adjustment, propose_adjustment
from budgets.services.approval import approve_plan, freeze_loaded
from budgets.services.approval_document import (
    FrozenPlan,
    frozen_plan,
    read_document,
    write_document,
)
from budgets.services.approval_facts import frozen_facts
from budgets.services.months import FIRST_VERSION, set_planned
from planning.models import Plan
from planning.services.goals import create_goal
from tests.factories import (
    JANUARY,
    JULY,
    TODAY,
    link_kpi,
    make_adjustment,
    make_allocation,
    make_channel,
    make_company,
    make_goal,
    make_initiative,
    make_initiative_budget,
    make_kpi,
    make_kpi_month,
    make_line,
    make_member,
    make_month,
    make_move,
    make_not_doing,
    make_person,
    make_plan,
    make_priority,
    make_risk,
    make_year,
)
from tracking.services.companies import Destination, load_company, sample_folder


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def make_sound(plan: Plan) -> BudgetLine:
    """Give the plan what the checks ask for; return its one line, which brings 5 a month."""
    person = make_person(plan)
    kpi = make_kpi(plan, owner=person)
    goal = make_goal(plan, kpi=kpi, owner=person)
    work = make_initiative(plan, goals=(goal,), owner=person)
    line = make_line(plan, "Doanh thu", code="REV", kind="revenue")
    make_initiative_budget(work, "REV", 0)
    make_year(line, 5_000_000)
    return line


def approve(plan: Plan, actor: Membership, seen: int | None = None) -> PlanVersion:
    newest = newest_change(plan) if seen is None else seen
    return approve_plan(plan.pk, seen=newest, today=TODAY, actor=actor)


def test_it_freezes_amounts_as_the_baseline(plan: Plan, owner: Membership) -> None:
    line = make_sound(plan)
    LineMonth.objects.filter(line=line, first_day=JANUARY.first_day).update(planned_amount=None)

    version = approve(plan, owner)

    plan.refresh_from_db()
    assert (plan.is_frozen, plan.approved_on) == (True, TODAY)
    assert (version.number, version.approved_on, version.approved_by) == (1, TODAY, owner.user)
    assert [row.baseline_amount for row in line.months.all()] == [None, *[5_000_000] * 11]
    entry = AuditEntry.objects.for_company(plan.company).get(action="budgets.plan.approved")
    assert entry.changes["status"] == ["draft", "approved"]


def test_it_is_refused_while_an_error_stands(plan: Plan, owner: Membership) -> None:
    make_goal(plan, target=None)

    with pytest.raises(RuleViolation, match="errors stand in the way"):
        approve(plan, owner)
    plan.refresh_from_db()
    assert not plan.is_frozen
    assert not versions_of(plan).exists()


def test_it_is_refused_twice(plan: Plan, owner: Membership) -> None:
    make_sound(plan)
    approve(plan, owner)

    with pytest.raises(RuleViolation, match="approved already"):
        approve(plan, owner)


def test_it_is_refused_when_the_plan_moved_on(plan: Plan, owner: Membership) -> None:
    line = make_sound(plan)
    seen = newest_change(plan)
    set_planned(line.pk, JANUARY, 1, FIRST_VERSION, actor=owner)

    with pytest.raises(RuleViolation, match="changed while you looked"):
        approve(plan, owner, seen)


def test_a_warning_does_not_stop_it(plan: Plan, owner: Membership) -> None:
    make_sound(plan)
    make_risk(plan, likelihood=5, impact=5)

    assert approve(plan, owner).number == 1


def test_nothing_frozen_can_be_changed_afterwards(plan: Plan, owner: Membership) -> None:
    line = make_sound(plan)
    approve(plan, owner)

    with pytest.raises(RuleViolation):
        set_planned(line.pk, JANUARY, 1, FIRST_VERSION, actor=owner)
    with pytest.raises(RuleViolation):
        create_goal(plan, {"name": "Thêm", "kind": "grow"}, actor=owner)


def full(plan: Plan) -> Plan:
    """Fill every file of a version."""
    make_channel(plan.company)
    line = make_sound(plan)
    make_line(plan, "Lương", code="SAL", kind="opex", group="Cố định", is_private=True)
    make_priority(plan)
    make_not_doing(plan)
    kpi, goal = plan.kpis.get(), plan.goals.get()
    link_kpi(kpi, goal)
    make_kpi_month(kpi, target_value=7, actual_value=5)
    make_allocation(plan.people.get(), plan.initiatives.get())
    make_risk(plan, goals=(goal,))
    make_move(make_adjustment(plan, approved_on=date(2026, 7, 1)), line)
    make_move(make_adjustment(plan), line)
    plan.refresh_from_db()
    return plan


def test_a_version_is_read_back_as_it_was_written(plan: Plan) -> None:
    frozen = frozen_plan(full(plan))
    document = write_document(frozen)

    again = read_document(document)
    assert write_document(again) == document
    assert [line.name for line in again.budget.lines] == ["Doanh thu", "Lương"]
    assert [kpi.actuals for kpi in again.plan.kpis] == [None]
    assert [row.number for row in again.budget.adjustments] == [1]
    assert set(document) == {
        *("company.json", "plan.json", "lines.csv", "budget.csv", "last_year.csv"),
        *("adjustments.json", "goals.json", "kpis.json", "initiatives.json"),
        *("people.json", "allocations.csv", "risks.json"),
    }


def test_a_version_depends_on_no_row_that_lives_on(plan: Plan, owner: Membership) -> None:
    line = make_sound(plan)
    version = approve(plan, owner)
    line.name = "Tên mới"
    line.save()

    version.refresh_from_db()
    assert [row.name for row in read(version).budget.lines] == ["Doanh thu"]
    assert read(version).plan.plan.status == "approved"


def read(version: PlanVersion) -> FrozenPlan:
    return read_document(version.document)


def test_a_loaded_plan_has_its_versions(db: None) -> None:
    plan = Plan.objects.get(company=load_company(sample_folder(), Destination()))

    first, second = versions_of(plan)
    assert (first.number, first.approved_on) == (1, plan.approved_on)
    assert (second.number, second.approved_on) == (2, date(2026, 7, 3))
    assert [len(read(one).budget.adjustments) for one in (first, second)] == [0, 1]


def test_a_loaded_draft_has_none(plan: Plan) -> None:
    freeze_loaded(plan)

    assert not versions_of(plan).exists()


def racing(work: Callable[[], object], caught: list[RuleViolation]) -> threading.Thread:
    """Return a thread that does its work and keeps a refusal."""

    def run() -> None:
        try:
            work()
        except RuleViolation as refused:
            caught.append(refused)
        finally:
            connection.close()

    return threading.Thread(target=run)


@pytest.mark.django_db(transaction=True)
def test_approval_and_a_cell_do_not_mix() -> None:
    company = make_company("race")
    owner, plan = make_member(company), make_plan(company)
    line = make_sound(plan)
    seen, refusals = newest_change(plan), list[RuleViolation]()

    def type_one() -> object:
        return set_planned(line.pk, JANUARY, 9, FIRST_VERSION, actor=owner)

    writers = [racing(lambda: approve(plan, owner, seen), refusals), racing(type_one, refusals)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    plan.refresh_from_db()
    cell = LineMonth.objects.get(line=line, first_day=JANUARY.first_day)
    assert len(refusals) == 1
    typed = (cell.planned_amount, cell.baseline_amount)
    assert typed == ((5_000_000, 5_000_000) if plan.is_frozen else (9, None))


@pytest.mark.django_db(transaction=True)
def test_only_one_of_two_approvals_wins() -> None:
    company = make_company("twice")
    owner, plan = make_member(company), make_plan(company)
    make_sound(plan)
    seen, refusals = newest_change(plan), list[RuleViolation]()

    writers = [racing(lambda: approve(plan, owner, seen), refusals) for _place in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert len(refusals) == 2
    assert [version.number for version in versions_of(plan)] == [1]


@pytest.mark.usefixtures("db")
def test_a_month_without_a_row_stays_without_a_baseline() -> None:
    company = make_company("sparse")
    owner, plan = make_member(company), make_plan(company)
    make_sound(plan)
    line = make_line(plan, "Thưa", code="THIN")
    make_month(line, JANUARY, 0)

    approve(plan, owner)
    assert [row.baseline_amount for row in line.months.all()] == [0]


def test_an_adjustment_in_force_is_the_next_version(plan: Plan, owner: Membership) -> None:
    line = make_sound(plan)
    approve(plan, owner)
    proposal = Proposal("Bán chậm", "Bớt mục tiêu", JULY, [LineMove(line, JULY, -1_000_000)], "Bán")
    adjustment = propose_adjustment(plan.pk, proposal, today=TODAY, actor=owner)
    assert versions_of(plan).count() == 1

    approve_adjustment(adjustment.pk, today=TODAY, actor=owner)

    first, second = versions_of(plan)
    assert (second.number, second.approved_by) == (2, owner.user)
    facts = [frozen_facts(read(one)).lines[0].planned[6] for one in (first, second)]
    assert facts == [5_000_000, 4_000_000]
