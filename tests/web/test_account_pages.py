"""Every page of the account answers in our look, for visitors and for who is signed in."""

import pytest
from django.test import Client

from aop.tenancy.models import Membership
from tests.cast import signed_in

ENTRANCES = ("login/", "signup/", "password/reset/", "password/reset/done/")
ACCOUNT = ("email/", "password/change/", "2fa/", "2fa/webauthn/", "sessions/", "logout/")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ENTRANCES)
def test_it_lets_visitors_in_through_our_door(client: Client, path: str) -> None:
    response = client.get(f"/accounts/{path}")

    assert response.status_code == 200
    text = response.content.decode()
    assert 'class="door-box"' in text
    assert 'style="' not in text


@pytest.mark.parametrize("path", ACCOUNT)
def test_it_shows_members_their_account(owner: Membership, path: str) -> None:
    client = signed_in(owner)

    response = client.get(f"/accounts/{path}", follow=True)

    assert response.status_code == 200
    text = response.content.decode()
    assert "<h1>" in text
    assert 'style="' not in text


@pytest.mark.django_db
def test_it_shows_visitors_what_this_is(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "en"})

    assert response.status_code == 200
    assert "One plan for the year" in response.content.decode()
