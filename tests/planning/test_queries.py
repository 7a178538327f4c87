from decimal import Decimal
from fractions import Fraction

import pytest
from pytest_django import DjangoAssertNumQueries

from aop.calc.levers import LoadLevel
from aop.calc.months import Month
from aop.tenancy.models import Membership
from aop.tenancy.roles import Role
from planning.models import Plan, PlanStatus
from planning.queries import parts
from planning.queries.loads import load_table
from planning.queries.progress import Step, StepState, progress
from planning.queries.ties import goal_ties
from tests.factories import (
    JANUARY,
    NOVEMBER,
    make_allocation,
    make_assumption,
    make_goal,
    make_initiative,
    make_initiative_budget,
    make_kpi,
    make_member,
    make_not_doing,
    make_person,
    make_priority,
    make_risk,
    make_user,
)


def states(plan: Plan) -> dict[Step, tuple[StepState, int, int]]:
    return {found.step: (found.state, found.done, found.total) for found in progress(plan)}


def test_it_has_nothing_done_on_an_empty_plan(plan: Plan) -> None:
    plan.opening_cash_amount = None

    found = states(plan)

    assert list(found) == list(Step)
    assert found[Step.BUDGET][0] == found[Step.CHECK][0] == StepState.UNKNOWN
    rest = set(Step) - {Step.BUDGET, Step.CHECK}
    assert {found[step] for step in rest} == {(StepState.TODO, 0, 0)}


def test_it_counts_what_is_complete(plan: Plan) -> None:
    person = make_person(plan)
    make_person(plan)
    make_allocation(person)
    kpi = make_kpi(plan)
    goal = make_goal(plan, owner=person, kpi=kpi)
    make_goal(plan, owner=person, basis="")
    work = make_initiative(plan, goals=(goal,), owner=person)
    make_initiative_budget(work, amount=0)
    make_initiative(plan, goals=(goal,), owner=person)
    make_risk(plan)
    make_risk(plan, contingency="Đổi nhà cung cấp")
    make_risk(plan, likelihood=2, impact=5)

    found = states(plan)

    assert found[Step.GOALS] == (StepState.PART, 1, 2)
    assert found[Step.ACTIONS] == (StepState.PART, 1, 2)
    assert found[Step.RESOURCES] == (StepState.PART, 1, 2)
    assert found[Step.RISKS] == (StepState.PART, 2, 3)
    assert found[Step.KPIS] == (StepState.PART, 1, 2)


def test_it_calls_the_direction_done_when_all_six_parts_are_there(plan: Plan) -> None:
    plan.where_we_are, plan.where_we_go = "Bận quanh năm", "Online"
    make_priority(plan)
    make_not_doing(plan)
    assert states(plan)[Step.DIRECTION] == (StepState.PART, 5, 6)

    make_assumption(plan)

    assert states(plan)[Step.DIRECTION] == (StepState.DONE, 6, 6)


def test_it_takes_one_query_for_the_progress(
    plan: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_goal(plan)

    with django_assert_num_queries(1):
        progress(plan)


def test_it_has_everything_done_on_an_approved_plan(plan: Plan) -> None:
    plan.status = PlanStatus.APPROVED

    assert {found.state for found in progress(plan)} == {StepState.DONE}


def test_it_counts_money_for_the_main_goal_only(plan: Plan) -> None:
    first, second = make_goal(plan), make_goal(plan)
    main = make_initiative(plan, "A", goals=(first, second))
    other = make_initiative(plan, "B", goals=(second,))
    make_initiative_budget(main, "MKT", 30)
    make_initiative_budget(main, "CAPEX", 12)
    risk = make_risk(plan, goals=(first,))
    make_risk(plan, goals=(first,), is_closed=True)

    ties = goal_ties(plan)

    assert (ties[first.pk].amount, ties[second.pk].amount) == (42, None)
    assert ties[first.pk].initiatives == [main]
    assert (ties[second.pk].initiatives, ties[second.pk].also_served_by) == ([other], [main])
    assert ties[first.pk].risks == [risk]


def test_it_adds_up_loads_with_daily_business(plan: Plan) -> None:
    ha, anh = make_person(plan, "Hà"), make_person(plan, "Anh")
    work = make_initiative(plan)
    make_allocation(anh, percent=80)
    make_allocation(anh, work, percent=35)
    make_allocation(ha, percent=60)

    table = load_table(plan, JANUARY)

    january = [row.cells[0] for row in table.rows]
    assert [cell.load for cell in january] == [Fraction(60, 100), Fraction(115, 100)]
    assert [cell.level for cell in january] == [LoadLevel.ROOMY, LoadLevel.FAR_OVER]
    assert table.over_count == 1


def test_it_names_the_ways_out_of_an_overload(plan: Plan) -> None:
    anh = make_person(plan, "Anh", hours_per_week=Decimal(48))
    ha = make_person(plan, "Hà", hours_per_week=Decimal(24))
    small, large = make_initiative(plan, "Nhỏ"), make_initiative(plan, "Lớn")
    make_allocation(anh, None, NOVEMBER, percent=40)
    make_allocation(anh, small, NOVEMBER, percent=20)
    make_allocation(anh, large, NOVEMBER, percent=55)
    make_allocation(ha, None, NOVEMBER, percent=50)

    (found,) = load_table(plan, NOVEMBER).overloads

    assert (found.person, found.month, found.hours) == (anh, NOVEMBER, 31)
    assert found.later == (Month(2026, 12),)
    assert [(helper.person, helper.hours) for helper in found.helpers] == [(ha, 52)]
    assert [cut.initiative for cut in found.cuts] == [large, small]


def test_it_offers_no_way_out_of_the_past(plan: Plan) -> None:
    make_allocation(make_person(plan), percent=120)

    table = load_table(plan, NOVEMBER)

    assert table.over_count == 1
    assert table.overloads == ()


@pytest.mark.parametrize("rows", [1, 30])
def test_it_reads_every_list_in_a_fixed_number_of_queries(
    plan: Plan, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for _ in range(rows):
        goal, person = make_goal(plan), make_person(plan)
        work = make_initiative(plan, goals=(goal,))
        make_initiative_budget(work)
        make_allocation(person, work, percent=130)
        make_risk(plan, goals=(goal,))

    with django_assert_num_queries(4):
        goal_ties(plan)
    with django_assert_num_queries(2):
        load_table(plan, JANUARY)
    with django_assert_num_queries(4):
        list(parts.initiatives_of(plan))
    with django_assert_num_queries(2):
        list(parts.risks_of(plan))


def test_it_joins_person_and_member_by_address(plan: Plan, owner: Membership) -> None:
    person = make_person(plan, email="lan@babycare.example")
    lan = make_member(plan.company, Role.STAFF, make_user("lan@babycare.example"))

    assert parts.person_of(plan, lan) == person
    assert parts.person_of(plan, owner) is None


def test_it_adds_up_what_initiatives_claim_of_a_line(plan: Plan) -> None:
    make_initiative_budget(make_initiative(plan), "MKT", 30)
    make_initiative_budget(make_initiative(plan), "MKT", 12)

    assert parts.initiative_budget_by_line(plan) == {"MKT": 42}
