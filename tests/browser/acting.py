"""What the journeys share: addresses of the sample, forms, what a phone must not do."""

import re
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, Page

from budgets.models import BudgetLine
from planning.models import Plan
from tracking.models import Entry


def url_of(plan: Plan, name: str, **kwargs: Any) -> str:
    """Return the address of a page of the plan by its full name: `tracking:review_list`."""
    known = {"company_slug": plan.company.slug, "year": plan.fiscal_year}
    return reverse(name, kwargs=known | kwargs)


def home_of(plan: Plan) -> str:
    """Return the address of the company's home page."""
    return reverse("tracking:home", kwargs={"company_slug": plan.company.slug})


def go(page: Page, area: str) -> None:
    """Follow the link of the navigation to an area of the plan: `reviews`, `budget`."""
    page.locator(f".side a[href$='/{area}/']").click()
    page.wait_for_url(f"**/{area}/**")


def form_to(page: Page, ending: str) -> Locator:
    """Return the form that is sent to an address with this ending."""
    return page.locator(f"main form[action$='{ending}']")


def send(form: Locator) -> None:
    """Press the form's own button."""
    form.locator("button[type=submit]").last.click()


def overflow(page: Page) -> int:
    """Return by how many pixels the document is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return width


def secrets_of(plan: Plan) -> set[str]:
    """Return the names, codes and notes of private lines and of what was logged on them."""
    lines = BudgetLine.objects.filter(plan=plan, is_private=True)
    entries = Entry.objects.filter(line__in=lines)
    found: set[str] = set()
    for rows in (lines.values_list("name", "name_en", "code", "note"), entries.values_list("note")):
        found.update(text for row in rows for text in row if text)
    return found


def everything_linked(page: Page, start: str) -> dict[str, str]:
    """Return the source of every page of the company that links lead to, by address."""
    waiting, seen = [start], {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        answer = page.request.get(address)
        assert answer.status == 200, address
        is_file = "attachment" in answer.headers.get("content-disposition", "")
        seen[address] = "" if is_file else answer.text()
        waiting += links_in(seen[address], start)
    return seen


def links_in(source: str, start: str) -> Iterable[str]:
    """Return the addresses below `start` that a page links to, each view of a page once."""
    found = re.findall(r'href="([^"#]*)', source)
    return (link.replace("&amp;", "&") for link in found if link.startswith(start))
