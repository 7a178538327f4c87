"""Every page of the sample company: how long the server takes, and how many queries."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aop.tenancy.models import Company, Membership, User
from aop.tenancy.roles import Role
from bench.measurement import Measurement, medians
from tests.tenancy.walking import YEAR, Address, addresses, url_of
from tracking.services.companies import Destination, load_company, sample_folder

OK, BROKEN = 200, 500


def measure() -> Iterator[Measurement]:
    """Measure each page beside the page with nothing on it."""
    owner = User.objects.create_user("bench@babycare.example")
    company = load_company(sample_folder(), Destination(owner=owner))
    assert Membership.objects.for_company(company).get(user=owner).role == Role.OWNER
    client = Client(raise_request_exception=False)
    client.force_login(owner)
    floor = reverse("floor", kwargs={"company_slug": company.slug, "year": YEAR})
    for page in pages(company, client):
        yield _measured(page, url_of(page, company), floor, client)


def pages(company: Company, client: Client) -> Iterator[Address]:
    """Yield the addresses that answer a plain GET with a page of the sample company."""
    for address in addresses():
        if "company_slug" not in address.params or address.name == "floor":
            continue
        try:
            answer = client.get(url_of(address, company))
        except LookupError:
            continue  # the sample has no such row: an open invitation, say
        if answer.status_code >= BROKEN:
            raise SystemExit(f"{address.name} is broken: {url_of(address, company)}")
        if answer.status_code == OK and answer.headers["Content-Type"].startswith("text/html"):
            yield address


def _measured(page: Address, url: str, floor: str, client: Client) -> Measurement:
    with CaptureQueriesContext(connection) as queries:
        size = len(client.get(url).content)
        asked = len(queries)  # now: the next request empties the log
    taken, least = medians(lambda: client.get(url), lambda: client.get(floor))
    notes = {"queries": asked, "kilobytes": round(size / 1024, 1)}
    return Measurement(page.name, taken, "a page with nothing on it", least, notes)
