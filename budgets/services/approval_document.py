"""A frozen version of a plan as the files of a plan folder, written once and read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aop.calc.reading.folder_files import FolderFiles
from aop.calc.reading.folder_names import Items, Names, names_in, year_in
from aop.calc.reading.folder_problems import Findings, FolderRefused
from aop.tenancy.models import Channel, Company
from budgets.folders import adjustments, amounts, lines
from budgets.services.exporting import budget_rows
from budgets.services.loading import BudgetRows
from planning.folders import actions, company, goals, kpis, plan, resources, risks
from planning.models import InitiativeStatus, Plan
from planning.services.exporting import plan_rows
from planning.services.loading import PlanRows

_LISTS = (
    *(adjustments.ADJUSTMENTS_FILE, goals.FILE, kpis.FILE, actions.FILE),
    *(resources.PEOPLE_FILE, risks.FILE),
)


@dataclass(frozen=True, slots=True)
class FrozenPlan:
    """Everything that one version of a plan says, without a row that lives on."""

    company: company.CompanyRow
    plan: PlanRows
    budget: BudgetRows


def frozen_plan(live: Plan) -> FrozenPlan:
    """Return the plan as it stands: what was agreed, none of what happened.

    Adjustments that are only proposed, commitments, counts and values logged by hand are no
    part of it.
    """
    rows, budget = plan_rows(live, closed_through=None), budget_rows(live)
    return FrozenPlan(
        company=_company_row(live.company),
        plan=replace(rows, kpis=[replace(kpi, actuals=None) for kpi in rows.kpis]),
        budget=replace(
            budget,
            adjustments=[row for row in budget.adjustments if row.approved_on is not None],
            commitments=(),
            counts=(),
        ),
    )


def as_promised(frozen: FrozenPlan, budget: BudgetRows) -> FrozenPlan:
    """Return a plan with another budget and before any work began: every milestone as first due."""
    initiatives = [
        replace(
            row,
            status=InitiativeStatus.NOT_STARTED.value,
            milestones=tuple(replace(one, due=one.first_due, done=None) for one in row.milestones),
        )
        for row in frozen.plan.initiatives
    ]
    return replace(frozen, plan=replace(frozen.plan, initiatives=initiatives), budget=budget)


def write_document(frozen: FrozenPlan) -> dict[str, str]:
    """Return the text of each file by name."""
    year = frozen.plan.plan.year
    files = {
        company.FILE: company.write_company(frozen.company),
        plan.FILE: plan.write_plan(frozen.plan.plan),
        lines.FILE: lines.write_lines(frozen.budget.lines),
        amounts.BUDGET_FILE: amounts.write_line_months(frozen.budget.budget, year),
        amounts.LAST_YEAR_FILE: amounts.write_line_months(frozen.budget.last_year, year.previous),
        adjustments.ADJUSTMENTS_FILE: adjustments.write_adjustments(frozen.budget.adjustments),
        goals.FILE: goals.write_goals(frozen.plan.goals),
        kpis.FILE: kpis.write_kpis(frozen.plan.kpis),
        actions.FILE: actions.write_initiatives(frozen.plan.initiatives),
        resources.PEOPLE_FILE: resources.write_people(frozen.plan.people),
        resources.ALLOCATIONS_FILE: resources.write_allocations(frozen.plan.allocations, year),
        risks.FILE: risks.write_risks(frozen.plan.risks),
    }
    return {name: data.decode() for name, data in files.items()}


def read_document(document: Mapping[str, str]) -> FrozenPlan:
    """Read a version back.

    Raises:
        FolderRefused: The text is not what `write_document` wrote.
    """
    findings = Findings()
    files = {name: text.encode() for name, text in document.items()}
    opened = FolderFiles(files, findings)
    company_record, plan_record = opened.document(company.FILE), opened.document(plan.FILE)
    if company_record is None or plan_record is None:
        raise FolderRefused(findings.problems)
    year = year_in(plan_record)
    records = {
        lines.FILE: opened.table(lines.FILE, lines.COLUMNS),
        resources.ALLOCATIONS_FILE: opened.table(
            resources.ALLOCATIONS_FILE, resources.allocation_columns(year)
        ),
        **{name: opened.items(name) for name in _LISTS},
    }
    names = Names(
        year=year,
        channels=company.channel_codes(company_record),
        lines=names_in(records[lines.FILE], "kind"),
        people=names_in(records[resources.PEOPLE_FILE]),
        goals=names_in(records[goals.FILE]),
        kpis=names_in(records[kpis.FILE], "better"),
        initiatives=names_in(records[actions.FILE]),
    )
    frozen = FrozenPlan(
        company=company.read_company(company_record),
        plan=_plan_part(plan.read_plan(plan_record, names), records, names),
        budget=_budget_part(opened, records, names),
    )
    if findings.problems:
        raise FolderRefused(findings.problems)
    return frozen


def _plan_part(row: plan.PlanRow, records: Mapping[str, Items], names: Names) -> PlanRows:
    return PlanRows(
        plan=row,
        people=resources.read_people(records[resources.PEOPLE_FILE]),
        allocations=resources.read_allocations(records[resources.ALLOCATIONS_FILE], names),
        goals=goals.read_goals(records[goals.FILE], names),
        kpis=kpis.read_kpis(records[kpis.FILE], names),
        initiatives=actions.read_initiatives(records[actions.FILE], names),
        risks=risks.read_risks(records[risks.FILE], names),
    )


def _budget_part(opened: FolderFiles, records: Mapping[str, Items], names: Names) -> BudgetRows:
    year = names.year
    before = year.previous if year else None
    budget = opened.table(amounts.BUDGET_FILE, amounts.month_columns(year))
    last_year = opened.table(amounts.LAST_YEAR_FILE, amounts.month_columns(before))
    found: Sequence[adjustments.AdjustmentRow] = adjustments.read_adjustments(
        records[adjustments.ADJUSTMENTS_FILE], names
    )
    return BudgetRows(
        lines=lines.read_lines(records[lines.FILE], names),
        budget=amounts.read_line_months(budget, names, year),
        last_year=amounts.read_line_months(last_year, names, before),
        adjustments=found,
        commitments=(),
        counts=(),
    )


def _company_row(live: Company) -> company.CompanyRow:
    channels = Channel.objects.for_company(live)
    return company.CompanyRow(
        name=live.name,
        slug=live.slug,
        industry=live.industry,
        currency=live.currency,
        language=live.language,
        time_zone=live.time_zone,
        channels=tuple(company.ChannelRow(channel.code, channel.name) for channel in channels),
    )
