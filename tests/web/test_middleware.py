"""Every answer has an id of its own, in its header, on its error page and in the log."""

import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from aop.web.middleware import NoStoreMiddleware, RequestIdFilter, current_request_id


@pytest.mark.django_db
def test_it_shows_the_id_on_an_error_page(client: Client) -> None:
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert answer.headers["X-Request-ID"] in answer.content.decode()


def test_it_gives_every_request_another_id(client: Client) -> None:
    first, second = client.get("/healthz"), client.get("/healthz")

    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]
    assert current_request_id() == "-"


def test_it_names_the_request_in_the_log(client: Client) -> None:
    answer = client.get("/healthz")
    record = logging.makeLogRecord({"request": answer.wsgi_request})

    RequestIdFilter().filter(record)
    assert record.__dict__["request_id"] == answer.headers["X-Request-ID"]


def test_it_keeps_a_rule_that_a_view_made(rf: RequestFactory) -> None:
    def cached(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "max-age=60"})

    answer = NoStoreMiddleware(cached)(rf.get("/"))
    assert answer.headers["Cache-Control"] == "max-age=60"


@pytest.mark.django_db
def test_an_error_shows_nothing_of_the_inside(client: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.web.broken_urls"
    client.raise_request_exception = False

    answer = client.get("/broken/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in page
    assert not any(word in page for word in ("Traceback", "RuntimeError", "secret", ".py"))
