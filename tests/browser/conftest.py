"""A real browser against the running server; whatever its console reports fails the test."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from aop.tenancy.models import Membership, User
from aop.tenancy.roles import Role
from planning.models import Plan
from tests.backing.chromium import chromium
from tests.browser.watch import WIDE, Watch, axe_violations
from tests.factories import make_invitation, make_kpi
from tracking.models import SummaryLink

# Playwright keeps an event loop in this thread, which Django would take for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
WAIT_MILLISECONDS = 10_000
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)  # in Hồ Chí Minh City


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here, so that `-m "not browser"` leaves it out."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's Chromium; in a container as root it cannot build its own sandbox."""
    quiet = ["--disable-gpu", "--disable-background-networking", "--no-first-run"]
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": chromium(), "args": [*quiet, *sandbox]}


@pytest.fixture
def viewport() -> ViewportSize:
    """The window; a test that wants both says
    `@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1440", "390"])`.
    """
    return WIDE


@pytest.fixture
def locale() -> str:
    """The language the browser asks for."""
    return "vi-VN"


@pytest.fixture
def browser_context_args(
    live_server: LiveServer, viewport: ViewportSize, locale: str
) -> dict[str, Any]:
    """Pages open by their path alone: `page.goto("/c/…/")`."""
    return {
        "base_url": live_server.url,
        "viewport": viewport,
        "locale": locale,
        "timezone_id": "Asia/Ho_Chi_Minh",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What the pages of this test reported; `watch.allow_status(422)` expects an answer."""
    watch = Watch()
    yield watch
    assert watch.problems == []


@pytest.fixture
def context(context: BrowserContext, watch: Watch) -> BrowserContext:
    """A fresh browser session, watched from its first page on."""
    cache.clear()  # rate limits of an earlier test
    context.set_default_timeout(WAIT_MILLISECONDS)
    expect.set_options(timeout=WAIT_MILLISECONDS)
    watch.attach(context)
    return context


@pytest.fixture
def sign_in(context: BrowserContext, live_server: LiveServer) -> Callable[[User], None]:
    """Sign a user in without the form, as a returning visitor."""

    def sign_in(user: User) -> None:
        client = Client()
        client.force_login(user, backend=BACKEND)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )

    return sign_in


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fail when axe finds anything on the page as it stands."""

    def check(page: Page) -> None:
        assert axe_violations(page) == [], page.url

    return check


@pytest.fixture
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's clock: it starts at noon on 22 November 2026 and goes on from there."""
    started = datetime.now(UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + (datetime.now(UTC) - started))


@pytest.fixture
def sample(db: None, november: None) -> Plan:
    """The plan of BabyCare House with its four users, as `make run` makes it; it is November."""
    call_command("setup_sample", stdout=StringIO())
    return Plan.objects.select_related("company").get(company__slug="babycare-house")


@pytest.fixture
def whole_sample(sample: Plan) -> Plan:
    """The sample with what it lacks for a page of every kind."""
    make_invitation(sample.company)
    make_kpi(sample, "Điểm hài lòng của khách", unit="number")  # logged by hand
    SummaryLink.objects.create(company=sample.company, plan=sample, token_digest="0" * 64)
    return sample


@pytest.fixture
def sign_in_as(
    sample: Plan, context: BrowserContext, sign_in: Callable[[User], None]
) -> Callable[..., Membership]:
    """Be one of the sample's four people, reading Vietnamese unless said otherwise."""

    def sign_in_as(role: Role, language: str = "vi") -> Membership:
        member = Membership.objects.select_related("user").get(company=sample.company, role=role)
        member.user.language = language
        member.user.save()
        context.clear_cookies()
        sign_in(member.user)
        return member

    return sign_in_as
