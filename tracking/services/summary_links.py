"""Links that show the plan on a page to somebody who is no member: made, found, withdrawn."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.signing import BadSignature, Signer
from django.db import transaction

from aop.tenancy import audit
from aop.tenancy.models import Company, Membership
from planning.models import Plan
from tracking.models import SummaryLink

TOKEN_BYTES = 24  # 192 random bits
_signer = Signer(salt="aop.tracking.summary_link")


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link and its token, which is known only now: the database keeps a digest."""

    link: SummaryLink
    token: str


@transaction.atomic
def create_summary_link(plan: Plan, *, actor: Membership) -> NewLink:
    """Make a read-only link to the plan on a page; it works until it is withdrawn."""
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    link = SummaryLink(
        company=actor.company, plan=plan, token_digest=_digest(secret), created_by=actor.user
    )
    link.full_clean()
    link.save()
    audit.record("tracking.summary_link.created", link, actor=actor)
    return NewLink(link, _signer.sign(f"{actor.company.pk}.{secret}"))


@transaction.atomic
def withdraw_summary_link(link_id: int, *, actor: Membership, now: datetime) -> None:
    """Take a link back; it stops working at once. Withdrawing twice changes nothing.

    Raises:
        SummaryLink.DoesNotExist: No such link in the actor's company.
    """
    rows = SummaryLink.objects.for_company(actor.company).select_for_update(of=["self"])
    link = rows.select_related("plan").get(pk=link_id)
    if link.withdrawn_at is not None:
        return
    link.withdrawn_at = now
    link.save(update_fields=["withdrawn_at"])
    audit.record("tracking.summary_link.withdrawn", link, actor=actor)


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says: whose it is, and what the database keeps of it."""

    company: Company
    digest: str


def read_token(text: str) -> Token | None:
    """Return what a token says; None when it was never one of ours."""
    try:
        company_id, _dot, secret = _signer.unsign(text).partition(".")
    except BadSignature:
        return None
    company = Company.objects.filter(pk=company_id).first()
    return Token(company, _digest(secret)) if company else None


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
