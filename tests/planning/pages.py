"""What the tests of the pages share: addresses, htmx, an approved plan, an English reader."""

from typing import Any

from django.test import Client
from django.urls import reverse

from aop.tenancy.models import AuditEntry, Company, Membership
from planning.models import Plan, PlanStatus
from tests.factories import TODAY

HTMX = {"HX-Request": "true"}


def url_of(plan: Plan, name: str, **kwargs: Any) -> str:
    """Return the address of a page of planning."""
    known = {"company_slug": plan.company.slug, "year": plan.fiscal_year}
    return reverse(f"planning:{name}", kwargs=known | kwargs)


def approve(plan: Plan) -> None:
    """Mark a plan as approved, without any of the checks of the real approval."""
    plan.status = PlanStatus.APPROVED
    plan.approved_on = TODAY
    plan.save()


def read_english(member: Membership) -> None:
    """Let a member read the pages in English, so that a test can name a sentence."""
    member.user.language = "en"
    member.user.save()


def fragment(client: Client, url: str) -> str:
    """Return what htmx gets from an address."""
    return client.get(url, headers=HTMX).content.decode()


def last_action(company: Company) -> str:
    """Return the action of the newest line of the history."""
    entry = AuditEntry.objects.for_company(company).first()
    return entry.action if entry else ""
