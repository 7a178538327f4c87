"""Milestones: added, pushed out, reached, opened again, put in order, removed."""

from datetime import date

import pytest
from django.test import Client

from planning.models import Initiative, Milestone, Plan, PlanStatus
from tests.factories import make_initiative, make_milestone

URL = "/c/babycare-house/2026/actions/"


@pytest.fixture
def initiative(plan: Plan) -> Initiative:
    return make_initiative(plan)


def approve(plan: Plan) -> None:
    plan.status, plan.approved_on = PlanStatus.APPROVED, date(2025, 12, 22)
    plan.save()


def test_it_adds_one(initiative: Initiative, as_owner: Client) -> None:
    url = f"{URL}{initiative.pk}/milestones/add/"

    answer = as_owner.post(url, {"name": "Mở gian hàng", "due": "2026-03-31"})

    row = Milestone.objects.get()
    assert answer.headers["Location"] == f"{URL}{initiative.pk}/#milestones"
    assert (row.name, row.due, row.added_after_approval) == (
        "Mở gian hàng",
        date(2026, 3, 31),
        False,
    )


def test_one_that_comes_later_is_marked(
    plan: Plan, initiative: Initiative, as_owner: Client
) -> None:
    approve(plan)
    as_owner.post(f"{URL}{initiative.pk}/milestones/add/", {"name": "Thêm", "due": "2026-12-01"})

    assert Milestone.objects.get().added_after_approval
    page = as_owner.get(f"{URL}{initiative.pk}/").content.decode()
    assert "thêm trong năm" in page or "added during the year" in page


@pytest.mark.parametrize("due", ["2027-01-01", "", "mai"])
def test_a_day_outside_the_year_is_refused(
    initiative: Initiative, as_owner: Client, due: str
) -> None:
    answer = as_owner.post(f"{URL}{initiative.pk}/milestones/add/", {"name": "X", "due": due})

    assert answer.status_code == 422
    assert answer.context["form"].errors["due"]


def test_a_later_day_counts_as_pushed_out(
    plan: Plan, initiative: Initiative, as_owner: Client
) -> None:
    row = make_milestone(initiative)
    approve(plan)

    assert as_owner.get(f"{URL}milestones/{row.pk}/edit/").status_code == 200
    as_owner.post(f"{URL}milestones/{row.pk}/edit/", {"name": row.name, "due": "2026-05-31"})

    row.refresh_from_db()
    assert (row.due, row.first_due, row.times_pushed) == (
        date(2026, 5, 31),
        date(2026, 3, 31),
        1,
    )
    page = as_owner.get(URL).content.decode()
    assert "lùi hạn 1 lần" in page or "pushed out once" in page


def test_it_is_reached_and_opened_again(initiative: Initiative, as_owner: Client) -> None:
    row = make_milestone(initiative)
    url = f"{URL}milestones/{row.pk}/"

    assert as_owner.get(f"{url}done/").status_code == 200
    as_owner.post(f"{url}done/", {"done": "2026-03-30"})
    row.refresh_from_db()
    assert row.done == date(2026, 3, 30)

    as_owner.post(f"{url}reopen/")
    row.refresh_from_db()
    assert row.done is None


def test_it_is_not_reached_in_the_future(initiative: Initiative, as_owner: Client) -> None:
    row = make_milestone(initiative)

    answer = as_owner.post(f"{URL}milestones/{row.pk}/done/", {"done": "2099-01-01"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["done"]


def test_they_change_places(initiative: Initiative, as_owner: Client) -> None:
    make_milestone(initiative, "Một")
    second = make_milestone(initiative, "Hai")

    answer = as_owner.post(
        f"{URL}milestones/{second.pk}/move/", {"to": "up"}, headers={"HX-Request": "true"}
    )

    assert 'id="milestones"' in answer.content.decode()
    assert list(initiative.milestones.values_list("name", flat=True)) == ["Hai", "Một"]


def test_a_draft_forgets_one(initiative: Initiative, as_owner: Client) -> None:
    row = make_milestone(initiative)

    assert as_owner.get(f"{URL}milestones/{row.pk}/delete/").status_code == 200
    as_owner.post(f"{URL}milestones/{row.pk}/delete/")
    assert not Milestone.objects.exists()


def test_what_was_approved_stays(plan: Plan, initiative: Initiative, as_owner: Client) -> None:
    row = make_milestone(initiative)
    approve(plan)

    assert as_owner.post(f"{URL}milestones/{row.pk}/delete/").status_code == 422
    assert Milestone.objects.exists()
    assert (
        f"milestones/{row.pk}/delete/"
        not in as_owner.get(f"{URL}{initiative.pk}/").content.decode()
    )
