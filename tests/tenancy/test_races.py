"""What two people do at the same moment comes out as if one had been first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from aop.errors import RuleViolation
from aop.tenancy.models import Company, Membership
from aop.tenancy.roles import Role
from aop.tenancy.services.companies import CompanyValues, create_company
from aop.tenancy.services.invitations import (
    InvitationGone,
    accept_invitation,
    create_invitation,
)
from aop.tenancy.services.members import remove_member
from tests.factories import make_company, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tasks: Callable[[], object]) -> list[str]:
    """Run all tasks at the same moment; return the name of each one's result or refusal."""
    start = Barrier(len(tasks))

    def run(task: Callable[[], object]) -> str:
        try:
            start.wait(timeout=10)
            return type(task()).__name__
        except (InvitationGone, RuleViolation) as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return sorted(pool.map(run, tasks))


def test_one_link_makes_one_member() -> None:
    owner = make_member(make_company())
    made = create_invitation(Role.STAFF, "", actor=owner, now=timezone.now())
    users = [make_user(f"p{number}@example.com") for number in range(4)]

    results = at_once(
        *(
            lambda user=user: accept_invitation(made.invitation.pk, user=user, now=timezone.now())
            for user in users
        )
    )

    assert results == ["InvitationGone"] * 3 + ["Membership"]
    assert Membership.objects.for_company(owner.company).count() == 2


def test_two_owners_cannot_both_be_removed() -> None:
    company = make_company()
    first = make_member(company, Role.OWNER, make_user("first@example.com"))
    second = make_member(company, Role.OWNER, make_user("second@example.com"))

    results = at_once(
        lambda: remove_member(second.pk, actor=first),
        lambda: remove_member(first.pk, actor=second),
    )

    assert results == ["NoneType", "RuleViolation"]
    assert Membership.objects.for_company(company).filter(role=Role.OWNER).count() == 1


def test_companies_of_one_name_get_addresses_of_their_own() -> None:
    values = CompanyValues("Mẹ Bé", "", "vi", "Asia/Ho_Chi_Minh")
    owners = [make_user(f"p{number}@example.com") for number in range(4)]

    at_once(
        *(
            lambda owner=owner: create_company(values, currency="VND", owner=owner)
            for owner in owners
        )
    )

    slugs = sorted(Company.objects.values_list("slug", flat=True))
    assert slugs == ["me-be", "me-be-2", "me-be-3", "me-be-4"]
