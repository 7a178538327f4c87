import pytest
from django.test import Client

from aop.tenancy.models import Company

VALUES = {
    "name": "Mẹ Bé",
    "industry": "Bán lẻ",
    "language": "en",
    "time_zone": "Asia/Tokyo",
}


def test_it_changes_the_company(company: Company, as_owner: Client) -> None:
    response = as_owner.post(f"/c/{company.slug}/settings/", VALUES)

    assert response.headers["Location"] == f"/c/{company.slug}/settings/"
    company.refresh_from_db()
    assert {field: getattr(company, field) for field in VALUES} == VALUES


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 201), ("language", "fr"), ("time_zone", "Mars/Olympus")],
)
def test_it_refuses_what_makes_no_company(
    field: str, value: str, company: Company, as_owner: Client
) -> None:
    response = as_owner.post(f"/c/{company.slug}/settings/", VALUES | {field: value})

    assert response.status_code == 422
    assert field in response.context["form"].errors
    company.refresh_from_db()
    assert company.name == "BabyCare House"


def test_it_takes_nothing_that_the_form_does_not_show(company: Company, as_owner: Client) -> None:
    extra = {"slug": "stolen", "currency": "USD", "id": "99", "created_at": "2000-01-01"}

    as_owner.post(f"/c/{company.slug}/settings/", VALUES | extra)

    stored = Company.objects.get(pk=company.pk)
    assert (stored.slug, stored.currency) == ("babycare-house", "VND")
    assert stored.created_at == company.created_at
