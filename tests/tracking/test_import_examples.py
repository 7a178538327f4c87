"""The example files of owners and accountants give exactly the results written beside them."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from aop.tenancy.models import Company
from budgets.models import LineMonth
from planning.models import Plan
from tests.plan_folders import IMPORT_COMPANY
from tracking.folders.storage import read_directory
from tracking.folders.whole import read_plan_folder
from tracking.models import Entry
from tracking.services.companies import Destination, load_company

FOLDER = IMPORT_COMPANY.parent
CASES: list[dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text("utf-8"))["cases"]
FREE = {"reason", "why", "found", "column"}  # their words are not part of the contract


@pytest.fixture(scope="module")
def shop(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    """The company of the examples, loaded once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        folder = read_plan_folder(read_directory(IMPORT_COMPANY))
        yield load_company(folder, Destination())
        transaction.set_rollback(True)


def run(command: str, company: Company, file: Path, *options: str) -> dict[str, Any]:
    output = StringIO()
    call_command(
        command,
        company.slug,
        "2026",
        str(file),
        *options,
        "--format",
        "json",
        stdout=output,
        stderr=StringIO(),
    )
    result: dict[str, Any] = json.loads(output.getvalue())
    return result


def compared(value: Any) -> Any:
    """Return a result without the words that are free."""
    if isinstance(value, dict):
        return {key: compared(item) for key, item in value.items() if key not in FREE}
    return [compared(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expected"]["file"])
def test_an_example_gives_its_result(case: dict[str, Any], shop: Company, db: None) -> None:
    file = FOLDER / case["expected"]["file"]

    result = run(case["command"], shop, file, "--dry-run")
    assert compared(result) == compared(case["expected"])
    assert not Entry.objects.for_company(shop).exists()
    assert LineMonth.objects.for_company(shop).filter(planned_amount__isnull=False).count() == 12


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expected"]["file"])
def test_every_problem_has_a_sentence(case: dict[str, Any], shop: Company, db: None) -> None:
    result = run(case["command"], shop, FOLDER / case["expected"]["file"], "--dry-run")

    reasons = [row["reason"] for row in (*result["rejected"], *result["to_confirm"])]
    assert all(reason.endswith((".", "?")) and "%(" not in reason for reason in reasons)


def test_a_budget_example_goes_into_a_draft(shop: Company, db: None) -> None:
    Plan.objects.for_company(shop).update(status="draft")
    file = FOLDER / "01_ngan_sach_logo_o_gop.xlsx"

    assert run("import_budget", shop, file)["status"] == "imported"
    again = run("import_budget", shop, file)
    assert (again["changed"], again["unchanged"], again["rejected"]) == (0, 72, [])


def test_an_entries_example_is_booked_once(shop: Company, db: None) -> None:
    file = FOLDER / "03_thuc_te_cham_phay_bom.csv"

    assert run("import_actuals", shop, file)["status"] == "imported"
    again = run("import_actuals", shop, file)
    assert (again["status"], again["accepted"]) == ("already imported", 0)
    assert Entry.objects.for_company(shop).count() == 8
