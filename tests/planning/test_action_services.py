from datetime import date

import pytest

from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from planning.models import Initiative, Milestone, Plan, PlanStatus
from planning.services import actions, milestones
from tests.factories import TODAY, make_goal, make_initiative, make_milestone

WORK = {"name": "Gian hàng", "start": date(2026, 1, 5), "end": date(2026, 10, 31)}


def approve(plan: Plan) -> None:
    plan.status = PlanStatus.APPROVED
    plan.save()


def goal_codes(initiative: Initiative) -> list[str]:
    return [link.goal.code for link in initiative.goal_links.select_related("goal")]


def last_action(member: Membership) -> AuditEntry:
    entry = AuditEntry.objects.for_company(member.company).first()
    assert entry is not None
    return entry


def test_it_adds_an_initiative_with_the_main_goal_first(plan: Plan, owner: Membership) -> None:
    first, second = make_goal(plan), make_goal(plan)

    initiative = actions.create_initiative(plan, WORK, goals=[second, first], actor=owner)

    assert initiative.code == "I1"
    assert goal_codes(initiative) == ["G2", "G1"]
    assert last_action(owner).changes["goals"] == [[], ["G2", "G1"]]


def test_it_puts_another_goal_first(plan: Plan, owner: Membership) -> None:
    first, second = make_goal(plan), make_goal(plan)
    initiative = make_initiative(plan, goals=(first, second))

    actions.update_initiative(initiative.pk, {}, goals=[second, first], actor=owner)

    assert goal_codes(initiative) == ["G2", "G1"]
    assert last_action(owner).changes == {"goals": [["G1", "G2"], ["G2", "G1"]]}


