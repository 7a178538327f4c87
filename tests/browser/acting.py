"""What the journeys share: addresses of the sample, forms, what a phone must not do."""

from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, Page

from planning.models import Plan


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
