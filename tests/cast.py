"""The cast: one company with a member of each role, a stranger, and a browser for each.

`owner`, `accountant`, `staff`, `viewer` are memberships of `company`; `outsider` owns
another company. `as_owner` … `as_outsider` are clients that are signed in as them.
"""

import pytest
from django.test import Client

from aop.tenancy.models import Company, Membership
from aop.tenancy.roles import Role
from planning.models import Plan
from tests.factories import make_company, make_member, make_plan


@pytest.fixture
def company(db: None) -> Company:
    """BabyCare House, without a plan."""
    return make_company()


@pytest.fixture
def plan(company: Company) -> Plan:
    """The draft plan of 2026 of `company`: twelve open months and nothing else."""
    return make_plan(company)


@pytest.fixture
def owner(company: Company) -> Membership:
    return make_member(company, Role.OWNER)


@pytest.fixture
def accountant(company: Company) -> Membership:
    return make_member(company, Role.ACCOUNTANT)


@pytest.fixture
def staff(company: Company) -> Membership:
    return make_member(company, Role.STAFF)


@pytest.fixture
def viewer(company: Company) -> Membership:
    return make_member(company, Role.VIEWER)


@pytest.fixture
def outsider(db: None) -> Membership:
    """The owner of another company, who is nobody in `company`."""
    return make_member(make_company("other-shop", name="Other Shop"), Role.OWNER)


def signed_in(member: Membership) -> Client:
    """Return a browser in which `member` is signed in."""
    client = Client()
    client.force_login(member.user)
    return client


@pytest.fixture
def as_owner(owner: Membership) -> Client:
    return signed_in(owner)


@pytest.fixture
def as_accountant(accountant: Membership) -> Client:
    return signed_in(accountant)


@pytest.fixture
def as_staff(staff: Membership) -> Client:
    return signed_in(staff)


@pytest.fixture
def as_viewer(viewer: Membership) -> Client:
    return signed_in(viewer)


@pytest.fixture
def as_outsider(outsider: Membership) -> Client:
    return signed_in(outsider)
