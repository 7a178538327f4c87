from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from planning.models import Person, Plan, PlanStatus
from planning.services import allocations, people
from tests.factories import (
    JANUARY,
    make_allocation,
    make_goal,
    make_initiative,
    make_kpi,
    make_person,
)

LAN = {"name": "Vũ Ngọc Lan", "role": "Bán hàng", "hours_per_week": Decimal(48)}


def approve(plan: Plan) -> None:
    plan.status = PlanStatus.APPROVED
    plan.save()


def last_entry(member: Membership) -> AuditEntry:
    entry = AuditEntry.objects.for_company(member.company).first()
    assert entry is not None
    return entry


def cells(person: Person) -> dict[tuple[str, int], Decimal]:
    rows = person.allocations.select_related("initiative")
    return {
        (row.initiative.code if row.initiative else "BAU", row.first_day.month): row.percent
        for row in rows
    }


def test_it_adds_people_to_an_approved_plan_too(plan: Plan, owner: Membership) -> None:
    make_person(plan)
    approve(plan)

    person = people.create_person(plan, LAN, actor=owner)

    assert (person.code, person.position) == ("P2", 1)


def test_it_refuses_an_address_that_another_person_has(plan: Plan, owner: Membership) -> None:
    make_person(plan, email="lan@babycare.example")

    with pytest.raises(RuleViolation) as refused:
        people.create_person(plan, LAN | {"email": "Lan@BabyCare.example"}, actor=owner)

    assert refused.value.field == "email"


def test_it_lets_a_person_keep_their_own_address(plan: Plan, owner: Membership) -> None:
    person = make_person(plan, email="lan@babycare.example")

    changes = {"email": "lan@babycare.example", "role": "Kho"}
    assert people.update_person(person.pk, changes, actor=owner).role == "Kho"


def test_it_refuses_more_hours_than_a_week_has(plan: Plan, owner: Membership) -> None:
    with pytest.raises(ValidationError):
        people.create_person(plan, LAN | {"hours_per_week": Decimal(169)}, actor=owner)


def test_it_leaves_nobody_in_charge_when_a_person_goes(plan: Plan, owner: Membership) -> None:
    person = make_person(plan)
    goal = make_goal(plan, owner=person)
    make_allocation(person)

    people.delete_person(person.pk, actor=owner)

    goal.refresh_from_db()
    assert goal.owner is None
    assert last_entry(owner).subject_name == "Nguyễn Thu Hà"


def test_it_keeps_whoever_answers_for_an_approved_goal(plan: Plan, owner: Membership) -> None:
    person = make_person(plan)
    make_goal(plan, owner=person)
    approve(plan)

    with pytest.raises(RuleViolation):
        people.delete_person(person.pk, actor=owner)

    assert plan.people.exists()


def test_it_keeps_a_person_whose_load_a_kpi_measures(plan: Plan, owner: Membership) -> None:
    person = make_person(plan)
    make_kpi(plan, "Tải của chị Hà", measure={"load_of": person.code})

    with pytest.raises(RuleViolation, match="Tải của chị Hà"):
        people.delete_person(person.pk, actor=owner)


def test_it_sets_changes_and_empties_shares_of_time(plan: Plan, owner: Membership) -> None:
    person, work = make_person(plan), make_initiative(plan, code="I1")
    february = Month(2026, 2)
    make_allocation(person, percent=40)
    make_allocation(person, work, february, percent=20)
    approve(plan)

    allocations.set_allocations(
        person.pk,
        {(None, JANUARY): Decimal(50), (None, february): Decimal(40), (work, february): None},
        actor=owner,
    )

    assert cells(person) == {("BAU", 1): Decimal(50), ("BAU", 2): Decimal(40)}
    assert last_entry(owner).action == "planning.allocation.set"
    assert last_entry(owner).changes == {
        "BAU 2026-01": ["40.00", "50"],
        "BAU 2026-02": [None, "40"],
        "I1 2026-02": ["20.00", None],
    }


def test_it_writes_no_history_for_the_same_shares(plan: Plan, owner: Membership) -> None:
    person = make_person(plan)
    make_allocation(person, percent=40)

    allocations.set_allocations(person.pk, {(None, JANUARY): Decimal(40)}, actor=owner)

    assert not AuditEntry.objects.for_company(plan.company).exists()


def test_it_stores_nothing_when_one_share_is_impossible(plan: Plan, owner: Membership) -> None:
    person = make_person(plan)

    with pytest.raises(ValidationError):
        allocations.set_allocations(
            person.pk,
            {(None, JANUARY): Decimal(40), (None, Month(2026, 2)): Decimal(-1)},
            actor=owner,
        )

    assert cells(person) == {}


def test_it_refuses_a_month_outside_the_year(plan: Plan, owner: Membership) -> None:
    with pytest.raises(ValueError, match="2027-01"):
        allocations.set_allocations(
            make_person(plan).pk, {(None, Month(2027, 1)): Decimal(40)}, actor=owner
        )
