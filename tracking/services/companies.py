"""A whole company out of a plan folder, and a plan back into one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Channel, Company, Membership, User
from aop.tenancy.roles import Role
from budgets.services.approval import freeze_loaded
from budgets.services.exporting import budget_rows
from budgets.services.loading import BudgetRows, load_budget
from planning.folders.company import ChannelRow, CompanyRow
from planning.models import Plan
from planning.services.exporting import plan_rows
from planning.services.loading import PlanRows, load_plan
from tracking.folders.content import PlanFolder
from tracking.folders.entries import EntryRow
from tracking.folders.storage import read_directory
from tracking.folders.whole import read_plan_folder
from tracking.queries.months import closed_through
from tracking.services.exporting import (
    decision_rows,
    entry_rows,
    forecast_rows,
    review_rows,
)
from tracking.services.loading import load_tracking

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "babycare"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a folder goes: whose company it becomes, and under which address and name.

    `replace` lets a company that exists give up its plans; its people and its history
    stay. An empty `slug` or `name` means the folder's own.
    """

    owner: User | None = None
    slug: str = ""
    name: str = ""
    replace: bool = False


@transaction.atomic
def load_company(folder: PlanFolder, destination: Destination) -> Company:
    """Create a company from a plan folder, all or nothing.

    Raises:
        RuleViolation: The address is taken and `replace` was not asked for.
    """
    company = _prepare(folder.company, destination)
    if destination.owner is not None:
        Membership.objects.for_company(company).get_or_create(
            company=company, user=destination.owner, defaults={"role": Role.OWNER}
        )
    channels = _create_channels(company, folder.company.channels)
    loaded = load_plan(company, _plan_part(folder))
    lines = load_budget(
        loaded,
        _budget_part(folder),
        channels=channels,
        actual_totals=entry_totals(folder.entries),
        closed_through=folder.plan.closed_through,
    )
    load_tracking(loaded, lines, folder)
    freeze_loaded(loaded.plan)
    audit.record_by_system("tracking.company.loaded", company, plan_year=folder.plan.fiscal_year)
    return company


def _prepare(row: CompanyRow, destination: Destination) -> Company:
    slug = destination.slug or row.slug
    found = Company.objects.select_for_update().filter(slug=slug).first()
    if found is not None and not destination.replace:
        raise RuleViolation(
            _(
                "There is already a company at “%(slug)s”. Choose another address, or replace its "
                "plans with --replace."
            )
            % {"slug": slug}
        )
    company = found or Company(slug=slug)
    company.name = destination.name or row.name
    company.industry = row.industry
    company.currency = row.currency
    company.language = row.language
    company.time_zone = row.time_zone
    company.full_clean()
    company.save()
    if found is not None:
        _remove_plans(company)
    return company


def _remove_plans(company: Company) -> None:
    from_the_top = (Plan.objects.for_company(company), Channel.objects.for_company(company))
    for plan in from_the_top[0]:
        plan.entries.all().delete()
        plan.commitments.all().delete()
        plan.adjustments.all().delete()
    for rows in from_the_top:
        rows.delete()


def _create_channels(company: Company, rows: Sequence[ChannelRow]) -> dict[str, Channel]:
    channels = Channel.objects.bulk_create(
        Channel(company=company, code=row.code, name=row.name, position=position)
        for position, row in enumerate(rows)
    )
    return {channel.code: channel for channel in channels}


def _plan_part(folder: PlanFolder) -> PlanRows:
    return PlanRows(
        plan=folder.plan,
        people=folder.people,
        allocations=folder.allocations,
        goals=folder.goals,
        kpis=folder.kpis,
        initiatives=folder.initiatives,
        risks=folder.risks,
    )


def _budget_part(folder: PlanFolder) -> BudgetRows:
    return BudgetRows(
        lines=folder.lines,
        budget=folder.budget,
        last_year=folder.last_year,
        adjustments=folder.adjustments,
        commitments=folder.commitments,
        counts=folder.counts,
    )


def entry_totals(entries: Sequence[EntryRow]) -> Mapping[str, Mapping[Month, int]]:
    """Return the sum of the entries by line code and month."""
    totals: dict[str, dict[Month, int]] = defaultdict(lambda: defaultdict(int))
    for entry in entries:
        totals[entry.line_code][Month.of(entry.date)] += entry.amount
    return totals


def export_folder(plan: Plan) -> PlanFolder:
    """Return the plan and its company as the values of a plan folder."""
    company = plan.company
    plan_part = plan_rows(plan, closed_through=closed_through(plan))
    budget_part = budget_rows(plan)
    return PlanFolder(
        company=_company_row(company),
        plan=plan_part.plan,
        lines=tuple(budget_part.lines),
        budget=tuple(budget_part.budget),
        last_year=tuple(budget_part.last_year),
        adjustments=tuple(budget_part.adjustments),
        commitments=tuple(budget_part.commitments),
        counts=tuple(budget_part.counts),
        goals=tuple(plan_part.goals),
        kpis=tuple(plan_part.kpis),
        initiatives=tuple(plan_part.initiatives),
        people=tuple(plan_part.people),
        allocations=tuple(plan_part.allocations),
        risks=tuple(plan_part.risks),
        entries=entry_rows(plan),
        forecasts=forecast_rows(plan),
        decisions=decision_rows(plan),
        reviews=review_rows(plan),
    )


def _company_row(company: Company) -> CompanyRow:
    channels = Channel.objects.for_company(company)
    return CompanyRow(
        name=company.name,
        slug=company.slug,
        industry=company.industry,
        currency=company.currency,
        language=company.language,
        time_zone=company.time_zone,
        channels=tuple(ChannelRow(channel.code, channel.name) for channel in channels),
    )


def sample_folder(*, as_draft: bool = False) -> PlanFolder:
    """Return the sample company BabyCare House, or its plan before anything happened."""
    folder = read_plan_folder(read_directory(SAMPLE))
    return _before_the_year(folder) if as_draft else folder


def _before_the_year(folder: PlanFolder) -> PlanFolder:
    """Return the folder as a draft: no approval, no actuals, nothing decided or reviewed."""
    return replace(
        folder,
        plan=replace(folder.plan, status="draft", approved_on=None, closed_through=None),
        adjustments=(),
        commitments=(),
        counts=(),
        entries=(),
        forecasts=(),
        decisions=(),
        reviews=(),
        initiatives=tuple(
            replace(
                initiative,
                status="not_started",
                milestones=tuple(
                    replace(item, due=item.first_due, done=None) for item in initiative.milestones
                ),
            )
            for initiative in folder.initiatives
        ),
        kpis=tuple(replace(kpi, actuals=None) for kpi in folder.kpis),
    )
