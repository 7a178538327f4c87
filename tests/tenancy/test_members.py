import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Company, Membership
from aop.tenancy.roles import Role
from aop.tenancy.services.members import change_role, remove_member
from tests.factories import make_member, make_user


def test_it_changes_a_role(owner: Membership, staff: Membership) -> None:
    change_role(staff.pk, Role.ACCOUNTANT, actor=owner)

    staff.refresh_from_db()
    assert staff.role == Role.ACCOUNTANT
    entry = AuditEntry.objects.for_company(owner.company).get()
    assert entry.action == "tenancy.member.updated"
    assert entry.changes == {"role": ["staff", "accountant"]}


def test_it_keeps_the_last_owner(owner: Membership, staff: Membership) -> None:
    with pytest.raises(RuleViolation):
        change_role(owner.pk, Role.STAFF, actor=owner)
    with pytest.raises(RuleViolation):
        remove_member(owner.pk, actor=owner)

    owner.refresh_from_db()
    assert owner.role == Role.OWNER


def test_one_of_two_owners_may_go(owner: Membership, company: Company) -> None:
    second = make_member(company, Role.OWNER, make_user("second@babycare.example"))

    remove_member(owner.pk, actor=second)

    assert list(Membership.objects.for_company(company)) == [second]


def test_it_finds_no_member_of_another_company(owner: Membership, outsider: Membership) -> None:
    with pytest.raises(Membership.DoesNotExist):
        remove_member(outsider.pk, actor=owner)


def test_the_page_changes_a_role(company: Company, staff: Membership, as_owner: Client) -> None:
    url = f"/c/{company.slug}/members/{staff.pk}/"

    response = as_owner.post(url, {"role": "viewer"})

    assert response.headers["Location"] == f"/c/{company.slug}/members/"
    staff.refresh_from_db()
    assert staff.role == Role.VIEWER


def test_the_page_refuses_to_lose_the_last_owner(
    company: Company, owner: Membership, as_owner: Client
) -> None:
    response = as_owner.post(f"/c/{company.slug}/members/{owner.pk}/", {"role": "staff"})

    assert response.status_code == 422
    assert response.context["form"].errors["role"]


def test_the_page_refuses_a_role_that_is_none(
    company: Company, staff: Membership, as_owner: Client
) -> None:
    response = as_owner.post(f"/c/{company.slug}/members/{staff.pk}/", {"role": "emperor"})

    assert response.status_code == 422
    staff.refresh_from_db()
    assert staff.role == Role.STAFF


def test_the_page_removes_a_member(company: Company, staff: Membership, as_owner: Client) -> None:
    response = as_owner.post(f"/c/{company.slug}/members/{staff.pk}/remove/")

    assert response.status_code == 302
    assert not Membership.objects.for_company(company).filter(pk=staff.pk).exists()


def test_an_owner_who_steps_down_lands_at_the_front_door(
    company: Company, owner: Membership, as_owner: Client
) -> None:
    make_member(company, Role.OWNER, make_user("second@babycare.example"))

    response = as_owner.post(f"/c/{company.slug}/members/{owner.pk}/", {"role": "viewer"})

    assert response.headers["Location"] == "/"


def test_the_list_costs_the_same_for_many_members(
    company: Company, as_owner: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        make_member(company, Role.STAFF, make_user(f"p{number}@babycare.example"))

    with django_assert_max_num_queries(12):
        response = as_owner.get(f"/c/{company.slug}/members/")

    assert response.content.count(b"/remove/") == 31
