"""The watch itself: it sees what would otherwise pass unseen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, ViewportSize

from tests.browser.watch import PHONE, WIDE, Watch, axe_violations

POLICY = {"Content-Security-Policy": "default-src 'none'; script-src 'self'"}


def serve(page: Page, body: str, status: int = 200) -> None:
    """Answer every request of the page with this body under a strict policy."""

    def answer(route: Route) -> None:
        route.fulfill(status=status, body=body, headers=POLICY, content_type="text/html")

    page.route("**/*", answer)


def reported(watch: Watch) -> str:
    """Return what was reported and forget it, for here it is meant."""
    text = "\n".join(watch.problems)
    watch.problems.clear()
    return text


def test_it_reports_a_violation_of_the_policy(page: Page, watch: Watch) -> None:
    serve(page, "<p style='color:red'>x</p>")
    page.goto("/any/")

    assert "CSP violation: style-src-attr" in reported(watch)


def test_it_reports_an_answer_that_was_not_expected(page: Page, watch: Watch) -> None:
    serve(page, "<p>x</p>", status=422)
    page.goto("/any/")

    assert "422" in reported(watch)
    watch.allow_status(422)
    page.goto("/any/")
    assert reported(watch) == ""


def test_it_reports_a_script_that_fails(page: Page, watch: Watch) -> None:
    page.goto("/accounts/login/")
    page.evaluate("() => { setTimeout(() => { throw new Error('lost') }, 0) }")
    page.evaluate("() => new Promise((done) => setTimeout(done, 50))")

    assert "lost" in reported(watch)


def test_axe_finds_an_image_without_a_text(page: Page, watch: Watch) -> None:
    page.goto("/accounts/login/")
    page.evaluate("() => document.body.append(document.createElement('img'))")

    assert any(finding.startswith("image-alt") for finding in axe_violations(page))


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1440", "390"])
def test_it_opens_the_window_in_both_sizes(page: Page, viewport: ViewportSize) -> None:
    page.goto("/accounts/login/")

    assert page.evaluate("() => window.innerWidth") == viewport["width"]


def test_axe_passes_the_sign_in_page(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/accounts/login/")

    axe(page)
