"""Pages for what went wrong: the right status, a full sentence, the number to ask about."""

import pytest
from django.test import Client, RequestFactory

from aop.web import views
from aop.web.middleware import current_request_id


@pytest.mark.django_db
def test_it_says_that_there_is_no_such_page(client: Client) -> None:
    response = client.get("/no-such-page/", headers={"accept-language": "en"})

    assert response.status_code == 404
    text = response.content.decode()
    assert "There is no such page" in text
    assert response.headers["X-Request-ID"] in text


@pytest.mark.django_db
def test_it_refuses_a_form_without_its_sign() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/language/", {"language": "en"}, headers={"accept-language": "en"})

    assert response.status_code == 403
    assert "Nothing was saved" in response.content.decode()


def test_it_draws_the_page_of_a_fault_without_the_database() -> None:
    response = views.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert current_request_id() in response.content.decode()


@pytest.mark.django_db
def test_it_speaks_the_language_of_the_browser(client: Client) -> None:
    response = client.get("/no-such-page/", headers={"accept-language": "vi"})

    assert 'lang="vi"' in response.content.decode()
