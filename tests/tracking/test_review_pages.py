"""The review pages: prepared numbers, what was said, close and reopen."""

import pytest
from django.test import Client

from aop.calc.months import Month
from budgets.models import PlanMonth
from planning.models import Plan, PlanStatus
from tests.factories import close_month, make_line, make_year
from tracking.models import Review
from tracking.queries.reviews import is_review_month

PAGE = "/c/babycare-house/2026/reviews/2026-01/"


@pytest.fixture
def plan_in_force(plan: Plan) -> Plan:
    plan.status = PlanStatus.APPROVED
    plan.save()
    make_year(make_line(plan))
    return plan


def said(**more: str) -> dict[str, str]:
    return {"note": "Online hụt 5 %", "agreed": "Đăng lại 50 mã", "version": "0", **more}


def test_it_keeps_what_was_said(plan_in_force: Plan, as_owner: Client) -> None:
    response = as_owner.post(PAGE, said(new_risk="Sàn tăng phí"))

    review = Review.objects.for_company(plan_in_force.company).get()
    assert response.status_code == 302
    assert (review.note, review.agreed, review.new_risk) == (
        "Online hụt 5 %",
        "Đăng lại 50 mã",
        "Sàn tăng phí",
    )


def test_two_people_never_overwrite_each_other(plan_in_force: Plan, as_owner: Client) -> None:
    as_owner.post(PAGE, said())

    response = as_owner.post(PAGE, said(note="Bản của tôi"))

    assert response.status_code == 422
    assert "Bản của tôi" in response.text
    assert "Online hụt 5 %" in response.text


def test_it_closes_and_reopens_with_a_reason(plan_in_force: Plan, as_owner: Client) -> None:
    as_owner.post(f"{PAGE}close/")
    assert _january(plan_in_force).is_closed

    refused = as_owner.post(f"{PAGE}reopen/", {"reason": ""})
    as_owner.post(f"{PAGE}reopen/", {"reason": "Hóa đơn đến muộn"})

    assert refused.status_code == 422
    assert not _january(plan_in_force).is_closed


def test_it_counts_cash_before_the_close(plan_in_force: Plan, as_accountant: Client) -> None:
    as_accountant.post(f"{PAGE}count/", {"cash": "12tr5"})

    assert _january(plan_in_force).cash_counted_amount == 12_500_000


def test_an_amount_that_is_none_changes_nothing(plan_in_force: Plan, as_owner: Client) -> None:
    response = as_owner.post(f"{PAGE}count/", {"cash": "mười"})

    assert response.status_code == 422
    assert _january(plan_in_force).cash_counted_amount is None


def test_a_month_that_is_not_there_yet_has_no_review(plan_in_force: Plan, as_owner: Client) -> None:
    assert as_owner.get(PAGE.replace("2026-01", "2026-03")).status_code == 404
    assert as_owner.get(PAGE.replace("2026-01", "2027-01")).status_code == 404


def test_a_viewer_reads_and_changes_nothing(plan_in_force: Plan, as_viewer: Client) -> None:
    as_viewer.post(PAGE, said())

    assert as_viewer.get(PAGE).status_code == 200
    assert not Review.objects.for_company(plan_in_force.company).exists()


def test_private_lines_stay_out_of_the_review_of_others(
    plan_in_force: Plan, as_viewer: Client, as_owner: Client
) -> None:
    salary = make_line(plan_in_force, name="Lương", is_private=True)
    make_year(salary, 50_000_000)
    close_month(plan_in_force, Month(2026, 1))

    assert "Lương" in as_owner.get(PAGE).text
    assert "Lương" not in as_viewer.get(PAGE).text


@pytest.mark.parametrize("count", [10, 200])
def test_the_queries_do_not_grow_with_the_lines(
    plan_in_force: Plan,
    as_owner: Client,
    count: int,
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    for _number in range(count):
        make_line(plan_in_force)

    with django_assert_max_num_queries(25):  # type: ignore[operator]  # the fixture is a function
        as_owner.get(PAGE)


def test_a_quarterly_plan_is_reviewed_every_third_month(plan: Plan) -> None:
    plan.review_every = "quarter"

    assert [n for n in range(1, 13) if is_review_month(plan, n)] == [3, 6, 9, 12]


def _january(plan: Plan) -> PlanMonth:
    months = PlanMonth.objects.for_company(plan.company)
    return months.get(plan=plan, first_day=Month(2026, 1).first_day)
