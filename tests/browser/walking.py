"""Looks at page after page as a person cannot: both sizes, both themes, every rule of axe."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from aop.tenancy.models import Membership
from tests.architecture.test_texts import catalogue
from tests.browser.acting import overflow
from tests.browser.watch import PHONE, WIDE, axe_violations
from tests.tenancy.walking import addresses, table, url_of

CONTRAST = ["color-contrast"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%|\s+")
SHORTEST = 13  # shorter texts are words that both languages may share, or parts of others
SHOWN = """() => {
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest("script, style, template")) {
      texts.push(walker.currentNode.data);
    }
  }
  for (const name of ["aria-label", "placeholder", "title", "alt"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      texts.push(element.getAttribute(name));
    }
  }
  return texts;
}"""
OUTSIDE = (
    "tenancy:company_list",
    "tenancy:account",
    "account_email",
    "account_change_password",
    "mfa_index",
    "usersessions_list",
    "account_logout",
    "tracking:start",
    "tracking:start_company",
    "tracking:start_sample",
    "tracking:start_import",
)


def pages_of(member: Membership) -> dict[str, str]:
    """Return the address of every page that a member can open, by name; no redirect, no file."""
    client = Client()
    client.force_login(member.user)
    found = {
        one.name: url_of(one, member.company)
        for one in addresses()
        if "company_slug" in one.params
        and one.name in table()
        and "GET" in table()[one.name].methods
    }
    found |= {name: reverse(name) for name in OUTSIDE}
    return {name: url for name, url in found.items() if is_page(client, url)}


def is_page(client: Client, url: str) -> bool:
    """Say whether an address answers with a page."""
    answer = client.get(url)
    kind = answer.headers.get("Content-Type", "")
    is_file = answer.headers.get("Content-Disposition", "").startswith("attachment")
    return answer.status_code == 200 and kind.startswith("text/html") and not is_file


def look_at(page: Page, url: str) -> Iterator[str]:
    """Yield what is wrong with a page, at 1440 and at 390, light and dark."""
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    page.goto(url)
    yield from (f"{url} light 1440: {found}" for found in axe_violations(page))
    page.emulate_media(color_scheme="dark")
    yield from (f"{url} dark 1440: {found}" for found in axe_violations(page, CONTRAST))
    page.set_viewport_size(PHONE)
    yield from (f"{url} dark 390: {found}" for found in axe_violations(page))
    page.emulate_media(color_scheme="light")
    yield from (f"{url} light 390: {found}" for found in axe_violations(page, CONTRAST))
    if overflow(page) > 0:
        yield f"{url} 390: wider than the window by {overflow(page)} pixels"


def english_on(page: Page) -> Iterator[str]:
    """Yield the English texts that a Vietnamese page shows."""
    language = page.evaluate("document.documentElement.lang")
    if language != "vi":
        yield f"{page.url} speaks {language}"
    shown = " ¦ ".join(" ".join(text.split()) for text in page.evaluate(SHOWN))
    yield from (f"{page.url} shows “{text}”" for text in english() if text in shown)


@cache
def english() -> frozenset[str]:
    """Return the longer pieces of English texts whose Vietnamese differs."""
    vietnamese = [message for message in catalogue("vi") if message.id]
    kept = {piece for message in vietnamese for piece in pieces(strings(message.string))}
    found = {piece for message in vietnamese for piece in pieces(strings(message.id))}
    return frozenset(found - kept)


def strings(texts: object) -> Iterable[str]:
    return texts if isinstance(texts, list | tuple) else [str(texts)]


def pieces(texts: Iterable[str]) -> Iterator[str]:
    """Yield what stands between the placeholders of a text, when it is long enough."""
    for text in texts:
        for piece in re.split(r"%\(\w+\)[sd]|\{\w+\}", text):
            piece = " ".join(piece.replace("%%", "%").split())
            if len(piece) >= SHORTEST:
                yield piece
