"""Files sent in the browser: looked at, confirmed, refused, gone."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from aop.tenancy.models import Membership
from aop.tenancy.roles import Role
from budgets.models import BudgetLine, LineMonth
from planning.models import Plan
from tests.cast import signed_in
from tests.factories import make_line, make_member, make_month, make_year
from tracking.models import Entry
from tracking.services.uploads import SentFile, UploadGone, keep_upload, kept_upload

ENTRIES = "Ngày,Khoản mục,Số tiền\n5/1/2026,RENT,100\n6/1/2026,RENT,250\n"
MONTHS = ",".join(f"2026-{n:02d}" for n in range(1, 13))
BUDGET = f"line_code,{MONTHS}\nRENT,{','.join(['40000000'] * 12)}\n"
HTTP_OK, FOUND, REFUSED = 200, 302, 422


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Keep what is sent in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    with translation.override("en"):
        yield tmp_path


@pytest.fixture
def rent(plan: Plan) -> BudgetLine:
    line = make_line(plan, "Tiền thuê", code="RENT", kind="opex")
    make_year(line, 35_000_000)
    return line


@pytest.fixture
def approved(rent: BudgetLine) -> Plan:
    rent.plan.status = "approved"
    rent.plan.save()
    return rent.plan


def url(name: str, plan: Plan, **kwargs: object) -> str:
    where = {"company_slug": plan.company.slug, "year": plan.fiscal_year}
    return reverse(f"tracking:{name}", kwargs=where | kwargs)


def send(client: Client, name: str, plan: Plan, text: str, file: str = "a.csv") -> Any:
    uploaded = SimpleUploadedFile(file, text.encode())
    return client.post(url(name, plan), {"file": uploaded}, headers={"accept-language": "en"})


def preview_url(client: Client, name: str, plan: Plan, text: str) -> str:
    """Send a file and return the page of what is in it."""
    answer = send(client, name, plan, text)
    assert answer.status_code == FOUND
    return str(answer.headers["Location"])


def fingerprint(answer: Any) -> str:
    found = re.search(r'name="fingerprint" value="(\w*)"', answer.content.decode())
    assert found is not None
    return found[1]


def test_entries_are_looked_at_then_booked(as_accountant: Client, approved: Plan) -> None:
    page = preview_url(as_accountant, "actual_import", approved, ENTRIES)

    shown = as_accountant.get(page)
    assert shown.status_code == HTTP_OK
    assert "250" in shown.content.decode()
    assert not Entry.objects.for_company(approved.company).exists()

    answer = as_accountant.post(page, {}, follow=True)
    assert "2 " in answer.content.decode()
    assert Entry.objects.for_company(approved.company).count() == 2


def test_a_file_that_was_booked_is_gone_from_the_waiting_ones(
    as_accountant: Client, approved: Plan, media: Path
) -> None:
    page = preview_url(as_accountant, "actual_import", approved, ENTRIES)
    as_accountant.post(page, {})

    again = as_accountant.post(page, {})
    assert again.headers["Location"] == url("actual_import", approved)
    assert Entry.objects.for_company(approved.company).count() == 2
    kept = [path for path in media.rglob("*") if path.is_file()]
    assert [path.read_text("utf-8") for path in kept] == [ENTRIES]


def test_the_same_entries_again_have_nothing_to_book(as_accountant: Client, approved: Plan) -> None:
    as_accountant.post(preview_url(as_accountant, "actual_import", approved, ENTRIES), {})

    page = preview_url(as_accountant, "actual_import", approved, ENTRIES)
    assert "alert good" in as_accountant.get(page).content.decode()
    assert as_accountant.post(page, {}).status_code == REFUSED


def test_bad_rows_are_named_and_left_out_only_when_ticked(
    as_accountant: Client, approved: Plan
) -> None:
    text = f"{ENTRIES}7/1/2026,RENT,nhiều\n"
    page = preview_url(as_accountant, "actual_import", approved, text)

    assert "C4" in as_accountant.get(page).content.decode()
    refused = as_accountant.post(page, {})
    assert refused.status_code == REFUSED
    assert not Entry.objects.for_company(approved.company).exists()

    as_accountant.post(page, {"partial": "on"})
    assert Entry.objects.for_company(approved.company).count() == 2


def test_differences_are_looked_at_then_written(as_accountant: Client, rent: BudgetLine) -> None:
    page = preview_url(as_accountant, "budget_import", rent.plan, BUDGET)

    shown = as_accountant.get(page)
    answer = as_accountant.post(page, {"fingerprint": fingerprint(shown)})
    assert answer.headers["Location"].endswith("/budget/")
    amounts = LineMonth.objects.for_company(rent.company).values_list("planned_amount", flat=True)
    assert set(amounts) == {40_000_000}


def test_computed_lines_are_named_as_left_alone(as_accountant: Client, rent: BudgetLine) -> None:
    make_year(
        make_line(rent.plan, "Phí sàn", code="FEE", driver=rent, driver_ratio="0.1"), 3_500_000
    )
    text = "line_code,2026-01,2026-02,2026-03\nFEE,1,2,3\n"

    page = preview_url(as_accountant, "budget_import", rent.plan, text)
    assert "Phí sàn. " in as_accountant.get(page).content.decode()


def test_other_differences_than_those_shown_are_shown_first(
    as_accountant: Client, rent: BudgetLine
) -> None:
    page = preview_url(as_accountant, "budget_import", rent.plan, BUDGET)
    seen = fingerprint(as_accountant.get(page))
    LineMonth.objects.for_company(rent.company).filter(line=rent).update(planned_amount=1)

    answer = as_accountant.post(page, {"fingerprint": seen})
    assert answer.status_code == REFUSED
    assert fingerprint(answer) != seen
    amounts = LineMonth.objects.for_company(rent.company).values_list("planned_amount", flat=True)
    assert set(amounts) == {1}


def test_an_approved_plan_shows_the_way_to_an_adjustment(
    as_accountant: Client, approved: Plan
) -> None:
    shown = as_accountant.get(url("budget_import", approved)).content.decode()

    assert "/adjustments/" in shown
    assert 'type="file"' not in shown
    assert send(as_accountant, "budget_import", approved, BUDGET).status_code == REFUSED


def test_a_draft_takes_no_entries(as_accountant: Client, rent: BudgetLine) -> None:
    shown = as_accountant.get(url("actual_import", rent.plan)).content.decode()

    assert 'type="file"' not in shown
    assert send(as_accountant, "actual_import", rent.plan, ENTRIES).status_code == REFUSED


@pytest.mark.parametrize("name", ["actual_import", "budget_import"])
def test_another_kind_of_file_is_refused(name: str, as_accountant: Client, approved: Plan) -> None:
    answer = send(as_accountant, name, approved, "x", file="a.xls")

    assert answer.status_code == REFUSED


def test_a_file_without_heads_says_what_is_missing(as_accountant: Client, approved: Plan) -> None:
    answer = as_accountant.get(preview_url(as_accountant, "actual_import", approved, "a,b\n1,2\n"))

    assert answer.status_code == REFUSED
    assert 'role="alert"' in answer.content.decode()


def test_no_file_is_refused(as_accountant: Client, approved: Plan) -> None:
    assert as_accountant.post(url("actual_import", approved), {}).status_code == REFUSED


def test_a_token_is_of_one_member_and_one_plan(
    owner: Membership, accountant: Membership, approved: Plan
) -> None:
    file = SentFile("a.csv", ENTRIES.encode())
    token = keep_upload(approved, file, actor=owner, now=approved.company.created_at)

    assert kept_upload(approved, token, actor=owner) == file
    with pytest.raises(UploadGone):
        kept_upload(approved, token, actor=accountant)
    with pytest.raises(UploadGone):
        kept_upload(approved, f"{token}x", actor=owner)


def test_what_waits_for_a_day_is_thrown_away(
    as_accountant: Client, approved: Plan, media: Path, accountant: Membership
) -> None:
    page = preview_url(as_accountant, "actual_import", approved, ENTRIES)
    later = approved.company.created_at.replace(year=2030)
    keep_upload(approved, SentFile("b.csv", b"b"), actor=accountant, now=later)

    gone = as_accountant.get(page, follow=True)
    assert gone.redirect_chain[0][0] == url("actual_import", approved)
    assert [path.read_bytes() for path in media.rglob("*") if path.is_file()] == [b"b"]


def test_texts_of_a_file_are_escaped(as_accountant: Client, approved: Plan) -> None:
    text = "Ngày,Khoản mục,Số tiền,Diễn giải\n5/1/2026,<script>x</script>,1,\n"

    page = preview_url(as_accountant, "actual_import", approved, text)
    assert "<script>x" not in as_accountant.get(page).content.decode()


def test_lists_cost_the_same_for_10_and_for_200_lines(
    plan: Plan, owner: Membership, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    codes = [f"L{n:03d}" for n in range(200)]
    for code in codes:
        make_month(make_line(plan, code, code=code), planned_amount=1)
    text = "\n".join(["line_code,2026-01,2026-02,2026-03", *(f"{code},5,6,7" for code in codes)])
    client = signed_in(owner)
    page = preview_url(client, "budget_import", plan, text)

    with django_assert_max_num_queries(25):
        assert client.get(page).status_code == HTTP_OK


def test_staff_may_not_import(approved: Plan) -> None:
    client = signed_in(make_member(approved.company, Role.STAFF))

    assert client.get(url("actual_import", approved)).status_code == 403
