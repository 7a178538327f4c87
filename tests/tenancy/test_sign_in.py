from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from aop.tenancy.models import User
from tests.factories import PASSWORD, make_user

LOGIN, SIGNUP = "/accounts/login/", "/accounts/signup/"
EMAIL = "owner@babycare.example"
NEWCOMER = {"name": "Lan", "email": "Lan@Example.com", "password1": PASSWORD}


@pytest.fixture(autouse=True)
def _fresh_counts(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(password: str, *, ip: str = "203.0.113.7", email: str = EMAIL, **extra: str) -> bool:
    """Try to sign in from an address of the network; say whether it worked."""
    client = Client(REMOTE_ADDR=ip)
    client.post(LOGIN, {"login": email, "password": password, **extra})
    return "_auth_user_id" in client.session


def test_a_stranger_signs_up_and_is_led_to_the_start() -> None:
    client = Client(headers={"accept-language": "en"})

    response = client.post(SIGNUP, NEWCOMER, follow=True)

    user = User.objects.get()
    assert (user.email, user.name, user.language) == ("lan@example.com", "Lan", "en")
    assert response.redirect_chain == [("/", 302), ("/start/", 302)]


@pytest.mark.parametrize("password", ["short", "1234567890123", "password1234", ""])
def test_it_refuses_a_weak_password(password: str) -> None:
    Client().post(SIGNUP, NEWCOMER | {"password1": password})

    assert not User.objects.exists()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_it_never_leads_to_another_site(target: str) -> None:
    make_user(EMAIL)

    response = Client().post(
        f"{LOGIN}?next={target}", {"login": EMAIL, "password": PASSWORD, "next": target}
    )

    assert response.status_code == 302
    assert response.headers["Location"] == "/"


def test_it_leads_back_to_where_somebody_wanted_to_go() -> None:
    make_user(EMAIL)

    response = Client().post(
        LOGIN, {"login": EMAIL, "password": PASSWORD, "next": "/c/babycare-house/"}
    )

    assert response.headers["Location"] == "/c/babycare-house/"


def test_it_takes_a_new_session_at_sign_in() -> None:
    make_user(EMAIL)
    client = Client()
    client.get("/")
    before = client.session.session_key

    client.post(LOGIN, {"login": EMAIL, "password": PASSWORD})

    assert client.session.session_key != before


def test_guessing_is_stopped_after_five_tries() -> None:
    make_user(EMAIL)

    tried = [sign_in("wrong-password") for _ in range(5)]

    assert not any(tried)
    assert not sign_in(PASSWORD)


def test_guessing_by_others_does_not_lock_the_owner_out() -> None:
    make_user(EMAIL)
    for _ in range(100):
        sign_in("wrong-password", ip="198.51.100.1")

    assert sign_in(PASSWORD, ip="203.0.113.7")


def test_guessing_on_many_accounts_from_one_place_is_stopped() -> None:
    make_user(EMAIL)
    for number in range(10):
        sign_in("wrong-password", email=f"p{number}@example.com")

    assert not sign_in(PASSWORD)


def test_signing_up_in_masses_is_stopped() -> None:
    client = Client()
    statuses = []
    for number in range(25):
        values = NEWCOMER | {"email": f"p{number}@example.com"}
        statuses.append(client.post(SIGNUP, values).status_code)
        client.logout()

    assert 429 in statuses
    assert User.objects.count() == 20
