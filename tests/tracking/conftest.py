"""The sample company, loaded once for each module of tests, on a day in November."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from aop.tenancy.models import Membership
from aop.tenancy.roles import Role
from planning.models import Plan
from tests.cast import signed_in
from tests.factories import make_member, make_user
from tracking.services.companies import Destination, load_company, sample_folder

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)  # in Hồ Chí Minh City
Reader = Callable[[Role], Client]


@pytest.fixture(scope="module")
def sample_plan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Plan]:
    """The plan of the sample company, undone after the module's last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        company = load_company(sample_folder(), Destination(slug="babycare"))
        yield Plan.objects.for_company(company).select_related("company").get()
        transaction.set_rollback(True)


@pytest.fixture
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's clock stands at noon on 22 November 2026."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def member_of(sample_plan: Plan, db: None) -> Callable[[Role], Membership]:
    """Make a member of the sample who reads English; owner and staff are people of the plan."""

    def member_of(role: Role) -> Membership:
        user = make_user(f"{role}@babycare.example", name=role.value, language="en")
        return make_member(sample_plan.company, role, user)

    return member_of


@pytest.fixture
def reader(member_of: Callable[[Role], Membership], november: None) -> Reader:
    """Open the sample in November as a member with a role."""
    return lambda role: signed_in(member_of(role))
