"""The plan on a page fits one A4 upright, however much stands in the plan."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from aop.tenancy.models import Membership
from aop.tenancy.roles import Role
from planning.models import Plan
from tests.factories import make_goal, make_initiative, make_not_doing, make_person, make_risk

A4 = (595, 842)  # points
URL = "/c/babycare-house/2026/summary/"
LONG = "một tên dài hơn mức mà người ta thường đặt cho nó, để thử trang in"


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def size_of(pdf: bytes) -> tuple[int, int]:
    found = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    assert found
    return round(float(found[1])), round(float(found[2]))


def printed(page: Page) -> bytes:
    page.goto(URL)
    return page.pdf(prefer_css_page_size=True, print_background=True)


def fill(plan: Plan) -> None:
    """Write more into the plan than anybody should."""
    plan.where_we_go = f"{LONG} " * 6
    plan.save()
    for number in range(8):
        make_goal(plan, LONG, code=f"GX{number}")
        make_initiative(plan, LONG, code=f"IX{number}")
        make_risk(plan, LONG, code=f"RX{number}")
        make_person(plan, f"Nguyễn Thị Minh Khai {number}", code=f"PX{number}", role=LONG)
        make_not_doing(plan, f"{LONG} {number}")


@pytest.mark.parametrize("locale", ["vi-VN", "en-GB"])
@pytest.mark.parametrize("is_full", [False, True], ids=["sample", "full"])
def test_it_prints_one_a4(
    page: Page, sample: Plan, sign_in_as: Callable[..., Membership], locale: str, is_full: bool
) -> None:
    sign_in_as(Role.OWNER, locale[:2])
    if is_full:
        fill(sample)

    pdf = printed(page)

    assert pages_of(pdf) == 1
    assert size_of(pdf) == A4


@pytest.mark.parametrize("is_full", [False, True], ids=["sample", "full"])
def test_nothing_is_cut_off(
    page: Page, sample: Plan, sign_in_as: Callable[..., Membership], is_full: bool
) -> None:
    sign_in_as(Role.OWNER)
    if is_full:
        fill(sample)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1047})  # what 10 mm of margin leave of an A4
    page.goto(URL)

    room = page.locator(".sheet-a4").evaluate(
        "sheet => [sheet.scrollHeight - sheet.clientHeight, sheet.scrollWidth - sheet.clientWidth]"
    )

    assert room == [0, 0]
