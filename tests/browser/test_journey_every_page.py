"""Every page of the sample: axe, console, width and language, in both sizes and themes."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from aop.tenancy.models import Membership
from aop.tenancy.roles import Role
from planning.models import Plan
from tests.browser.walking import english_on, look_at, pages_of

PARTS = 4


@pytest.fixture
def pages(whole_sample: Plan, sign_in_as: Callable[..., Membership]) -> list[str]:
    """The addresses of all pages that the owner can open."""
    return sorted(pages_of(sign_in_as(Role.OWNER)).values())


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_of_the_sample_is_well_made(pages: list[str], page: Page, part: int) -> None:
    assert len(pages) > 50
    faults = [fault for url in pages[part::PARTS] for fault in look_at(page, url)]
    assert not faults, "\n".join(faults)


def test_every_page_of_the_sample_is_in_vietnamese(pages: list[str], page: Page) -> None:
    faults: list[str] = []
    for url in pages:
        page.goto(url)
        faults += english_on(page)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "name",
    ["tenancy:landing", "account_login", "account_signup", "account_reset_password"],
)
def test_every_page_before_the_sign_in_is_well_made(page: Page, name: str) -> None:
    faults = [*look_at(page, reverse(name)), *english_on(page)]
    assert not faults, "\n".join(faults)
