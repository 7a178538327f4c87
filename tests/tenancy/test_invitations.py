import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.utils import timezone

from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Company, Invitation, Membership, User
from aop.tenancy.roles import Role
from aop.tenancy.services.invitations import (
    LIFETIME,
    InvitationGone,
    NewInvitation,
    accept_invitation,
    create_invitation,
    digest_of,
    withdraw_invitation,
)
from tests.factories import PASSWORD, make_user

LINK = re.compile(r"http://testserver(/invitations/[^\"&<]+/)")


@pytest.fixture
def open_link(owner: Membership) -> NewInvitation:
    """An invitation as staff for whoever holds the link."""
    return create_invitation(Role.STAFF, "", actor=owner, now=timezone.now())


@pytest.fixture
def newcomer(db: None) -> User:
    return make_user("newcomer@example.com")


def visit(link: NewInvitation) -> str:
    return f"/invitations/{link.token}/"


def test_it_keeps_a_digest_only(open_link: NewInvitation) -> None:
    secret = open_link.token.rpartition(":")[0]

    stored = Invitation.objects.values().get()

    assert stored["token_digest"] == sha256(secret.encode()).hexdigest()
    assert secret not in str(stored)
    assert len(secret) * 6 >= 128


@pytest.mark.parametrize("token", ["", "abc", "abc:def", "a" * 500])
def test_it_knows_a_token_that_was_never_ours(token: str) -> None:
    assert digest_of(token) is None


def test_it_lives_for_fourteen_days(open_link: NewInvitation) -> None:
    made = open_link.invitation.created_at
    end = open_link.invitation.expires_at

    assert abs(end - made - LIFETIME) < timedelta(seconds=5)
    assert open_link.invitation.is_open(end - timedelta(seconds=1))
    assert not open_link.invitation.is_open(end)


def test_it_does_not_invite_a_member(owner: Membership, staff: Membership) -> None:
    with pytest.raises(RuleViolation) as refused:
        create_invitation(Role.STAFF, staff.user.email, actor=owner, now=timezone.now())

    assert refused.value.field == "email"


def test_it_makes_a_member_once(open_link: NewInvitation, newcomer: User) -> None:
    now, invitation_id = timezone.now(), open_link.invitation.pk
    membership = accept_invitation(invitation_id, user=newcomer, now=now)

    with pytest.raises(InvitationGone):
        accept_invitation(invitation_id, user=make_user("second@example.com"), now=now)

    assert membership.role == Role.STAFF
    entry = AuditEntry.objects.for_company(membership.company).first()
    assert entry is not None
    assert (entry.action, entry.actor) == ("tenancy.member.joined", newcomer)


def test_it_is_for_one_address_when_it_names_one(owner: Membership, newcomer: User) -> None:
    now = timezone.now()
    made = create_invitation(Role.VIEWER, "Other@Example.com ", actor=owner, now=now)

    with pytest.raises(RuleViolation):
        accept_invitation(made.invitation.pk, user=newcomer, now=now)
    membership = accept_invitation(made.invitation.pk, user=make_user("other@example.com"), now=now)

    assert membership.role == Role.VIEWER


def test_it_refuses_a_member_and_stays_open(open_link: NewInvitation, staff: Membership) -> None:
    with pytest.raises(RuleViolation):
        accept_invitation(open_link.invitation.pk, user=staff.user, now=timezone.now())

    open_link.invitation.refresh_from_db()
    assert open_link.invitation.is_open(timezone.now())


def test_it_cannot_be_withdrawn_after_somebody_joined(
    open_link: NewInvitation, owner: Membership, newcomer: User
) -> None:
    now = timezone.now()
    accept_invitation(open_link.invitation.pk, user=newcomer, now=now)

    with pytest.raises(RuleViolation):
        withdraw_invitation(open_link.invitation.pk, actor=owner, now=now)


