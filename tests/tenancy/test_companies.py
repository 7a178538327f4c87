import pytest
from django.core.exceptions import ValidationError

from aop.tenancy.models import SLUG_LENGTH, AuditEntry, Company, Membership
from aop.tenancy.naming import slug_of
from aop.tenancy.roles import Role
from aop.tenancy.services.companies import (
    CompanyValues,
    create_company,
    free_slug,
    update_company,
)
from tests.factories import make_company, make_user

VALUES = CompanyValues("Mẹ & Bé Đà Nẵng", "Bán lẻ", "vi", "Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("BabyCare House", "babycare-house"),
        ("Mẹ & Bé Đà Nẵng", "me-be-da-nang"),
        ("  Đặng Thị Ưu đãi ", "dang-thi-uu-dai"),
        ("Smørrebrød GmbH", "smorrebrod-gmbh"),
        ("北京小店", "company"),
        ("—", "company"),
        ("A" * 100, "a" * SLUG_LENGTH),
    ],
)
def test_it_makes_addresses_of_names(name: str, slug: str) -> None:
    assert slug_of(name, longest=SLUG_LENGTH, otherwise="company") == slug


@pytest.mark.django_db
def test_it_numbers_an_address_that_is_taken() -> None:
    make_company("babycare-house")
    make_company("babycare-house-2")

    assert free_slug("BabyCare House") == "babycare-house-3"


@pytest.mark.django_db
def test_it_keeps_a_numbered_address_within_its_length() -> None:
    make_company("a" * SLUG_LENGTH)

    assert free_slug("a" * 80) == "a" * (SLUG_LENGTH - 2) + "-2"


@pytest.mark.django_db
def test_it_starts_a_company_with_its_owner_and_a_line_in_the_history() -> None:
    user = make_user()

    membership = create_company(VALUES, currency="VND", owner=user)

    assert membership.role == Role.OWNER
    assert membership.company.slug == "me-be-da-nang"
    entry = AuditEntry.objects.for_company(membership.company).get()
    assert (entry.action, entry.actor) == ("tenancy.company.created", user)


@pytest.mark.django_db
def test_it_refuses_a_language_it_does_not_speak() -> None:
    values = CompanyValues("Shop", "", "fr", "Asia/Ho_Chi_Minh")

    with pytest.raises(ValidationError):
        create_company(values, currency="VND", owner=make_user())

    assert not Company.objects.exists()


def test_it_changes_a_company_but_not_its_address(owner: Membership) -> None:
    company = update_company(VALUES, actor=owner)

    company.refresh_from_db()
    assert (company.name, company.industry) == ("Mẹ & Bé Đà Nẵng", "Bán lẻ")
    assert company.slug == "babycare-house"
    entry = AuditEntry.objects.for_company(company).get()
    assert entry.changes["name"] == ["BabyCare House", "Mẹ & Bé Đà Nẵng"]


def test_it_writes_no_history_when_nothing_changes(owner: Membership) -> None:
    company = owner.company
    same = CompanyValues(company.name, company.industry, company.language, company.time_zone)

    update_company(same, actor=owner)

    assert not AuditEntry.objects.for_company(company).exists()
