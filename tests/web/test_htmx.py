"""One address, two answers: a page for people, a fragment for htmx."""

import json
from typing import cast

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from aop.web.htmx import HtmxRequest, render_page, wants_fragment, with_toast


def asked(**headers: str) -> HtmxRequest:
    """Return a request with these htmx headers, as the middleware leaves it."""
    request = cast(HtmxRequest, RequestFactory().get("/", headers=headers))
    request.htmx = HtmxDetails(request)
    return request


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_it_tells_a_fragment_from_a_page(headers: dict[str, str], expected: bool) -> None:
    found = wants_fragment(asked(**headers))

    assert found is expected


def test_it_answers_htmx_with_the_fragment() -> None:
    response = render_page(
        asked(**{"HX-Request": "true"}),
        page="404.html",
        fragment="components/_status_pill.html",
        context={"text": "In force", "tone": "good"},
        status=422,
    )

    assert response.status_code == 422
    assert response.headers["Vary"] == "HX-Request"
    assert b"<html" not in response.content
    assert b"In force" in response.content


def test_it_sends_a_message_with_an_answer() -> None:
    response = with_toast(HttpResponse(), "Saved", "success")

    sent = json.loads(response.headers["HX-Trigger"])
    assert sent == {"toast": {"text": "Saved", "level": "success"}}
