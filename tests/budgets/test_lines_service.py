"""Adding, changing, ordering and removing lines: the rules behind the pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from budgets.models import BudgetLine, LineMonth
from budgets.services.lines import add_line, move_group, move_line, remove_line, update_line
from planning.models import Plan
from tests.factories import (
    make_commitment,
    make_entry,
    make_initiative,
    make_initiative_budget,
    make_kpi,
    make_line,
    make_month,
)


def approve(plan: Plan) -> None:
    plan.status = "approved"
    plan.save()


def codes(plan: Plan) -> list[str]:
    return list(
        BudgetLine.objects.for_company(plan.company)
        .filter(plan=plan)
        .values_list("code", flat=True)
    )


def test_it_gives_a_code_of_its_kind(plan: Plan, owner: Membership) -> None:
    add_line(plan.pk, {"name": "Thuê mặt bằng", "kind": "opex", "cash_lag": "1"}, actor=owner)
    add_line(plan.pk, {"name": "Điện nước", "kind": "opex", "cash_lag": "1"}, actor=owner)

    assert codes(plan) == ["FIX-1", "FIX-2"]


def test_it_keeps_a_typed_code_and_refuses_it_twice(plan: Plan, owner: Membership) -> None:
    values = {"name": "Thuê mặt bằng", "kind": "opex", "code": "RENT"}
    add_line(plan.pk, values, actor=owner)

    with pytest.raises(ValidationError):
        add_line(plan.pk, values, actor=owner)


def test_it_drops_cash_timing_where_no_money_moves(plan: Plan, owner: Membership) -> None:
    line = add_line(plan.pk, {"name": "Giá vốn", "kind": "cogs", "cash_lag": "1"}, actor=owner)

    assert line.cash_lag == ""


def test_it_computes_a_new_line_from_its_driver(plan: Plan, owner: Membership) -> None:
    revenue = make_line(plan, kind="revenue")
    make_month(revenue, Month(2026, 3), 200)

    line = add_line(
        plan.pk,
        {"name": "Phí sàn", "kind": "variable", "driver": revenue, "driver_ratio": Decimal("0.11")},
        actor=owner,
    )

    months = LineMonth.objects.for_company(plan.company).filter(line=line)
    assert months.get(first_day=date(2026, 3, 1)).planned_amount == 22


def test_it_recomputes_when_the_rate_changes(plan: Plan, owner: Membership) -> None:
    revenue = make_line(plan, kind="revenue")
    make_month(revenue, Month(2026, 3), 200)
    line = make_line(plan, kind="variable", driver=revenue, driver_ratio=Decimal("0.11"))

    update_line(line.pk, {"driver_ratio": Decimal("0.5")}, actor=owner)

    assert line.months.get(first_day=date(2026, 3, 1)).planned_amount == 100


def test_it_refuses_a_driver_that_is_no_revenue(plan: Plan, owner: Membership) -> None:
    rent = make_line(plan, kind="opex")

    with pytest.raises(RuleViolation):
        add_line(plan.pk, {"name": "Phí", "kind": "variable", "driver": rent}, actor=owner)


def test_it_refuses_a_line_that_drives_itself_by_way_of_another(
    plan: Plan, owner: Membership
) -> None:
    first = make_line(plan, kind="revenue")
    second = make_line(plan, kind="revenue", driver=first, driver_ratio=Decimal(1))

    with pytest.raises(RuleViolation):
        update_line(first.pk, {"driver": second, "driver_ratio": Decimal(1)}, actor=owner)


def test_it_refuses_to_turn_a_driver_into_a_cost(plan: Plan, owner: Membership) -> None:
    revenue = make_line(plan, kind="revenue")
    make_line(plan, "Phí sàn", kind="variable", driver=revenue, driver_ratio=Decimal(1))

    with pytest.raises(RuleViolation, match="Phí sàn"):
        update_line(revenue.pk, {"kind": "opex"}, actor=owner)


def test_it_changes_only_what_lives_on_once_approved(plan: Plan, owner: Membership) -> None:
    line = make_line(plan)
    approve(plan)

    update_line(line.pk, {"policy": "reason", "note": "Hỏi trước"}, actor=owner)
    with pytest.raises(RuleViolation):
        update_line(line.pk, {"name": "Tên khác"}, actor=owner)

    line.refresh_from_db()
    assert (line.policy, line.name) == ("reason", "Quảng cáo mạng xã hội")


def test_it_adds_a_line_without_money_to_an_approved_plan(plan: Plan, owner: Membership) -> None:
    revenue = make_line(plan, kind="revenue")
    make_month(revenue)
    approve(plan)

    line = add_line(
        plan.pk,
        {"name": "Phí mới", "kind": "variable", "driver": revenue, "driver_ratio": Decimal(1)},
        actor=owner,
    )

    assert not LineMonth.objects.for_company(plan.company).filter(line=line).exists()
    assert line.driver_ratio is None


def test_it_says_where_a_line_is_still_used(plan: Plan, owner: Membership) -> None:
    line = make_line(plan, kind="revenue")
    make_entry(line)
    make_commitment(line)
    make_kpi(plan, "Tỷ trọng online", measure={"ratio": {"of": [line.code], "to": ["X"]}})
    make_initiative_budget(make_initiative(plan, "Gian hàng"), line.code)
    make_line(plan, "Phí sàn", driver=line)

    with pytest.raises(RuleViolation) as refused:
        remove_line(line.pk, actor=owner)

    text = str(refused.value)
    assert all(use in text for use in ("(1)", "Tỷ trọng online", "Gian hàng", "Phí sàn"))
    assert text.count("(1)") == 2


def test_it_removes_a_line_that_nothing_uses(plan: Plan, owner: Membership) -> None:
    line = make_line(plan)
    make_month(line)

    remove_line(line.pk, actor=owner)

    assert codes(plan) == []
    assert AuditEntry.objects.for_company(plan.company).get().subject_name == str(line)


def test_it_keeps_the_lines_of_an_approved_plan(plan: Plan, owner: Membership) -> None:
    line = make_line(plan)
    make_month(line)
    approve(plan)

    with pytest.raises(RuleViolation):
        remove_line(line.pk, actor=owner)


def test_it_moves_a_line_inside_its_group(plan: Plan, owner: Membership) -> None:
    for code, group in (("A", "1"), ("B", "2"), ("C", "1")):
        make_line(plan, code=code, group=group)
    last = BudgetLine.objects.for_company(plan.company).get(code="C")

    move_line(last.pk, up=True, actor=owner)
    move_line(last.pk, up=True, actor=owner)

    assert codes(plan) == ["C", "A", "B"]


def test_it_moves_a_whole_group(plan: Plan, owner: Membership) -> None:
    for code, group in (("A", "1"), ("B", "2"), ("C", "1")):
        make_line(plan, code=code, group=group)
    first = BudgetLine.objects.for_company(plan.company).get(code="A")

    move_group(first.pk, up=False, actor=owner)

    assert codes(plan) == ["B", "A", "C"]
