from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from planning.models import Plan, PlanStatus, StillTrue
from planning.services import assumptions, direction, not_doing, priorities
from tests.factories import TODAY, make_assumption, make_not_doing, make_priority


def approve(plan: Plan) -> None:
    plan.status = PlanStatus.APPROVED
    plan.save()


def last_entry(member: Membership) -> AuditEntry:
    entry = AuditEntry.objects.for_company(member.company).first()
    assert entry is not None
    return entry


def test_it_saves_the_direction_and_counts_the_version(plan: Plan, owner: Membership) -> None:
    changes = {"where_we_are": "Bận quanh năm", "opening_stock_amount": 1_150_000_000}

    saved = direction.update_direction(plan.pk, changes, version=1, actor=owner)

    plan.refresh_from_db()
    assert (plan.where_we_are, plan.version, saved.version) == ("Bận quanh năm", 2, 2)
    assert last_entry(owner).changes == {
        "where_we_are": ["", "Bận quanh năm"],
        "opening_stock_amount": [None, 1_150_000_000],
    }


def test_it_keeps_the_version_when_nothing_changes(plan: Plan, owner: Membership) -> None:
    direction.update_direction(plan.pk, {"where_we_are": ""}, version=1, actor=owner)

    plan.refresh_from_db()
    assert plan.version == 1
    assert not AuditEntry.objects.for_company(plan.company).exists()


def test_it_does_not_overwrite_what_somebody_else_saved(plan: Plan, owner: Membership) -> None:
    direction.update_direction(plan.pk, {"where_we_go": "Online"}, version=1, actor=owner)

    with pytest.raises(direction.PlanChangedError) as conflict:
        direction.update_direction(plan.pk, {"where_we_go": "Cửa hàng"}, version=1, actor=owner)

    plan.refresh_from_db()
    assert conflict.value.stored.where_we_go == "Online"
    assert plan.where_we_go == "Online"


def test_it_freezes_the_direction_but_not_the_rhythm(plan: Plan, owner: Membership) -> None:
    approve(plan)

    with pytest.raises(RuleViolation):
        direction.update_direction(plan.pk, {"where_we_go": "X"}, version=1, actor=owner)
    direction.update_rhythm(plan.pk, {"review_day": 7}, version=1, actor=owner)

    plan.refresh_from_db()
    assert (plan.where_we_go, plan.review_day) == ("", 7)


Change = Callable[[Plan, Membership], Any]


def _priority(plan: Plan) -> int:
    return plan.priorities.get().pk


@pytest.mark.parametrize(
    "change",
    [
        lambda plan, owner: priorities.create_priority(plan, "Mới", actor=owner),
        lambda plan, owner: priorities.update_priority(_priority(plan), "Mới", actor=owner),
        lambda plan, owner: priorities.delete_priority(_priority(plan), actor=owner),
        lambda plan, owner: priorities.move_priority(_priority(plan), up=True, actor=owner),
        lambda plan, owner: not_doing.create_not_doing(plan, {"what": "Mới"}, actor=owner),
        lambda plan, owner: not_doing.update_not_doing(
            plan.not_doing.get().pk, {"what": "Mới"}, actor=owner
        ),
        lambda plan, owner: not_doing.delete_not_doing(plan.not_doing.get().pk, actor=owner),
        lambda plan, owner: not_doing.move_not_doing(
            plan.not_doing.get().pk, up=False, actor=owner
        ),
        lambda plan, owner: assumptions.create_assumption(plan, {"what": "Mới"}, actor=owner),
        lambda plan, owner: assumptions.update_assumption(
            plan.assumptions.get().pk, {"what": "Mới"}, actor=owner
        ),
        lambda plan, owner: assumptions.delete_assumption(plan.assumptions.get().pk, actor=owner),
        lambda plan, owner: assumptions.move_assumption(
            plan.assumptions.get().pk, up=True, actor=owner
        ),
    ],
)
def test_it_freezes_every_list_of_the_direction(
    plan: Plan, owner: Membership, change: Change
) -> None:
    make_priority(plan)
    make_not_doing(plan)
    make_assumption(plan)
    approve(plan)

    with pytest.raises(RuleViolation):
        change(plan, owner)

    assert not AuditEntry.objects.for_company(plan.company).exists()


def test_it_ranks_priorities(plan: Plan, owner: Membership) -> None:
    priorities.create_priority(plan, "Online", actor=owner)
    second = priorities.create_priority(plan, "Dòng tiền", actor=owner)
    third = priorities.create_priority(plan, "Kho", actor=owner)

    priorities.move_priority(third.pk, up=True, actor=owner)
    priorities.delete_priority(second.pk, actor=owner)

    assert [row.text for row in plan.priorities.all()] == ["Online", "Kho"]


def test_it_leaves_the_first_where_it_is(plan: Plan, owner: Membership) -> None:
    first = make_not_doing(plan)
    make_not_doing(plan, "Không tuyển thêm")

    not_doing.move_not_doing(first.pk, up=True, actor=owner)

    assert plan.not_doing.first() == first
    assert not AuditEntry.objects.for_company(plan.company).exists()


def test_it_keeps_the_answer_with_its_day_on_an_approved_plan(
    plan: Plan, owner: Membership
) -> None:
    row = make_assumption(plan)
    approve(plan)

    assumptions.answer_assumption(row.pk, StillTrue.NO, "Giá tăng 6 %", today=TODAY, actor=owner)

    row.refresh_from_db()
    assert (row.answer, row.answer_note, row.answered_on) == ("no", "Giá tăng 6 %", TODAY)
    assert last_entry(owner).changes["answered_on"] == [None, date(2026, 11, 22).isoformat()]


def test_it_asks_what_was_seen_when_an_assumption_breaks(plan: Plan, owner: Membership) -> None:
    row = make_assumption(plan)

    with pytest.raises(RuleViolation) as refused:
        assumptions.answer_assumption(row.pk, StillTrue.NO, " ", today=TODAY, actor=owner)

    assert refused.value.field == "note"
