"""A company out of a plan folder and back: all or nothing, and nothing lost."""

import json
from collections.abc import Iterable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.extra.django import TestCase

from aop.tenancy.models import AuditEntry, Company, Membership
from aop.tenancy.roles import Role
from budgets.folders.amounts import LineMonthsRow
from budgets.models import LineMonth
from planning.models import Plan, PlanStatus
from tests.factories import make_company, make_member, make_user
from tests.folder_strategies.tracking import plan_folders
from tests.plan_folders import IMPORT_COMPANY
from tracking.folders.content import PlanFolder
from tracking.folders.whole import write_plan_folder
from tracking.models import Entry
from tracking.services.companies import (
    SAMPLE,
    Destination,
    export_folder,
    load_company,
    sample_folder,
)

REFUSED = 2
NOTHING = (None, None)


def run(*args: object) -> str:
    """Run a command and return what it printed."""
    out = StringIO()
    call_command(*[str(arg) for arg in args], stdout=out)
    return out.getvalue()


def refusal(*args: object) -> str:
    """Run a command that has to refuse, and return what it said."""
    with pytest.raises(CommandError) as refused:
        run(*args)
    assert refused.value.returncode == REFUSED
    return str(refused.value)


def plan_of(company: Company) -> Plan:
    return Plan.objects.for_company(company).select_related("company").get()


@pytest.mark.django_db
def test_the_sample_comes_back_byte_by_byte(tmp_path: Path) -> None:
    run("load_company", SAMPLE)

    run("export_company", "babycare-house", tmp_path / "out")

    for file in SAMPLE.iterdir():
        if file.suffix in {".json", ".csv"}:
            assert (tmp_path / "out" / file.name).read_bytes() == file.read_bytes(), file.name


@pytest.mark.django_db
def test_the_import_company_comes_back_with_an_equal_plan(tmp_path: Path) -> None:
    run("load_company", IMPORT_COMPANY)
    slug = Company.objects.get().slug
    run("export_company", slug, tmp_path / "out")

    run("load_company", tmp_path / "out", "--slug", "again")
    run("export_company", "again", tmp_path / "twice")

    for file in (tmp_path / "out").iterdir():
        again = (tmp_path / "twice" / file.name).read_text(encoding="utf-8")
        assert again.replace("again", slug) == file.read_text(encoding="utf-8"), file.name


@pytest.mark.django_db
def test_the_owner_named_becomes_the_owner() -> None:
    user = make_user("ha@example.com")

    run("load_company", SAMPLE, "--owner", "HA@example.com")

    assert Membership.objects.get(user=user).role == Role.OWNER


@pytest.mark.django_db
def test_an_owner_who_never_signed_up_is_refused() -> None:
    assert "nobody@example.com" in refusal("load_company", SAMPLE, "--owner", "nobody@example.com")
    assert not Company.objects.exists()


@pytest.mark.django_db
def test_a_taken_address_is_refused_and_replaced_only_when_asked() -> None:
    run("load_company", SAMPLE)
    company = Company.objects.get()
    make_member(company, Role.VIEWER)
    history = AuditEntry.objects.for_company(company).count()

    assert "--replace" in refusal("load_company", SAMPLE)
    run("load_company", SAMPLE, "--replace")

    assert Company.objects.get().pk == company.pk
    assert Plan.objects.for_company(company).count() == 1
    assert Membership.objects.for_company(company).count() == 1
    assert AuditEntry.objects.for_company(company).count() > history


@pytest.mark.django_db
def test_a_broken_folder_tells_everything_and_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    copytree(SAMPLE, folder)
    for file, found, put in [
        ("goals.json", '"K0"', '"K99"'),
        ("budget.csv", "460224000", "nhiều"),
        ("risks.json", '"impact": 5', '"impact": 9'),
    ]:
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(text.replace(found, put, 1), encoding="utf-8")

    said = refusal("load_company", folder).splitlines()

    assert [line.split(",")[0] for line in said] == ["budget.csv", "goals.json", "risks.json"]
    assert not Company.objects.exists()


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal("load_company", tmp_path / "nowhere")


