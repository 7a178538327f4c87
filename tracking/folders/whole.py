"""The whole plan folder: every file of it to one value and back."""

from collections.abc import Mapping
from dataclasses import replace

from aop.calc.months import FiscalYear
from aop.calc.reading.folder_csv import Columns
from aop.calc.reading.folder_files import FolderFiles
from aop.calc.reading.folder_names import Items, Names, names_in, year_in
from aop.calc.reading.folder_problems import Findings, FolderRefused, Problem
from aop.calc.reading.folder_records import Record
from budgets.folders import adjustments, amounts, lines
from planning.folders import actions, company, goals, kpis, plan, resources, risks
from tracking.folders import entries, reviews
from tracking.folders.content import PlanFolder

NEEDED_FILES = (company.FILE, plan.FILE, lines.FILE, amounts.BUDGET_FILE)
LIST_FILES = (
    *(adjustments.ADJUSTMENTS_FILE, goals.FILE, kpis.FILE, actions.FILE),
    *(resources.PEOPLE_FILE, risks.FILE, reviews.DECISIONS_FILE, reviews.REVIEWS_FILE),
)
TABLE_FILES = (
    *(amounts.LAST_YEAR_FILE, entries.ENTRIES_FILE, adjustments.COMMITMENTS_FILE),
    *(resources.ALLOCATIONS_FILE, entries.FORECASTS_FILE, amounts.COUNTS_FILE),
)
FILES = NEEDED_FILES + LIST_FILES + TABLE_FILES


def read_plan_folder(files: Mapping[str, bytes]) -> PlanFolder:
    """Read the files of a folder, by name.

    Raises:
        FolderRefused: Something is wrong; it holds every problem of the folder at once.
    """
    findings = Findings()
    for name in files:
        if name not in FILES:
            findings.ignore(name)
    opened = FolderFiles(files, findings)
    company_record, plan_record = opened.document(company.FILE), opened.document(plan.FILE)
    year = year_in(plan_record)
    records = _records(opened, year)
    names = _names(records, year, company_record)
    folder = _content(
        company_record or _unheard(company.FILE), plan_record or _unheard(plan.FILE), records, names
    )
    if findings.problems:
        raise FolderRefused(sorted(findings.problems, key=_place))
    ignored = tuple(findings.ignored.values())
    return replace(folder, ignored=ignored, absent=tuple(f for f in records if not records[f]))


def write_plan_folder(folder: PlanFolder) -> dict[str, bytes]:
    """Return every file of the folder by name, those that hold nothing too."""
    year = folder.plan.year
    return {
        company.FILE: company.write_company(folder.company),
        plan.FILE: plan.write_plan(folder.plan),
        lines.FILE: lines.write_lines(folder.lines),
        amounts.BUDGET_FILE: amounts.write_line_months(folder.budget, year),
        amounts.LAST_YEAR_FILE: amounts.write_line_months(folder.last_year, year.previous),
        adjustments.ADJUSTMENTS_FILE: adjustments.write_adjustments(folder.adjustments),
        entries.ENTRIES_FILE: entries.write_entries(folder.entries),
        adjustments.COMMITMENTS_FILE: adjustments.write_commitments(folder.commitments),
        goals.FILE: goals.write_goals(folder.goals),
        kpis.FILE: kpis.write_kpis(folder.kpis),
        actions.FILE: actions.write_initiatives(folder.initiatives),
        resources.PEOPLE_FILE: resources.write_people(folder.people),
        resources.ALLOCATIONS_FILE: resources.write_allocations(folder.allocations, year),
        risks.FILE: risks.write_risks(folder.risks),
        entries.FORECASTS_FILE: entries.write_forecasts(folder.forecasts),
        amounts.COUNTS_FILE: amounts.write_counts(folder.counts),
        reviews.DECISIONS_FILE: reviews.write_decisions(folder.decisions),
        reviews.REVIEWS_FILE: reviews.write_reviews(folder.reviews),
    }


def _records(opened: FolderFiles, year: FiscalYear | None) -> Mapping[str, Items]:
    columns = _columns(year)
    tables = {
        file: opened.table(file, columns[file], is_needed=file in NEEDED_FILES) for file in columns
    }
    return tables | {file: opened.items(file) for file in LIST_FILES}


def _columns(year: FiscalYear | None) -> dict[str, Columns]:
    return {
        lines.FILE: lines.COLUMNS,
        amounts.BUDGET_FILE: amounts.month_columns(year),
        amounts.LAST_YEAR_FILE: amounts.month_columns(year.previous if year else None),
        entries.ENTRIES_FILE: entries.ENTRY_COLUMNS,
        adjustments.COMMITMENTS_FILE: adjustments.COMMITMENT_COLUMNS,
        resources.ALLOCATIONS_FILE: resources.allocation_columns(year),
        entries.FORECASTS_FILE: entries.FORECAST_COLUMNS,
        amounts.COUNTS_FILE: amounts.COUNT_COLUMNS,
    }


def _names(
    records: Mapping[str, Items], year: FiscalYear | None, company_record: Record | None
) -> Names:
    return Names(
        year=year,
        channels=company.channel_codes(company_record),
        lines=names_in(records[lines.FILE], "kind"),
        people=names_in(records[resources.PEOPLE_FILE]),
        goals=names_in(records[goals.FILE]),
        kpis=names_in(records[kpis.FILE], "better"),
        initiatives=names_in(records[actions.FILE]),
    )


def _content(
    company_record: Record, plan_record: Record, records: Mapping[str, Items], names: Names
) -> PlanFolder:
    year = names.year
    return PlanFolder(
        company=company.read_company(company_record),
        plan=plan.read_plan(plan_record, names),
        lines=lines.read_lines(records[lines.FILE], names),
        budget=amounts.read_line_months(records[amounts.BUDGET_FILE], names, year),
        last_year=amounts.read_line_months(
            records[amounts.LAST_YEAR_FILE], names, year.previous if year else None
        ),
        adjustments=adjustments.read_adjustments(records[adjustments.ADJUSTMENTS_FILE], names),
        entries=entries.read_entries(records[entries.ENTRIES_FILE], names),
        commitments=adjustments.read_commitments(records[adjustments.COMMITMENTS_FILE], names),
        goals=goals.read_goals(records[goals.FILE], names),
        kpis=kpis.read_kpis(records[kpis.FILE], names),
        initiatives=actions.read_initiatives(records[actions.FILE], names),
        people=resources.read_people(records[resources.PEOPLE_FILE]),
        allocations=resources.read_allocations(records[resources.ALLOCATIONS_FILE], names),
        risks=risks.read_risks(records[risks.FILE], names),
        forecasts=entries.read_forecasts(records[entries.FORECASTS_FILE], names),
        counts=amounts.read_counts(records[amounts.COUNTS_FILE], names),
        decisions=reviews.read_decisions(records[reviews.DECISIONS_FILE], names),
        reviews=reviews.read_reviews(records[reviews.REVIEWS_FILE], names),
    )


def _unheard(file: str) -> Record:
    """Return an empty record in the place of an unreadable one, which has been noted already."""
    return Record(Findings(), file, None, {})


def _place(problem: Problem) -> tuple[int, int]:
    return FILES.index(problem.file), problem.row or 0
