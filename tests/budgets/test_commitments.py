"""Commitments: promised money, its pages and rules."""

import pytest
from django.test import Client

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from budgets.models import Commitment
from budgets.services.commitments import Promise, add_commitment
from planning.models import Plan
from tests.budgets.pages import address
from tests.factories import close_month, make_commitment, make_line

PROMISE = {"note": "Hợp đồng livestream", "amount": "6tr", "month": "2026-11"}


def commitments(plan: Plan) -> list[Commitment]:
    return list(Commitment.objects.for_company(plan.company).filter(plan=plan))


def test_it_notes_a_promise(as_accountant: Client, plan: Plan) -> None:
    line = make_line(plan)

    as_accountant.post(address(plan, "commitment_add", line_id=line.pk), PROMISE)

    (found,) = commitments(plan)
    assert (found.code, found.amount, found.status) == ("C1", 6_000_000, "open")
    assert str(Month.of(found.first_day)) == "2026-11"


@pytest.mark.parametrize("broken", [{"amount": "0"}, {"amount": ""}, {"month": "2027-01"}])
def test_it_refuses_a_promise_of_nothing(
    as_owner: Client, plan: Plan, broken: dict[str, str]
) -> None:
    line = make_line(plan)

    answer = as_owner.post(address(plan, "commitment_add", line_id=line.pk), {**PROMISE, **broken})

    assert answer.status_code == 422
    assert commitments(plan) == []


@pytest.mark.parametrize("kind", ["revenue", "cogs", "financing", "contingency"])
def test_it_refuses_kinds_without_a_limit(plan: Plan, owner: Membership, kind: str) -> None:
    line = make_line(plan, kind=kind)

    with pytest.raises(RuleViolation):
        add_commitment(line.pk, Promise(Month(2026, 11), 5, "x"), actor=owner)


def test_it_refuses_a_closed_month(plan: Plan, owner: Membership) -> None:
    close_month(plan, Month(2026, 1))

    with pytest.raises(RuleViolation):
        add_commitment(make_line(plan).pk, Promise(Month(2026, 1), 5, "x"), actor=owner)


def test_it_closes_a_promise_that_was_kept(as_owner: Client, plan: Plan) -> None:
    commitment = make_commitment(make_line(plan))

    as_owner.post(address(plan, "commitment_close", commitment_id=commitment.pk))

    assert commitments(plan)[0].status == "closed"


def test_it_cancels_after_asking_and_remembers(as_owner: Client, plan: Plan) -> None:
    commitment = make_commitment(make_line(plan), amount=5_000_000)
    url = address(plan, "commitment_cancel", commitment_id=commitment.pk)

    assert commitment.note in as_owner.get(url).content.decode()
    as_owner.post(url)

    assert commitments(plan) == []
    entry = AuditEntry.objects.for_company(plan.company).get()
    assert entry.changes == {"amount": [5_000_000, None]}


def test_it_lists_what_is_open(as_viewer: Client, plan: Plan) -> None:
    line = make_line(plan)
    make_commitment(line, amount=5_000_000)
    make_commitment(line, amount=9_000_000, status="closed")

    page = as_viewer.get(address(plan, "commitment_list"))

    assert page.context["open_total"] == 5_000_000
    assert len(page.context["page"].object_list) == 2


def test_it_hides_promises_on_private_lines(as_staff: Client, plan: Plan) -> None:
    make_commitment(make_line(plan, is_private=True), note="Thưởng riêng")

    page = as_staff.get(address(plan, "commitment_list"))

    assert "Thưởng riêng" not in page.content.decode()
    assert page.context["open_total"] == 0


@pytest.mark.parametrize("name", ["commitment_close", "commitment_cancel"])
def test_it_lets_staff_change_nothing(as_staff: Client, plan: Plan, name: str) -> None:
    commitment = make_commitment(make_line(plan))

    answer = as_staff.post(address(plan, name, commitment_id=commitment.pk))

    assert answer.status_code == 403
    assert commitments(plan)[0].status == "open"


@pytest.mark.parametrize("name", ["commitment_close", "commitment_cancel"])
def test_it_finds_no_promise_of_others(as_outsider: Client, plan: Plan, name: str) -> None:
    commitment = make_commitment(make_line(plan))

    url = address(plan, name, commitment_id=commitment.pk)

    assert as_outsider.post(url).status_code == 404


def test_it_closes_by_post_only(as_owner: Client, plan: Plan) -> None:
    commitment = make_commitment(make_line(plan))

    url = address(plan, "commitment_close", commitment_id=commitment.pk)

    assert as_owner.get(url).status_code == 405