@pytest.mark.django_db
def test_the_current_plan_is_the_baseline_and_the_approved_moves() -> None:
    plan = plan_of(load_company(sample_folder(), Destination()))

    for cell in LineMonth.objects.for_company(plan.company).filter(line__code="MKT-SOCIAL"):
        moved = sum(
            move["amount"]
            for adjustment in json.loads((SAMPLE / "adjustments.json").read_text("utf-8"))
            for move in adjustment["moves"]
            if (move["line_code"], move["month"]) == ("MKT-SOCIAL", f"{cell.first_day:%Y-%m}")
        )
        assert cell.planned_amount == (cell.baseline_amount or 0) + moved


@pytest.mark.django_db
def test_a_sample_as_a_draft_has_a_plan_and_no_year_yet() -> None:
    plan = plan_of(load_company(sample_folder(as_draft=True), Destination(slug="mine")))

    assert plan.status == PlanStatus.DRAFT
    assert not Entry.objects.for_company(plan.company).exists()
    assert plan.goals.count() == 3


@pytest.mark.django_db
def test_two_companies_from_one_folder_share_nothing() -> None:
    first = load_company(sample_folder(), Destination(slug="one"))
    second = load_company(sample_folder(), Destination(slug="two"))
    Entry.objects.for_company(second).update(amount=1)

    assert export_folder(plan_of(first)).entries == sample_folder().entries


@pytest.mark.django_db
def test_unknown_companies_and_years_are_refused_in_a_sentence(tmp_path: Path) -> None:
    make_company("empty")

    assert "no-such" in refusal("export_company", "no-such", tmp_path)
    assert refusal("export_company", "empty", tmp_path)
    assert "2031" in refusal("export_company", "empty", tmp_path, "--year", "2031")


@pytest.mark.django_db
def test_the_sample_set_up_twice_is_one_company(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AOP_SAMPLE_PASSWORD", "correct-horse")

    assert "correct-horse" in run("setup_sample")
    assert "correct-horse" not in run("setup_sample")

    company = Company.objects.get()
    roles = Membership.objects.for_company(company).values_list("role", flat=True)
    assert set(roles) == set(Role)


class TestIdentity(TestCase):
    """Whatever a folder says, the database gives it back."""

    @settings(
        max_examples=12,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(plan_folders())
    def test_load_then_export_is_the_identity(self, folder: PlanFolder) -> None:
        plan = plan_of(load_company(folder, Destination()))

        exported = export_folder(plan)

        assert write_plan_folder(_said(exported)) == write_plan_folder(_said(folder))


def _said(folder: PlanFolder) -> PlanFolder:
    """Return the folder without rows that say nothing, each file in its natural order."""
    places = {line.code: place for place, line in enumerate(folder.lines)}
    return replace(
        folder,
        budget=_line_months(folder.budget, places),
        last_year=_line_months(folder.last_year, places),
        counts=tuple(
            sorted(
                (row for row in folder.counts if (row.cash_amount, row.stock_amount) != NOTHING),
                key=lambda row: row.month,
            )
        ),
        adjustments=tuple(sorted(folder.adjustments, key=lambda row: row.number)),
        initiatives=tuple(sorted(folder.initiatives, key=lambda row: row.order)),
        reviews=tuple(sorted(folder.reviews, key=lambda row: row.month)),
        allocations=tuple(row for row in folder.allocations if any(_known(row.percents))),
        kpis=tuple(
            replace(
                kpi,
                targets=kpi.targets if any(_known(kpi.targets)) else None,
                actuals=kpi.actuals if any(_known(kpi.actuals)) else None,
            )
            for kpi in folder.kpis
        ),
    )


def _line_months(
    rows: tuple[LineMonthsRow, ...], places: dict[str, int]
) -> tuple[LineMonthsRow, ...]:
    saying = [row for row in rows if any(_known(row.amounts))]
    return tuple(sorted(saying, key=lambda row: places[row.line_code]))


def _known(values: Iterable[object] | None) -> list[bool]:
    return [value is not None for value in values or ()]
