"""Every address by every method for everybody, as `permissions.csv` says."""

import hashlib
import re
from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from aop.tenancy.models import Company, Membership
from aop.tenancy.roles import Role
from planning.models import Plan
from tests.cast import signed_in
from tests.factories import (
    make_company,
    make_invitation,
    make_kpi,
    make_member,
    make_plan,
    make_user,
)
from tests.tenancy.walking import (
    METHODS,
    STAFF,
    SUBJECTS,
    addresses,
    ask,
    known,
    proposal,
    table,
    url_of,
)
from tracking.models import SummaryLink
from tracking.services.companies import Destination, load_company, sample_folder

MOST_QUERIES = 25
TRANSACTION = re.compile(r"SAVEPOINT|RELEASE|BEGIN|SELECT set_config")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
ROWS = sorted(known())
OF_COMPANY = [name for name in ROWS if "company_slug" in known()[name].params]
WITH_ROWS = [
    name for name in OF_COMPANY if any(p.endswith(("_id", "number")) for p in known()[name].params)
]


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    """The sample company, loaded once for all tests here and undone after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_company(sample_folder(), Destination())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(sample: Company) -> dict[str, Client]:
    """A browser for each subject, signed in once."""
    plan = Plan.objects.for_company(sample).get()
    SummaryLink.objects.create(company=sample, plan=plan, token_digest="0" * 64)
    make_kpi(plan, measure={"manual": True})
    user = make_user(STAFF)  # a person of the plan, who has lines of their own
    staff = make_member(sample, Role.STAFF, user)
    others = {str(role): make_member(sample, role) for role in Role if role != Role.STAFF}
    stranger = make_member(make_company("other-shop"), Role.OWNER)
    make_invitation(sample)
    people: dict[str, Membership] = {"outsider": stranger, "staff": staff, **others}
    return {"anonymous": Client(), **{name: signed_in(one) for name, one in people.items()}}


@pytest.fixture
def clients(browsers: dict[str, Client], db: None) -> dict[str, Client]:
    """The browsers, in a test whose changes are undone."""
    return deepcopy(browsers)


def digest() -> str:
    """Return a sum over every row of ours."""
    rows = [
        serializers.serialize("json", model._default_manager.order_by("pk"))
        for app in ("tenancy", "jobs", "planning", "budgets", "tracking")
        for model in apps.get_app_config(app).get_models()
    ]
    return hashlib.sha256("".join(rows).encode()).hexdigest()


def test_every_address_has_a_row(sample: Company, clients: dict[str, Client]) -> None:
    missing = [proposal(a, sample, clients) for a in addresses() if a.name not in table()]

    assert not missing, "add to permissions.csv, once they are right:\n" + "\n".join(missing)


def test_every_row_has_an_address() -> None:
    assert sorted(set(table()) - {a.name for a in addresses()}) == []


def test_every_page_of_a_company_declares_a_permission() -> None:
    bare = [
        a.name
        for a in addresses()
        if "company_slug" in a.params and not hasattr(a.pattern.callback, "required_permission")
    ]

    assert not bare, "\n".join(bare)


@pytest.mark.parametrize("name", ROWS)
def test_it_lets_in_who_may(name: str, sample: Company, clients: dict[str, Client]) -> None:
    row, url = table()[name], url_of(known()[name], sample)

    answers = {(m, s): ask(clients[s], m, url) for m in METHODS for s in SUBJECTS}
    assert answers == {(m, s): row.expected(m, s) for m in METHODS for s in SUBJECTS}


@pytest.mark.parametrize("name", WITH_ROWS)
def test_it_hides_the_rows_of_another_company(
    name: str, sample: Company, clients: dict[str, Client]
) -> None:
    other = Company.objects.get(slug="other-shop")
    make_plan(other)
    url = url_of(known()[name], sample).replace(f"/c/{sample.slug}/", f"/c/{other.slug}/")

    answers = [ask(clients["outsider"], method, url) for method in table()[name].methods]
    assert set(answers) == {"404"}


@pytest.mark.parametrize("name", [name for name in ROWS if "POST" in table()[name].methods])
def test_it_refuses_a_form_that_is_not_ours(
    name: str, sample: Company, clients: dict[str, Client]
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = clients["owner"].cookies

    assert ask(client, "POST", url_of(known()[name], sample)) == "403"


def test_looking_changes_nothing(sample: Company, clients: dict[str, Client]) -> None:
    before = digest()
    for name in OF_COMPANY:
        if "GET" in table()[name].methods:
            clients["owner"].get(url_of(known()[name], sample))

    assert digest() == before


@pytest.mark.parametrize("name", [name for name in ROWS if "GET" in table()[name].methods])
def test_every_page_is_guarded_against_misuse(
    name: str, sample: Company, clients: dict[str, Client]
) -> None:
    answer = clients["owner"].get(url_of(known()[name], sample))

    assert {header: answer.headers.get(header) for header in HEADERS} == HEADERS
    assert "no-store" in answer.headers["Cache-Control"]
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-" not in policy


@pytest.mark.parametrize("name", [name for name in OF_COMPANY if "GET" in table()[name].methods])
def test_every_page_asks_the_database_seldom(
    name: str, sample: Company, clients: dict[str, Client]
) -> None:
    url = url_of(known()[name], sample)
    with CaptureQueriesContext(connection) as queries:
        clients["owner"].get(url)

    texts = [query["sql"] for query in queries if not TRANSACTION.match(query["sql"])]
    assert len(texts) <= MOST_QUERIES, "\n".join(text[:200] for text in texts)
