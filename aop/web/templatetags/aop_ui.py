"""Icons, addresses inside a company, and the navigation."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

from aop.web import navigation
from aop.web.navigation import Label, NavGroup, NavItem
from aop.web.stylesheets import sheets

register = template.Library()

_arity: dict[str, int] = {}  # how much of company and year an address took last time

ICON_SIZE = 18

# What a browser calls itself, the most particular first: all of them say "Safari", too.
BROWSERS = (
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class NavLink:
    """A link of the navigation, ready to be drawn."""

    url: str
    icon: str
    label: Label
    area: str
    is_current: bool


@dataclass(frozen=True)
class NavSection:
    """A heading of the navigation with the links that this member sees."""

    key: str
    label: Label
    links: tuple[NavLink, ...]


@lru_cache(maxsize=512)
def _drawn_icon(name: str, size: int, css_class: str) -> SafeString:
    classes = f"i {css_class}".strip()
    return SafeString(
        lucide(name, size=size, **{"class": classes, "aria-hidden": "true", "focusable": "false"})
    )


@register.simple_tag
def icon(name: str, size: int = ICON_SIZE, css: str = "") -> SafeString:
    """Draw a lucide icon that screen readers skip: the word beside it speaks."""
    return _drawn_icon(str(name), size, str(css))


@register.simple_tag
def stylesheets() -> SafeString:
    """Link the style sheets of every page."""
    links = ((static(sheet),) for sheet in sheets())
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@register.simple_tag(takes_context=True)
def page_url(context: Context, name: str, **kwargs: Any) -> str:
    """Return the address of a page of this company and plan; `kwargs` name the rest.

    Raises:
        NoReverseMatch: No page has that name, or it needs more than is known here.
    """
    return _address(context, str(name), kwargs)


def _address(context: Context, name: str, kwargs: dict[str, Any]) -> str:
    """Reverse `name`, trying first what fitted last time: a miss is slow."""
    for known in sorted(_known(context), key=lambda known: len(known) != _arity.get(name)):
        try:
            address = reverse(name, kwargs=known | kwargs)
        except NoReverseMatch:
            continue
        _arity[name] = len(known)
        return address
    return reverse(name, kwargs=kwargs)


def _known(context: Context) -> list[dict[str, Any]]:
    company, plan = context.get("company"), _plan(context)
    if not company:
        return []
    of_company = {"company_slug": company.slug}
    return [of_company | {"year": plan.fiscal_year}, of_company] if plan else [of_company]


@register.simple_tag(takes_context=True)
def shown_plan(context: Context) -> Any:
    """Return the page's plan, else the one its links lead to, else None."""
    return _plan(context)


@register.simple_tag(takes_context=True)
def nav_sections(context: Context) -> list[NavSection]:
    """Return the navigation of this page: groups of links that the member may follow."""
    return [section for group in navigation.GROUPS if (section := _section(context, group)).links]


@register.simple_tag(takes_context=True)
def nav_tabs(context: Context) -> list[NavLink]:
    """Return the links of the bar at the bottom of a phone."""
    membership = context.get("membership")
    role = str(membership.role) if membership else ""
    return list(_links(context, navigation.tabs_of(role)))


def _section(context: Context, group: NavGroup) -> NavSection:
    if not context.get("company") or (group.needs_plan and not _plan(context)):
        return NavSection(group.key, group.label, ())
    return NavSection(group.key, group.label, tuple(_links(context, group.items)))


def _plan(context: Context) -> Any:
    return context.get("plan") or context.get("nav_plan")


def _links(context: Context, items: tuple[NavItem, ...]) -> Iterator[NavLink]:
    may = context.get("may") or {}
    view_name = _view_name(context)
    for item in items:
        if not item.shown_to(may) or not (_plan(context) or item.area in navigation.WITHOUT_PLAN):
            continue
        url = _address(context, item.url_name, {})
        current = item.area == context.get("area") or item.covers(view_name)
        yield NavLink(url, item.icon, item.label, item.area, current)


def _view_name(context: Context) -> str:
    match = getattr(context.get("request"), "resolver_match", None)
    return match.view_name if match else ""


@register.filter
def initials(name: object) -> str:
    """Return one or two capitals for a person's picture: first and last word of the name."""
    words = str(name).split("@", maxsplit=1)[0].replace(".", " ").split()
    letters = [word[0] for word in (words[0], *words[1:][-1:])] if words else ["?"]
    return "".join(letters).upper()


@register.filter
def browser(user_agent: str) -> str:
    """Name the browser and the device of a session: `Chrome · Windows`."""
    names = (
        next((name for sign, name in signs if sign in user_agent), "")
        for signs in (BROWSERS, SYSTEMS)
    )
    return " · ".join(filter(None, names)) or user_agent[:40]
