import pytest
from django.test import Client

from aop.tenancy.models import Company, Membership, User
from tests.factories import make_user


@pytest.fixture
def english(db: None) -> Client:
    client = Client()
    client.force_login(make_user("ann@example.com", language="en"))
    return client


def test_pages_speak_the_language_of_the_user(english: Client) -> None:
    response = english.get("/companies/", headers={"accept-language": "vi"})

    assert b'<html lang="en"' in response.content
    assert response.headers["Content-Language"] == "en"


def test_a_visitor_gets_the_language_of_the_browser(db: None) -> None:
    response = Client().get("/", headers={"accept-language": "en-US,en;q=0.9"})

    assert b'<html lang="en"' in response.content


def test_the_switch_stays_with_the_account(english: Client) -> None:
    response = english.post("/language/", {"language": "vi", "next": "/companies/"})

    assert response.headers["Location"] == "/companies/"
    assert User.objects.get().language == "vi"
    assert b'<html lang="vi"' in english.get("/companies/").content


def test_the_switch_of_a_visitor_stays_in_the_browser(db: None) -> None:
    client = Client(headers={"accept-language": "vi"})

    client.post("/language/", {"language": "en", "next": "/"})

    assert b'<html lang="en"' in client.get("/").content


def test_the_switch_ignores_a_language_that_we_do_not_speak(english: Client) -> None:
    english.post("/language/", {"language": "fr", "next": "/"})

    assert User.objects.get().language == "en"


def test_the_switch_leads_to_no_other_site(english: Client) -> None:
    response = english.post("/language/", {"language": "vi", "next": "https://evil.example/"})

    assert "evil" not in response.headers["Location"]


def test_the_account_page_changes_name_and_language(english: Client) -> None:
    response = english.post("/account/", {"name": " Ann Lee ", "language": "vi"})

    assert response.headers["Location"] == "/account/"
    user = User.objects.get()
    assert (user.name, user.language) == ("Ann Lee", "vi")


def test_the_account_page_takes_nothing_else(english: Client) -> None:
    values = {"name": "Ann", "language": "en", "email": "x@evil.example", "is_superuser": "1"}

    english.post("/account/", values)

    user = User.objects.get()
    assert (user.email, user.is_superuser) == ("ann@example.com", False)


@pytest.mark.parametrize("values", [{}, {"name": "x" * 201, "language": "en"}])
def test_the_account_page_refuses_what_it_cannot_store(
    values: dict[str, str], english: Client
) -> None:
    assert english.post("/account/", values).status_code == 422


def test_two_members_read_one_page_in_two_languages(
    company: Company, owner: Membership, as_owner: Client
) -> None:
    other = Client()
    other.force_login(make_user("ann@example.com", language="en"))

    assert b'lang="vi"' in as_owner.get("/companies/").content[:300]
    assert b'lang="en"' in other.get("/companies/").content[:300]
