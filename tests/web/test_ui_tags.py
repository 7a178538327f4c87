"""Icons, addresses inside a company and the navigation."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch, resolve
from lucide import IconDoesNotExist

from aop.tenancy.roles import ROLE_PERMISSIONS, Permission, Role
from aop.web import navigation
from aop.web.templatetags import aop_ui

COMPANY = SimpleNamespace(slug="babycare-house", name="BabyCare House")
PLAN = SimpleNamespace(fiscal_year=2026, status="draft")


def page(role: Role = Role.OWNER, path: str = "", **values: Any) -> Context:
    """Return the context of a page of the sample company for a member with `role`."""
    request = RequestFactory().get(path or "/")
    if path:
        request.resolver_match = resolve(path)
    may = {str(permission): permission in ROLE_PERMISSIONS[role] for permission in Permission}
    member = SimpleNamespace(role=role)
    return Context(
        {"request": request, "company": COMPANY, "membership": member, "may": may, **values}
    )


def areas(context: Context) -> list[str]:
    """Return the areas that the navigation of a page shows."""
    return [link.area for section in aop_ui.nav_sections(context) for link in section.links]


def test_it_draws_an_icon_that_screen_readers_skip() -> None:
    svg = aop_ui.icon("target", size=22)

    assert svg.startswith("<svg")
    assert 'aria-hidden="true"' in svg
    assert 'width="22"' in svg
    assert 'class="i"' in svg


def test_it_refuses_an_icon_that_does_not_exist() -> None:
    with pytest.raises(IconDoesNotExist):
        aop_ui.icon("no-such-icon")


def test_it_fills_company_and_year_into_an_address() -> None:
    template = Template("{% load aop_ui %}{% page_url 'planning:goal_list' %}")

    address = template.render(page(plan=PLAN))

    assert address == "/c/babycare-house/2026/goals/"


def test_it_refuses_an_address_that_does_not_exist() -> None:
    template = Template("{% load aop_ui %}{% page_url 'planning:no_such_page' %}")

    with pytest.raises(NoReverseMatch):
        template.render(page(plan=PLAN))


def test_it_leads_the_owner_to_every_area() -> None:
    shown = areas(page(plan=PLAN))

    wanted = [item.area for group in navigation.GROUPS for item in group.items]
    assert shown == wanted


def test_it_hides_what_a_viewer_may_not_open() -> None:
    shown = areas(page(Role.VIEWER, plan=PLAN))

    assert {"log", "members", "history", "settings"}.isdisjoint(shown)
    assert {"home", "goals", "variance"} <= set(shown)


def test_it_leaves_out_the_year_while_there_is_no_plan() -> None:
    shown = areas(page())

    assert shown == ["home", "tasks", "members", "history", "settings"]


def test_it_leads_to_the_plan_in_use_from_pages_without_a_year() -> None:
    tags = aop_ui.nav_sections(page(nav_plan=PLAN))

    addresses = [link.url for section in tags for link in section.links]
    assert "/c/babycare-house/2026/budget/" in addresses


def test_it_marks_the_area_of_the_page_as_current() -> None:
    context = page(path="/c/babycare-house/2026/goals/", plan=PLAN)

    links = [link for section in aop_ui.nav_sections(context) for link in section.links]

    assert [link.area for link in links if link.is_current] == ["goals"]


def test_it_puts_logging_in_the_middle_of_the_phone_of_staff() -> None:
    tabs = aop_ui.nav_tabs(page(Role.STAFF, plan=PLAN))

    assert [link.area for link in tabs] == ["home", "tasks", "log", "decisions"]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Nguyễn Thu Hà", "NH"), ("Lan", "L"), ("minh.anh@shop.example", "MA"), ("", "?")],
)
def test_it_shortens_a_name_to_initials(name: str, letters: str) -> None:
    assert aop_ui.initials(name) == letters


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36", "Chrome · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; like Mac OS X) Version/17.5 Safari/604.1", "Safari · iPhone"),
        ("curl/8.7", "curl/8.7"),
    ],
)
def test_it_names_a_browser_for_people(user_agent: str, name: str) -> None:
    assert aop_ui.browser(user_agent) == name
