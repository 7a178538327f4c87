"""Reads over people and companies."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from aop.tenancy.models import AuditEntry, Channel, Company, Invitation, Membership, User


def memberships_of(user: User) -> QuerySet[Membership]:
    """Return the companies that the user belongs to, by name."""
    return user.memberships.select_related("company").order_by("company__name", "id")


def members_of(company: Company) -> QuerySet[Membership]:
    """Return the members of a company with their users, longest there first."""
    return Membership.objects.for_company(company).select_related("user")


def open_invitations_of(company: Company, now: datetime) -> QuerySet[Invitation]:
    """Return the invitations that somebody can still join with, newest first."""
    rows = Invitation.objects.for_company(company).select_related("created_by")
    return rows.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


def invitation_with(digest: str) -> Invitation | None:
    """Return the invitation whose token has this digest, in whatever state it is."""
    rows = Invitation.objects.select_related("company", "created_by")
    return rows.filter(token_digest=digest).first()


def channels_of(company: Company) -> QuerySet[Channel]:
    """Return the sales channels of a company in their order."""
    return Channel.objects.for_company(company)


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What somebody looks for in the history; empty means all."""

    text: str = ""
    user_id: int | None = None
    noun: str = ""


def history_of(
    company: Company, wanted: HistoryFilter, *, with_private: bool
) -> QuerySet[AuditEntry]:
    """Return the history of a company, newest first; private lines only `with_private`."""
    entries = AuditEntry.objects.for_company(company)
    if not with_private:
        entries = entries.filter(is_private=False)
    if wanted.text:
        entries = entries.filter(
            Q(subject_name__icontains=wanted.text)
            | Q(reason__icontains=wanted.text)
            | Q(actor_name__icontains=wanted.text)
        )
    if wanted.user_id is not None:
        entries = entries.filter(actor_id=wanted.user_id)
    if wanted.noun:
        entries = entries.filter(action__contains=f".{wanted.noun}.")
    return entries
