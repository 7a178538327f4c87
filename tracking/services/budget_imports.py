"""A budget out of a file: its differences to the plan, and these written into a draft."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from aop.calc.months import Month
from aop.calc.reading.import_result import ImportResult, Shape, Skipped, Status
from aop.calc.reading.words import Why
from aop.errors import RuleViolation
from aop.tenancy.models import Membership
from budgets.models import LineMonth
from budgets.queries.lines import lines_of, versions_of
from budgets.services.months import FIRST_VERSION, TypedCell, set_cells
from budgets.spreadsheets.align import CellChange, changed_cells
from budgets.spreadsheets.cells import ReadPlan
from budgets.spreadsheets.files import read_tables
from budgets.spreadsheets.grid import GridRead, read_grid
from planning.models import Plan
from planning.services.parts import locked_plan
from tracking.services.imports import plan_to_read
from tracking.services.uploads import SentFile


@dataclass(frozen=True, slots=True)
class BudgetFile:
    """A budget that was read, with what it would change in the stored one.

    `computed` are the lines that differ but follow their driver, so that they stay.
    """

    file: SentFile
    result: ImportResult
    changes: tuple[CellChange, ...]
    computed: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """A sum over all changes, old amounts included: another one means other changes."""
        text = "\n".join(
            f"{each.code} {each.month} {each.before} {each.after}" for each in self.changes
        )
        return hashlib.sha256(text.encode()).hexdigest()


def read_budget(plan: Plan, file: SentFile) -> BudgetFile:
    """Read a budget and compare it with the plan; nothing is written.

    Raises:
        FileRefused: The file is not read at all.
    """
    to_read = plan_to_read(plan)
    read = read_grid(read_tables(file.name, file.content), to_read, label=plan.fiscal_year)
    return _compared(plan, file, to_read, read)


def _compared(plan: Plan, file: SentFile, to_read: ReadPlan, read: GridRead) -> BudgetFile:
    stored = _planned(plan)
    before = {
        code: {month: stored.get((code, month)) for month in months}
        for code, months in read.amounts.items()
    }
    found = list(changed_cells(before, read.amounts))
    computed = {line.code for line in to_read.lines if line.is_computed}
    left = {change.code for change in found if change.code in computed}
    amounts = {code: months for code, months in read.amounts.items() if code not in left}
    changes = tuple(change for change in found if change.code not in left)
    cells = sum(len(months) for months in amounts.values())
    skipped = [*read.skipped, *(Skipped(read.row_of[code], Why.COMPUTED) for code in left)]
    result = ImportResult(
        file=file.name,
        sha256=file.sha256,
        shape=Shape.GRID,
        status=Status.REFUSED if read.rejected or read.to_confirm else Status.READY,
        sheet=read.sheet,
        unit=read.unit,
        accepted=len(amounts),
        changed=len(changes),
        unchanged=cells - len(changes),
        to_confirm=read.to_confirm,
        rejected=read.rejected,
        skipped=tuple(sorted(skipped, key=lambda each: each.row)),
        totals=amounts,
    )
    return BudgetFile(file, result, changes, tuple(sorted(left)))


def _planned(plan: Plan) -> dict[tuple[str, Month], int | None]:
    rows = LineMonth.objects.for_company(plan.company).filter(line__plan=plan).order_by()
    return {
        (code, Month.of(first_day)): amount
        for code, first_day, amount in rows.values_list("line__code", "first_day", "planned_amount")
    }


def refuse_frozen_budget(plan: Plan) -> None:
    """Refuse to import into a plan that is approved.

    Raises:
        RuleViolation: It is.
    """
    if plan.is_frozen:
        raise RuleViolation(
            _(
                "The plan is approved, so a file cannot change it. Propose an adjustment with "
                "what should move, why, and what is given up."
            )
        )


@transaction.atomic
def import_budget(
    plan: Plan, budget: BudgetFile, *, partial: bool, actor: Membership
) -> ImportResult:
    """Write every changed amount of a file into a draft, all or none.

    With `partial` the rows that cannot be taken are left out; else they stop the whole file.

    Raises:
        RuleViolation: The plan is approved, or an amount was changed since the file was read.
    """
    plan = _draft(plan, actor)
    if budget.result.has_doubts and not partial:
        return budget.result
    stored = _planned(plan)
    if any(stored.get((each.code, each.month)) != each.before for each in budget.changes):
        raise RuleViolation(
            _("Somebody changed the budget meanwhile. Look at the differences again.")
        )
    lines = {line.code: line for line in lines_of(plan)}
    versions = versions_of(plan.company, [line.pk for line in lines.values()])
    cells: dict[int, list[TypedCell]] = defaultdict(list)
    for change in budget.changes:
        line = lines[change.code]
        version = versions.get((line.pk, change.month.first_day), FIRST_VERSION)
        cells[line.pk].append(TypedCell(change.month, change.after, version))
    for line_id, typed in cells.items():
        set_cells(line_id, typed, actor=actor)
    return replace(budget.result, status=Status.IMPORTED)


def _draft(plan: Plan, actor: Membership) -> Plan:
    locked = locked_plan(plan.pk, actor)
    refuse_frozen_budget(locked)
    return locked
