"""The planned amount of a line-month: versions, locks, computed lines, history."""

import threading
from decimal import Decimal

import pytest
from django.db import connection

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from budgets.models import BudgetLine, LineMonth
from budgets.services.months import (
    FIRST_VERSION,
    Conflict,
    TypedCell,
    VersionConflict,
    Written,
    set_cells,
    set_planned,
)
from planning.models import Plan
from tests.factories import (
    close_month,
    make_company,
    make_line,
    make_member,
    make_month,
    make_plan,
    make_year,
)

MAY = Month(2026, 5)
JUNE = Month(2026, 6)


def cell(line: BudgetLine, month: Month = MAY) -> LineMonth:
    return LineMonth.objects.for_company(line.company).get(line=line, first_day=month.first_day)


def test_it_writes_a_cell_that_had_no_row(plan: Plan, owner: Membership) -> None:
    line = make_line(plan)

    written = set_planned(line.pk, MAY, 12_000_000, FIRST_VERSION, actor=owner)

    assert [(w.amount, w.version) for w in written] == [(12_000_000, 2)]
    assert cell(line).planned_amount == 12_000_000
    assert cell(line).changed_by == owner.user


def test_it_empties_a_cell_which_is_not_the_same_as_0(plan: Plan, owner: Membership) -> None:
    line = make_line(plan)
    make_month(line, MAY, 5)

    set_planned(line.pk, MAY, None, 1, actor=owner)

    assert cell(line).planned_amount is None


def test_it_refuses_an_old_version_and_tells_what_stands_there(
    plan: Plan, owner: Membership, accountant: Membership
) -> None:
    line = make_line(plan)
    set_planned(line.pk, MAY, 7, 1, actor=accountant)

    with pytest.raises(VersionConflict) as refused:
        set_planned(line.pk, MAY, 9, 1, actor=owner)

    (conflict,) = refused.value.conflicts
    assert (conflict.theirs, conflict.version, conflict.who) == (7, 2, str(accountant.user))
    assert cell(line).planned_amount == 7


def test_it_settles_by_itself_when_both_typed_the_same(
    plan: Plan, owner: Membership, accountant: Membership
) -> None:
    line = make_line(plan)
    set_planned(line.pk, MAY, 7, 1, actor=accountant)

    (written,) = set_planned(line.pk, MAY, 7, 1, actor=owner)

    assert written.version == 2
    assert cell(line).changed_by == accountant.user


def test_it_writes_all_months_of_a_line_or_none(plan: Plan, owner: Membership) -> None:
    line = make_line(plan)
    make_year(line)
    set_planned(line.pk, JUNE, 1, 1, actor=owner)

    with pytest.raises(VersionConflict) as refused:
        set_cells(line.pk, [TypedCell(MAY, 3, 1), TypedCell(JUNE, 3, 1)], actor=owner)

    assert [conflict.month for conflict in refused.value.conflicts] == [JUNE]
    assert cell(line, MAY).planned_amount == 10_000_000


def test_it_keeps_before_and_after_in_the_history(plan: Plan, owner: Membership) -> None:
    line = make_line(plan, is_private=True)
    make_month(line, MAY, 5)

    set_planned(line.pk, MAY, 8, 1, actor=owner)

    entry = AuditEntry.objects.for_company(plan.company).get()
    assert entry.changes == {"2026-05": [5, 8]}
    assert (entry.subject_id, entry.is_private) == (line.pk, True)


def test_it_recomputes_the_lines_that_follow(plan: Plan, owner: Membership) -> None:
    revenue = make_line(plan, "Doanh thu online", kind="revenue")
    fee = make_line(plan, kind="variable", driver=revenue, driver_ratio=Decimal("0.11"))

    written = set_planned(revenue.pk, MAY, 1_005, 1, actor=owner)

    assert {w.line_id: w.amount for w in written} == {revenue.pk: 1_005, fee.pk: 111}
    assert cell(fee).planned_amount == 111


def test_it_empties_a_computed_cell_with_its_driver(plan: Plan, owner: Membership) -> None:
    revenue = make_line(plan, kind="revenue")
    fee = make_line(plan, kind="variable", driver=revenue, driver_ratio=Decimal("0.11"))
    set_planned(revenue.pk, MAY, 1_000, 1, actor=owner)

    set_planned(revenue.pk, MAY, None, 2, actor=owner)

    assert cell(fee).planned_amount is None


def test_it_refuses_to_type_over_a_computed_line(plan: Plan, owner: Membership) -> None:
    revenue = make_line(plan, kind="revenue")
    fee = make_line(plan, kind="variable", driver=revenue, driver_ratio=Decimal("0.11"))

    with pytest.raises(RuleViolation, match=str(revenue)):
        set_planned(fee.pk, MAY, 5, 1, actor=owner)


def test_it_refuses_an_approved_plan(plan: Plan, owner: Membership) -> None:
    line = make_line(plan)
    plan.status = "approved"
    plan.save()

    with pytest.raises(RuleViolation):
        set_planned(line.pk, MAY, 5, 1, actor=owner)


def test_it_refuses_a_closed_month(plan: Plan, owner: Membership) -> None:
    line = make_line(plan)
    close_month(plan, MAY)

    with pytest.raises(RuleViolation):
        set_cells(line.pk, [TypedCell(JUNE, 5, 1), TypedCell(MAY, 5, 1)], actor=owner)

    assert not LineMonth.objects.for_company(plan.company).exists()


def test_it_refuses_a_month_of_another_year(plan: Plan, owner: Membership) -> None:
    with pytest.raises(RuleViolation):
        set_planned(make_line(plan).pk, Month(2027, 1), 5, 1, actor=owner)


@pytest.mark.parametrize(("kind", "is_refused"), [("opex", True), ("revenue", False)])
def test_it_takes_a_negative_amount_for_some_kinds_only(
    plan: Plan, owner: Membership, kind: str, is_refused: bool
) -> None:
    line = make_line(plan, kind=kind)

    if is_refused:
        with pytest.raises(RuleViolation):
            set_planned(line.pk, MAY, -5, 1, actor=owner)
    else:
        set_planned(line.pk, MAY, -5, 1, actor=owner)

    amounts = LineMonth.objects.for_company(plan.company).values_list("planned_amount", flat=True)
    assert list(amounts) == ([] if is_refused else [-5])


def test_it_does_not_find_a_line_of_another_company(plan: Plan, outsider: Membership) -> None:
    with pytest.raises(BudgetLine.DoesNotExist):
        set_planned(make_line(plan).pk, MAY, 5, 1, actor=outsider)


def _add(line_id: int, owner: Membership, amount_each: int) -> None:
    """Five times: read the cell, add to it, write; on a conflict look again, as people do."""
    seen: Written | Conflict = Written(line_id, MAY, None, FIRST_VERSION)
    done = 0
    while done < 5:
        stands = seen.amount if isinstance(seen, Written) else seen.theirs
        try:
            (seen,) = set_planned(
                line_id, MAY, (stands or 0) + amount_each, seen.version, actor=owner
            )
            done += 1
        except VersionConflict as refused:
            (seen,) = refused.conflicts
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_it_loses_nothing_when_eight_people_write_one_cell() -> None:
    company = make_company("eight-writers")
    owner = make_member(company)
    line = make_line(make_plan(company))
    writers = [
        threading.Thread(target=_add, args=(line.pk, owner, 10**place)) for place in range(8)
    ]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert (cell(line).planned_amount, cell(line).version) == (55_555_555, 41)
