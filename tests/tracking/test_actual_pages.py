"""The page to log on: my lines, one form, what is left, and the way out of a closed month."""

import pytest
from django.test import Client

from aop.calc.months import Month
from aop.tenancy.models import Membership
from budgets.models import BudgetLine, LineMonth
from planning.models import Plan, PlanStatus
from tests.factories import (
    close_month,
    make_entry,
    make_initiative,
    make_line,
    make_milestone,
    make_person,
    make_year,
)
from tracking.models import Entry

PAGE = "/c/babycare-house/2026/actuals/2026-01/"


@pytest.fixture
def line(plan: Plan) -> BudgetLine:
    plan.status = PlanStatus.APPROVED
    plan.save()
    line = make_line(plan, name="Quảng cáo trên sàn")
    make_year(line, 26_000_000)
    return line


@pytest.fixture
def my_line(line: BudgetLine, staff: Membership) -> BudgetLine:
    line.owner = make_person(line.plan, email=staff.user.email)
    line.save()
    return line


def typed(line: BudgetLine, amount: str = "12tr5", **more: str) -> dict[str, str]:
    return {"line": str(line.pk), "amount": amount, "date": "2026-01-15", "key": "k1", **more}


def kept(line: BudgetLine) -> int | None:
    cells = LineMonth.objects.for_company(line.company).filter(line=line)
    return cells.get(first_day=Month(2026, 1).first_day).actual_amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [("12tr5", 12_500_000), ("1,5 tỷ", 1_500_000_000), ("1.500.000", 1_500_000), ("350k", 350_000)],
)
def test_staff_log_as_they_speak(
    my_line: BudgetLine, as_staff: Client, text: str, amount: int
) -> None:
    response = as_staff.post(PAGE, typed(my_line, text))

    assert response.status_code == 302
    assert kept(my_line) == amount


@pytest.mark.parametrize("text", ["mười hai", "", "1,250", "12.5", "0"])
def test_an_amount_that_is_none_or_unclear_books_nothing(
    my_line: BudgetLine, as_staff: Client, text: str
) -> None:
    response = as_staff.post(PAGE, typed(my_line, text))

    assert response.status_code == 422
    assert kept(my_line) is None


def test_a_double_tap_books_once(my_line: BudgetLine, as_staff: Client) -> None:
    as_staff.post(PAGE, typed(my_line))
    as_staff.post(PAGE, typed(my_line))

    assert kept(my_line) == 12_500_000


def test_a_day_of_another_month_is_asked_about(my_line: BudgetLine, as_staff: Client) -> None:
    response = as_staff.post(PAGE, typed(my_line, date="2026-02-01"))

    assert response.status_code == 422
    assert kept(my_line) is None


def test_a_line_of_somebody_else_is_not_offered(line: BudgetLine, as_staff: Client) -> None:
    page = as_staff.get(PAGE)
    as_staff.post(PAGE, typed(line))

    assert line.name not in page.text
    assert kept(line) is None


def test_a_private_line_is_not_even_the_own_ones(
    my_line: BudgetLine, as_staff: Client, as_owner: Client
) -> None:
    my_line.is_private = True
    my_line.save()

    assert my_line.name not in as_staff.get(PAGE).text
    assert my_line.name in as_owner.get(PAGE).text


def test_a_closed_month_shows_the_way_out_and_takes_nothing(
    my_line: BudgetLine, as_staff: Client
) -> None:
    close_month(my_line.plan, Month(2026, 1))

    response = as_staff.post(PAGE, typed(my_line))

    assert response.status_code == 422
    assert kept(my_line) is None


def test_staff_correct_withdraw_and_bring_back_their_own(
    my_line: BudgetLine, as_staff: Client
) -> None:
    as_staff.post(PAGE, typed(my_line))
    entry = Entry.objects.for_company(my_line.company).get()
    base = f"/c/babycare-house/2026/entries/{entry.pk}"

    as_staff.post(f"{base}/edit/", typed(my_line, "11tr", version=str(entry.version)))
    corrected = kept(my_line)
    as_staff.post(f"{base}/withdraw/")
    withdrawn = kept(my_line)
    as_staff.post(f"{base}/restore/")

    assert (corrected, withdrawn, kept(my_line)) == (11_000_000, None, 11_000_000)


def test_the_log_leads_to_the_first_open_month(my_line: BudgetLine, as_staff: Client) -> None:
    close_month(my_line.plan, Month(2026, 1))

    response = as_staff.get("/c/babycare-house/2026/actuals/")

    assert response.headers["Location"].endswith("/actuals/2026-02/")


def test_a_month_outside_the_year_is_not_there(my_line: BudgetLine, as_staff: Client) -> None:
    assert as_staff.get(PAGE.replace("2026-01", "2027-01")).status_code == 404


def test_staff_mark_their_own_milestone_done(my_line: BudgetLine, as_staff: Client) -> None:
    initiative = make_initiative(my_line.plan, owner=my_line.owner)
    milestone = make_milestone(initiative)
    other = make_milestone(make_initiative(my_line.plan))
    base = "/c/babycare-house/2026/milestones"

    as_staff.post(f"{base}/{milestone.pk}/done/")
    refused = as_staff.post(f"{base}/{other.pk}/done/")

    milestone.refresh_from_db()
    assert milestone.done is not None
    assert refused.status_code == 404


@pytest.mark.parametrize("count", [10, 200])
def test_the_queries_do_not_grow(
    my_line: BudgetLine,
    as_owner: Client,
    count: int,
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    for _number in range(count):
        make_entry(make_line(my_line.plan))

    with django_assert_max_num_queries(25):  # type: ignore[operator]  # the fixture is a function
        as_owner.get(PAGE)
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # the fixture is a function
        as_owner.get(f"{PAGE}entries/")
