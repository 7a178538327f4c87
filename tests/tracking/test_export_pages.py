"""What leaves as a file: workbooks with their names, the plan folder with its trace."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from aop.tenancy.models import AuditEntry, Company, Membership
from aop.tenancy.roles import Role
from planning.models import Plan
from tests.cast import signed_in
from tests.factories import close_month, make_entry, make_line, make_member, make_month, make_year
from tests.tracking.workbook_formulas import Calculator
from tracking.folders.storage import read_zip
from tracking.folders.whole import read_plan_folder
from tracking.services.companies import Destination, load_company, sample_folder
from tracking.views.exports import XLSX


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    """The sample company, loaded once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_company(sample_folder(), Destination(slug="sample"))
        transaction.set_rollback(True)


@pytest.fixture
def accountant_of_sample(sample: Company, db: None) -> Client:
    return signed_in(make_member(sample, Role.ACCOUNTANT))


def url(name: str, company: Company, **kwargs: object) -> str:
    return reverse(
        f"tracking:{name}", kwargs={"company_slug": company.slug, "year": 2026, **kwargs}
    )


def test_the_budget_comes_with_a_name_of_its_own(
    accountant_of_sample: Client, sample: Company
) -> None:
    answer = accountant_of_sample.get(url("budget_export", sample))

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, XLSX)
    name = unquote(answer.headers["Content-Disposition"])
    assert name.startswith("attachment; filename")
    assert "BabyCare House - Ngân sách 2026 v2.xlsx" in name


@pytest.mark.parametrize("month", ["2026-02", "2026-10"])
def test_a_closed_month_has_its_workbook(
    month: str, accountant_of_sample: Client, sample: Company
) -> None:
    answer = accountant_of_sample.get(url("variance_export", sample, month=month))

    book: Any = openpyxl.load_workbook(BytesIO(answer.content))
    checks = list(Calculator(answer.content).checks())
    entries = book.worksheets[1].iter_rows(min_row=6, values_only=True)
    assert {row[2].strftime("%Y-%m") for row in entries} == {month}
    assert len(checks) > 250
    assert [check for check in checks if not check.agrees] == []


def test_the_workbook_of_june_tells_the_numbers_of_june(
    accountant_of_sample: Client, sample: Company
) -> None:
    answer = accountant_of_sample.get(url("variance_export", sample, month="2026-06"))

    sheet = openpyxl.load_workbook(BytesIO(answer.content), data_only=True).worksheets[0]
    rows = list(sheet.iter_rows(min_row=6, values_only=True))
    revenue, *_others, profit, _purchases = [row for row in rows if row[0] == "aop:total"]
    assert (revenue[8], revenue[9]) == (3_463_200_000, 3_428_825_000)
    assert profit[9] == -51_512_583


def test_an_open_month_has_none_yet(accountant_of_sample: Client, sample: Company) -> None:
    answer = accountant_of_sample.get(url("variance_export", sample, month="2026-11"))

    assert answer.status_code == 422
    assert "/variance/2026-10.xlsx" in answer.content.decode()


def test_a_month_of_another_year_does_not_exist(
    accountant_of_sample: Client, sample: Company
) -> None:
    answer = accountant_of_sample.get(url("variance_export", sample, month="2025-12"))

    assert answer.status_code == 404


def test_variances_are_shown_where_plan_or_actual_is_missing(
    plan: Plan, as_accountant: Client
) -> None:
    make_month(make_line(plan, "Chỉ có kế hoạch", kind="opex"))
    unplanned = make_line(plan, "Không kế hoạch", kind="opex")
    make_month(unplanned, planned_amount=None, actual_amount=7)
    make_entry(unplanned, amount=7)
    plan.status = "approved"
    plan.save()
    for month in list(plan.year)[:2]:
        close_month(plan, month)

    answer = as_accountant.get(url("variance_export", plan.company, month="2026-02"))
    assert all(check.agrees for check in Calculator(answer.content).checks())


def test_the_folder_comes_back_as_the_same_company(sample: Company, db: None) -> None:
    owner = make_member(sample, Role.OWNER)
    answer = signed_in(owner).post(url("folder_export", sample))

    folder = read_plan_folder(read_zip(answer.content))
    assert answer.headers["Content-Type"] == "application/zip"
    assert (folder.lines, folder.budget) == (sample_folder().lines, sample_folder().budget)
    note = AuditEntry.objects.for_company(sample).get(action="tracking.company.exported")
    assert (note.actor, note.plan_year) == (owner.user, 2026)


def test_looking_at_the_page_of_the_folder_takes_nothing(as_owner: Client, plan: Plan) -> None:
    answer = as_owner.get(url("folder_export", plan.company))

    assert answer.status_code == 200
    assert not AuditEntry.objects.for_company(plan.company).exists()


def test_only_the_owner_takes_the_folder(as_accountant: Client, plan: Plan) -> None:
    assert as_accountant.post(url("folder_export", plan.company)).status_code == 403


def test_a_name_holds_nothing_that_a_disk_refuses(plan: Plan, as_accountant: Client) -> None:
    plan.company.name = 'A/B\\C:"D"\r\nX-Bad: 1 <e>|f?*'
    plan.company.save()

    answer = as_accountant.get(url("budget_export", plan.company))
    assert "X-Bad" not in answer.headers
    assert "A B C D X-Bad 1 e f - " in unquote(answer.headers["Content-Disposition"])


def test_the_command_writes_the_workbook(plan: Plan, tmp_path: Path) -> None:
    make_year(make_line(plan))
    out = tmp_path / "budget.xlsx"

    call_command("export_budget", plan.company.slug, "2026", str(out), "--language", "en")
    assert openpyxl.load_workbook(out).sheetnames[:2] == ["Summary", "Budget"]


REFUSED = {
    "an unknown company": ("nobody", "2026", "b.xlsx", "no company"),
    "an unknown year": ("babycare-house", "1999", "b.xlsx", "no plan for 1999"),
    "a folder that is not there": ("babycare-house", "2026", "no/b.xlsx", "cannot be written"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_command_refuses(
    what: str, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "C")
    slug, year, out, sentence = REFUSED[what]

    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("export_budget", slug, year, str(tmp_path / out))
    assert refused.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_member_of_nothing_gets_nothing(outsider: Membership, plan: Plan) -> None:
    assert signed_in(outsider).get(url("budget_export", plan.company)).status_code == 404
