"""Invitations: a link that lets one person join, made, withdrawn and taken up."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Invitation, Membership, User
from aop.tenancy.roles import Role

LIFETIME = timedelta(days=14)
TOKEN_BYTES = 24  # 192 random bits
_signer = Signer(salt="aop.tenancy.invitation")


class InvitationGone(Exception):
    """The invitation was used, withdrawn, or has run out."""


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation and its token, which is known only now: the database keeps a digest."""

    invitation: Invitation
    token: str


@transaction.atomic
def create_invitation(role: Role, email: str, *, actor: Membership, now: datetime) -> NewInvitation:
    """Make a link that one person can join with; with an address, only that person.

    Raises:
        RuleViolation: Somebody with that address is a member already.
        ValidationError: The address is none.
    """
    email = email.strip().lower()
    members = Membership.objects.for_company(actor.company)
    if email and members.filter(user__email=email).exists():
        raise RuleViolation(_("This person is already a member."), field="email")
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation(
        company=actor.company,
        role=role,
        email=email,
        token_digest=_digest(secret),
        created_by=actor.user,
        expires_at=now + LIFETIME,
    )
    invitation.full_clean()
    invitation.save()
    changes = {"role": (None, role)} | ({"email": (None, email)} if email else {})
    audit.record("tenancy.invitation.created", invitation, actor=actor, changes=changes)
    return NewInvitation(invitation, _signer.sign(secret))


@transaction.atomic
def withdraw_invitation(invitation_id: int, *, actor: Membership, now: datetime) -> None:
    """Take an invitation back; its link stops working at once.

    Raises:
        RuleViolation: Somebody has joined with it already.
        Invitation.DoesNotExist: No such invitation in the actor's company.
    """
    rows = Invitation.objects.for_company(actor.company).select_for_update()
    invitation = rows.get(pk=invitation_id)
    if invitation.accepted_at is not None:
        raise RuleViolation(_("Somebody has joined with this link already. Remove the member."))
    if invitation.withdrawn_at is not None:
        return
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    audit.record("tenancy.invitation.withdrawn", invitation, actor=actor)


@transaction.atomic
def accept_invitation(invitation_id: int, *, user: User, now: datetime) -> Membership:
    """Make `user` a member with the role of the invitation, once.

    Raises:
        InvitationGone: It was used, withdrawn, or has run out.
        RuleViolation: It is meant for another address, or the user is a member already.
    """
    rows = Invitation.objects.select_for_update(of=["self"]).select_related("company")
    invitation = rows.get(pk=invitation_id)
    if not invitation.is_open(now):
        raise InvitationGone
    _refuse_other_address(invitation, user)
    if Membership.objects.for_company(invitation.company).filter(user=user).exists():
        raise RuleViolation(_("You are a member of this company already."))
    membership = Membership(company=invitation.company, user=user, role=invitation.role)
    membership.full_clean()
    membership.save()
    invitation.accepted_at = now
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    change = {"role": (None, membership.role)}
    audit.record("tenancy.member.joined", membership, actor=membership, changes=change)
    return membership


def digest_of(token: str) -> str | None:
    """Return what the database keeps of a token, None when it was never one of ours."""
    try:
        return _digest(_signer.unsign(token))
    except BadSignature:
        return None


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _refuse_other_address(invitation: Invitation, user: User) -> None:
    if not invitation.is_for(user):
        raise RuleViolation(
            _("This invitation is meant for another e-mail address. Sign in with that one.")
        )