def test_it_writes_no_history_when_nothing_changes(plan: Plan, owner: Membership) -> None:
    initiative = make_initiative(plan)

    actions.update_initiative(initiative.pk, {"name": initiative.name}, actor=owner)

    assert not AuditEntry.objects.for_company(plan.company).exists()


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (date(2026, 5, 1), date(2026, 4, 1), "end"),
        (date(2025, 12, 31), date(2026, 4, 1), "start"),
        (date(2026, 5, 1), date(2027, 1, 1), "end"),
    ],
)
def test_it_refuses_impossible_dates(
    plan: Plan, owner: Membership, start: date, end: date, field: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        actions.create_initiative(plan, {"name": "X", "start": start, "end": end}, actor=owner)

    assert refused.value.field == field


def test_it_refuses_a_goal_of_another_plan(plan: Plan, owner: Membership) -> None:
    other = Plan.objects.create(
        company=plan.company, fiscal_year=2027, first_month=date(2027, 1, 1)
    )

    with pytest.raises(ValueError, match="another plan"):
        actions.create_initiative(plan, WORK, goals=[make_goal(other)], actor=owner)


def test_it_changes_an_initiative_of_an_approved_plan_but_keeps_it(
    plan: Plan, owner: Membership
) -> None:
    initiative = make_initiative(plan)
    approve(plan)

    actions.update_initiative(initiative.pk, {"status": "dropped"}, actor=owner)

    with pytest.raises(RuleViolation):
        actions.delete_initiative(initiative.pk, actor=owner)
    initiative.refresh_from_db()
    assert initiative.status == "dropped"


def test_it_moves_an_initiative_up(plan: Plan, owner: Membership) -> None:
    make_initiative(plan, "A")
    last = make_initiative(plan, "B")

    actions.move_initiative(last.pk, up=True, actor=owner)
    actions.move_initiative(last.pk, up=True, actor=owner)

    assert [row.name for row in plan.initiatives.all()] == ["B", "A"]


def test_it_tells_no_money_from_costs_nothing(plan: Plan, owner: Membership) -> None:
    initiative = make_initiative(plan)

    actions.set_initiative_budget(initiative.pk, "MKT", 0, actor=owner)
    assert [row.amount for row in initiative.budgets.all()] == [0]

    actions.set_initiative_budget(initiative.pk, "MKT", None, actor=owner)
    assert not initiative.budgets.exists()
    assert last_action(owner).changes == {"MKT": [0, None]}


def test_it_asks_why_the_money_of_an_approved_initiative_changes(
    plan: Plan, owner: Membership
) -> None:
    initiative = make_initiative(plan)
    approve(plan)

    with pytest.raises(RuleViolation) as refused:
        actions.set_initiative_budget(initiative.pk, "MKT", 5, actor=owner)
    actions.set_initiative_budget(initiative.pk, "MKT", 5, actor=owner, reason="Rẻ hơn dự kiến")

    assert refused.value.field == "reason"
    assert last_action(owner).reason == "Rẻ hơn dự kiến"


def test_it_refuses_money_below_zero(plan: Plan, owner: Membership) -> None:
    with pytest.raises(RuleViolation):
        actions.set_initiative_budget(make_initiative(plan).pk, "MKT", -1, actor=owner)


def test_it_moves_the_first_due_date_while_the_plan_is_a_draft(
    plan: Plan, owner: Membership
) -> None:
    milestone = make_milestone(make_initiative(plan))

    moved = milestones.update_milestone(milestone.pk, "X", date(2026, 5, 1), actor=owner)

    assert (moved.due, moved.first_due, moved.times_pushed) == (
        date(2026, 5, 1),
        date(2026, 5, 1),
        0,
    )


def test_it_counts_pushes_of_an_approved_milestone(plan: Plan, owner: Membership) -> None:
    milestone = make_milestone(make_initiative(plan), due=date(2026, 3, 31))
    approve(plan)

    for due in [date(2026, 4, 30), date(2026, 6, 30), date(2026, 6, 1)]:
        milestones.update_milestone(milestone.pk, milestone.name, due, actor=owner)

    milestone.refresh_from_db()
    assert (milestone.due, milestone.first_due) == (date(2026, 6, 1), date(2026, 3, 31))
    assert milestone.times_pushed == 2
    assert last_action(owner).plan_year == 2026


def test_it_marks_what_was_added_after_approval(plan: Plan, owner: Membership) -> None:
    initiative = make_initiative(plan)
    approved = make_milestone(initiative)
    approve(plan)

    added = milestones.create_milestone(initiative.pk, "Mới", date(2026, 12, 1), actor=owner)
    milestones.delete_milestone(added.pk, actor=owner)

    assert added.added_after_approval
    with pytest.raises(RuleViolation):
        milestones.delete_milestone(approved.pk, actor=owner)
    assert list(initiative.milestones.all()) == [approved]


def test_it_marks_a_milestone_done_and_opens_it_again(plan: Plan, owner: Membership) -> None:
    milestone = make_milestone(make_initiative(plan))

    done = milestones.mark_milestone_done(milestone.pk, TODAY, today=TODAY, actor=owner)
    opened = milestones.reopen_milestone(milestone.pk, actor=owner)

    assert done.done == TODAY
    assert opened.done is None


def test_it_refuses_a_milestone_done_tomorrow(plan: Plan, owner: Membership) -> None:
    milestone = make_milestone(make_initiative(plan))

    with pytest.raises(RuleViolation):
        milestones.mark_milestone_done(milestone.pk, date(2026, 11, 23), today=TODAY, actor=owner)


def test_it_moves_a_milestone_down(plan: Plan, owner: Membership) -> None:
    initiative = make_initiative(plan)
    first, second = make_milestone(initiative, "A"), make_milestone(initiative, "B")

    milestones.move_milestone(first.pk, up=False, actor=owner)

    assert list(initiative.milestones.all()) == [second, first]


def test_it_cannot_reach_the_work_of_another_company(plan: Plan, outsider: Membership) -> None:
    milestone = make_milestone(make_initiative(plan))

    with pytest.raises(Milestone.DoesNotExist):
        milestones.reopen_milestone(milestone.pk, actor=outsider)
