"""Whatever people type is shown as they typed it: it runs nowhere and breaks no page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from aop.tenancy.models import Membership
from aop.tenancy.roles import Role
from planning.models import Plan
from tests.browser.acting import overflow
from tests.browser.hostile import poison
from tests.browser.walking import pages_of
from tests.browser.watch import PHONE

ESCAPED = "() => document.querySelectorAll('[data-bait]').length === 0"


@pytest.mark.parametrize("viewport", [PHONE], ids=["390"])
def test_hostile_texts_run_nowhere_and_fit_the_phone(
    whole_sample: Plan, sign_in_as: Callable[..., Membership], page: Page
) -> None:
    owner = sign_in_as(Role.OWNER)
    assert poison(whole_sample.company) > 40

    faults = []
    for url in pages_of(owner).values():
        page.goto(url)
        if not page.evaluate(ESCAPED):
            faults.append(f"{url} lets a text become an element")
        if overflow(page) > 0:
            faults.append(f"{url} is {overflow(page)} pixels wider than the phone")
    assert not faults, "\n".join(faults)
