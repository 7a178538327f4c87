"""A viewer reads everything that is not private, finds nothing to change, and cannot."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from aop.tenancy.models import AuditEntry, Membership
from aop.tenancy.roles import Role
from planning.models import Plan
from tests.browser.acting import everything_linked, home_of, links_in, overflow, secrets_of
from tests.browser.walking import pages_of
from tests.browser.watch import PHONE, WIDE
from tests.tenancy.walking import known, table, url_of

OF_COMPANY = [name for name, one in known().items() if "company_slug" in one.params]
READ_ON = "tracking:review_detail"  # who may not write there gets the page to read
WRITTEN = [name for name in OF_COMPANY if "POST" in table()[name].methods and name != READ_ON]
FORMS = re.compile(r"<form\b[^>]*\bmethod=[\"']?post[^>]*>", re.IGNORECASE)
OWN_SETTINGS = ("/language/", "/accounts/logout/")
EDITING = re.compile(r"/(edit|add|new|delete|remove|move|fill|months|approve|time)/$")


def test_a_viewer_finds_no_control_to_change_anything(
    sample: Plan, sign_in_as: Callable[..., Membership], page: Page
) -> None:
    sign_in_as(Role.VIEWER)
    home = home_of(sample)

    pages = everything_linked(page, home)
    forms = {
        (url, form)
        for url, source in pages.items()
        for form in FORMS.findall(source)
        if not any(f'action="{action}"' in form for action in OWN_SETTINGS)
    }
    links = {link for source in pages.values() for link in links_in(source, home)}
    assert forms == set()
    assert [link for link in links if EDITING.search(link.split("?")[0])] == []
    assert {
        (url, s) for url, text in pages.items() for s in secrets_of(sample) if s in text
    } == set()


def test_a_viewer_reads_every_page(
    whole_sample: Plan, sign_in_as: Callable[..., Membership], page: Page
) -> None:
    viewer = sign_in_as(Role.VIEWER, language="en")
    pages = pages_of(viewer).values()
    assert len(pages) > 25
    for url in pages:
        page.set_viewport_size(WIDE)
        page.goto(url)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator("main")).not_to_be_empty()
        page.set_viewport_size(PHONE)
        assert overflow(page) == 0, url


def test_a_viewer_changes_nothing_by_sending_forms(
    whole_sample: Plan, sign_in_as: Callable[..., Membership], page: Page
) -> None:
    sign_in_as(Role.VIEWER)
    page.goto(home_of(whole_sample))
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    before = AuditEntry.objects.count()

    answers = {
        name: page.request.post(
            url_of(known()[name], whole_sample.company),
            form={"csrfmiddlewaretoken": token},
            max_redirects=0,
        ).status
        for name in WRITTEN
    }
    assert set(answers.values()) == {403}, answers
    assert AuditEntry.objects.count() == before
