"""Nothing of a company leaks to a stranger, and a viewer changes nothing."""

import hashlib
import re

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from aop.tenancy.models import Company, Membership
from budgets.models import PlanVersion
from planning.models import Plan
from tests import factories
from tests.tenancy.walking import ADJUSTMENT, STAFF, known, table, url_of
from tracking.models import SummaryLink

TOKENS = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"')
NOBODYS = "nobodys-house"
OF_COMPANY = sorted(name for name, found in known().items() if "company_slug" in found.params)
UNSAFE = [name for name in OF_COMPANY if "POST" in table()[name].methods]


@pytest.fixture
def filled(plan: Plan) -> Company:
    """A company with one of everything, so that every address leads somewhere."""
    company = plan.company
    person = factories.make_person(plan, email=STAFF)
    goal, line = factories.make_goal(plan), factories.make_line(plan, owner=person)
    initiative = factories.make_initiative(plan, owner=person)
    adjustment = factories.make_adjustment(plan, number=ADJUSTMENT)
    factories.link_kpi(factories.make_kpi(plan, measure={"manual": True}), goal)
    SummaryLink.objects.create(company=company, plan=plan, token_digest="0" * 64)
    PlanVersion.objects.create(
        company=company, plan=plan, number=1, approved_on=factories.TODAY, document={}
    )
    factories.make_milestone(initiative)
    factories.make_year(line)
    factories.make_move(adjustment, line)
    factories.make_entry(line)
    factories.make_commitment(line)
    for make in (
        factories.make_risk,
        factories.make_priority,
        factories.make_not_doing,
        factories.make_assumption,
        factories.make_decision,
        factories.make_review,
    ):
        make(plan)
    factories.make_channel(company)
    factories.make_invitation(company)
    return company


def bare(page: bytes, slug: str, request_id: str) -> bytes:
    """Return a page without what differs on every call: address, tokens, number of the request."""
    body = TOKENS.sub(b"", page).replace(slug.encode(), b"SLUG")
    return body.replace(request_id.encode(), b"")


def digest() -> str:
    """Return a sum over every row of every table but those of sign-in and sessions."""
    total = hashlib.sha256()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in {"sessions", "usersessions"}:
            rows = model._base_manager.order_by("pk").values_list()
            total.update(repr((model._meta.label, list(rows))).encode())
    return total.hexdigest()


@pytest.mark.parametrize("name", OF_COMPANY)
def test_a_foreign_company_looks_like_none(
    name: str, filled: Company, owner: Membership, as_outsider: Client
) -> None:
    url = url_of(known()[name], filled)
    method = as_outsider.post if name in UNSAFE else as_outsider.get

    foreign = method(url)
    missing = method(url.replace(f"/{filled.slug}/", f"/{NOBODYS}/", 1))

    assert foreign.status_code == missing.status_code == 404
    pages = [
        bare(answer.content, slug, answer.headers["X-Request-ID"])
        for answer, slug in ((foreign, filled.slug), (missing, NOBODYS))
    ]
    assert pages[0] == pages[1]


def test_a_viewer_changes_nothing(filled: Company, owner: Membership, as_viewer: Client) -> None:
    before = digest()
    statuses = {}
    for name in UNSAFE:
        for method in ("post", "put", "patch", "delete"):
            with transaction.atomic():
                statuses[name, method] = getattr(as_viewer, method)(
                    url_of(known()[name], filled), {"name": "x"}
                ).status_code

    assert digest() == before
    assert len(statuses) == len(UNSAFE) * 4 > 0
    assert {code for code in statuses.values() if code < 400} == set()


def test_a_removed_member_is_out_at_the_next_click(
    company: Company, owner: Membership, staff: Membership, as_staff: Client, plan: Plan
) -> None:
    assert as_staff.get(f"/c/{company.slug}/").status_code in {200, 302}

    staff.delete()

    assert as_staff.get(f"/c/{company.slug}/").status_code == 404