def test_the_link_is_shown_in_one_answer_only(company: Company, as_owner: Client) -> None:
    url = f"/c/{company.slug}/invitations/new/"

    response = as_owner.post(url, {"role": "staff", "email": ""})

    assert response.status_code == 201
    found = LINK.search(response.content.decode())
    assert found is not None
    assert Client().get(found[1]).status_code == 200
    assert LINK.search(as_owner.get(f"/c/{company.slug}/members/").content.decode()) is None


def test_the_page_refuses_an_address_that_is_none(company: Company, as_owner: Client) -> None:
    url = f"/c/{company.slug}/invitations/new/"

    response = as_owner.post(url, {"role": "staff", "email": "nobody"})

    assert response.status_code == 422
    assert not Invitation.objects.exists()


def test_a_stranger_signs_up_and_joins(open_link: NewInvitation) -> None:
    stranger, address = Client(), visit(open_link)
    page = stranger.get(address).content.decode()
    assert f"/accounts/signup/?next={address.replace(':', '%3A')}" in page

    values = {"name": "Lan", "email": "lan@example.com", "password1": PASSWORD}
    signed_up = stranger.post("/accounts/signup/", values | {"next": address})
    joined = stranger.post(address)

    assert signed_up.headers["Location"] == address
    assert joined.headers["Location"] == f"/c/{open_link.invitation.company.slug}/"
    member = Membership.objects.get(user__email="lan@example.com")
    assert (member.role, member.user.name) == (Role.STAFF, "Lan")


def test_looking_at_the_link_joins_nobody(open_link: NewInvitation, newcomer: User) -> None:
    client = Client()
    client.force_login(newcomer)

    response = client.get(visit(open_link))

    assert response.status_code == 200
    assert not Membership.objects.filter(user=newcomer).exists()


def test_a_stranger_cannot_join_without_signing_in(open_link: NewInvitation) -> None:
    response = Client().post(visit(open_link))

    assert response.status_code == 200
    assert Membership.objects.count() == 1


def test_the_page_refuses_another_address(owner: Membership, newcomer: User) -> None:
    made = create_invitation(Role.STAFF, "other@example.com", actor=owner, now=timezone.now())
    client = Client()
    client.force_login(newcomer)

    response = client.post(visit(made))

    assert response.status_code == 422
    assert b"other@example.com" not in response.content
    assert not Membership.objects.filter(user=newcomer).exists()


def test_a_member_is_led_home(open_link: NewInvitation, as_staff: Client) -> None:
    response = as_staff.get(visit(open_link))

    assert response.headers["Location"] == f"/c/{open_link.invitation.company.slug}/"


@pytest.mark.parametrize("way", ["expired", "used", "withdrawn"])
def test_a_link_that_no_longer_works_says_only_that(
    way: str, open_link: NewInvitation, owner: Membership, newcomer: User
) -> None:
    invitation, now = open_link.invitation, timezone.now()
    if way == "expired":
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=now)
    elif way == "used":
        accept_invitation(invitation.pk, user=make_user("first@example.com"), now=now)
    else:
        withdraw_invitation(invitation.pk, actor=owner, now=now)
    client = Client()
    client.force_login(newcomer)

    for response in (client.get(visit(open_link)), client.post(visit(open_link))):
        assert response.status_code == 410
        assert owner.company.name.encode() not in response.content


def test_a_made_up_link_leads_nowhere(open_link: NewInvitation) -> None:
    forged = open_link.token[:-1] + ("A" if open_link.token[-1] != "A" else "B")

    assert Client().get(f"/invitations/{forged}/").status_code == 404


def test_the_owner_withdraws_it(
    open_link: NewInvitation, company: Company, as_owner: Client
) -> None:
    invitation = open_link.invitation

    as_owner.post(f"/c/{company.slug}/invitations/{invitation.pk}/withdraw/")

    assert Client().get(visit(open_link)).status_code == 410
