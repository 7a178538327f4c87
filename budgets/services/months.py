"""The planned amount of one line in one month: typed, computed, never overwritten unseen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aop.calc.lines import LineKind
from aop.calc.months import Month
from aop.calc.spread import follow_driver
from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Membership
from budgets.models import BudgetLine, LineMonth, PlanMonth
from planning.services.parts import locked_plan

FIRST_VERSION = 1  # of a cell that nobody planned yet, whether or not its row exists
_SIGNED_KINDS = (LineKind.REVENUE, LineKind.FINANCING)

Amounts = Mapping[Month, int | None]


@dataclass(frozen=True, slots=True)
class TypedCell:
    """What somebody wants a month to hold, and the version they saw; None is "no plan"."""

    month: Month
    amount: int | None
    version: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """What stands in a cell that somebody else wrote first."""

    month: Month
    theirs: int | None
    version: int
    who: str
    when: datetime


class VersionConflict(Exception):
    """Somebody else wrote first; nothing was written. `conflicts` say what stands there now."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__(", ".join(str(conflict.month) for conflict in conflicts))
        self.conflicts = tuple(conflicts)


@dataclass(frozen=True, slots=True)
class Written:
    """A cell as it stands after a change."""

    line_id: int
    month: Month
    amount: int | None
    version: int


def set_planned(
    line_id: int, month: Month, amount: int | None, version: int, *, actor: Membership
) -> list[Written]:
    """Plan one month of a line of a draft; return each cell that changed, its own first.

    Raises:
        VersionConflict: Somebody wrote another amount since `version`.
        RuleViolation: The plan is approved, the month closed, the line computed, or the
            amount has a sign that its kind cannot have.
        BudgetLine.DoesNotExist: The company has no such line.
    """
    return set_cells(line_id, [TypedCell(month, amount, version)], actor=actor)


@transaction.atomic
def set_cells(line_id: int, cells: Sequence[TypedCell], *, actor: Membership) -> list[Written]:
    """Plan several months of one line, all or none; raises what `set_planned` raises."""
    line = _line_to_plan(line_id, actor)
    for cell in cells:
        _refuse_sign(line, cell.amount)
    months = [cell.month for cell in cells]
    _refuse_closed(line, months)
    written = _write_typed(line, cells, actor)
    return written + _recompute_driven(line, {w.month: w.amount for w in written}, actor)


@transaction.atomic
def recompute_line(line_id: int, *, actor: Membership) -> list[Written]:
    """Bring a computed line of a draft, and what it drives, in step with its driver.

    Closed months stay as they are; a line that is typed is left alone.
    """
    line = locked_line(line_id, actor)
    if line.plan.is_frozen or line.driver is None or not line.is_computed:
        return []
    months = _lock_open(line, line.plan.year)
    driver = {month: row.planned_amount for month, row in _rows(line.driver, months).items()}
    return _compute(line, driver, actor)


def locked_line(line_id: int, actor: Membership) -> BudgetLine:
    """Return a line as it stands now, with its plan locked until the transaction ends.

    Raises:
        BudgetLine.DoesNotExist: The company has no such line.
    """
    lines = BudgetLine.objects.for_company(actor.company)
    plan = locked_plan(lines.values_list("plan_id", flat=True).get(pk=line_id), actor)
    line = lines.select_related("driver").get(pk=line_id)
    line.plan = plan
    return line


def _line_to_plan(line_id: int, actor: Membership) -> BudgetLine:
    line = locked_line(line_id, actor)
    if line.plan.is_frozen:
        raise RuleViolation(
            _("The plan is approved, so its amounts change through an adjustment only.")
        )
    if line.is_computed:
        raise RuleViolation(
            _("%(line)s is computed from %(driver)s; change the rate or the driver.")
            % {"line": line.name, "driver": line.driver}
        )
    return line


def _refuse_sign(line: BudgetLine, amount: int | None) -> None:
    if amount is not None and amount < 0 and LineKind(line.kind) not in _SIGNED_KINDS:
        raise RuleViolation(_("A cost or a payment is typed as a positive number."))


def _lock_open(line: BudgetLine, months: Iterable[Month]) -> list[Month]:
    """Lock months of the plan against a close and return those that are open."""
    rows = PlanMonth.objects.for_company(line.company).filter(
        plan=line.plan, first_day__in=[month.first_day for month in months]
    )
    return [Month.of(row.first_day) for row in rows.select_for_update() if not row.is_closed]


def _refuse_closed(line: BudgetLine, months: Sequence[Month]) -> None:
    if any(month not in line.plan.year for month in months):
        raise RuleViolation(_("The month lies outside the fiscal year."))
    if len(_lock_open(line, months)) < len(set(months)):
        raise RuleViolation(_("The month is closed, so its plan stays as it is."))


def _rows(line: BudgetLine, months: Sequence[Month]) -> dict[Month, LineMonth]:
    """Return the rows of some months of a line; those that were missing are created empty."""
    rows = LineMonth.objects.for_company(line.company).filter(
        line=line, first_day__in=[month.first_day for month in months]
    )
    found = {Month.of(row.first_day): row for row in rows.select_related("changed_by")}
    missing = [month for month in months if month not in found]
    created = LineMonth.objects.bulk_create(
        LineMonth(company=line.company, line=line, first_day=month.first_day) for month in missing
    )
    return found | dict(zip(missing, created, strict=True))


def _write_typed(line: BudgetLine, cells: Sequence[TypedCell], actor: Membership) -> list[Written]:
    rows = _rows(line, [cell.month for cell in cells])
    changes, conflicts = {}, []
    for cell in cells:
        row = rows[cell.month]
        if row.planned_amount == cell.amount:  # nothing to write, nothing to settle
            continue
        if row.version != cell.version or not _update(row, cell.amount, actor):
            conflicts.append(_conflict(row))
            continue
        changes[str(cell.month)] = (row.planned_amount, cell.amount)
        row.planned_amount, row.version = cell.amount, row.version + 1
    if conflicts:
        raise VersionConflict(conflicts)
    _record("planned", line, changes, actor)
    return [_written(rows[cell.month]) for cell in cells]


def _update(row: LineMonth, amount: int | None, actor: Membership) -> bool:
    """Write the amount where the version still is the one that was read."""
    same = LineMonth.objects.for_company(row.company).filter(pk=row.pk, version=row.version)
    return bool(
        same.update(
            planned_amount=amount,
            version=F("version") + 1,
            changed_at=timezone.now(),
            changed_by=actor.user,
        )
    )


def _conflict(row: LineMonth) -> Conflict:
    row.refresh_from_db(fields=["planned_amount", "version", "changed_at", "changed_by"])
    who = str(row.changed_by) if row.changed_by else ""
    return Conflict(Month.of(row.first_day), row.planned_amount, row.version, who, row.changed_at)


def _recompute_driven(line: BudgetLine, amounts: Amounts, actor: Membership) -> list[Written]:
    """Bring the lines that `line` drives in step with it, and the lines that those drive."""
    if not amounts:
        return []
    driven = BudgetLine.objects.for_company(line.company).filter(
        driver=line, driver_ratio__isnull=False
    )
    written: list[Written] = []
    for follower in driven:
        follower.plan = line.plan
        written += _compute(follower, amounts, actor)
    return written


def _compute(line: BudgetLine, driver: Amounts, actor: Membership) -> list[Written]:
    if line.driver_ratio is None:
        return []
    rows = _rows(line, list(driver))
    changes, changed = {}, []
    computed = dict(zip(driver, follow_driver(line.driver_ratio, [*driver.values()]), strict=True))
    for month, row in rows.items():
        amount = computed[month]
        if amount == row.planned_amount:
            continue
        changes[str(month)] = (row.planned_amount, amount)
        row.planned_amount, row.version = amount, row.version + 1
        row.changed_at, row.changed_by = timezone.now(), actor.user
        changed.append(row)
    LineMonth.objects.for_company(line.company).bulk_update(
        changed, ["planned_amount", "version", "changed_at", "changed_by"]
    )
    _record("computed", line, changes, actor)
    amounts = {Month.of(row.first_day): row.planned_amount for row in changed}
    return [*map(_written, changed), *_recompute_driven(line, amounts, actor)]


def _written(row: LineMonth) -> Written:
    return Written(row.line_id, Month.of(row.first_day), row.planned_amount, row.version)


def _record(verb: str, line: BudgetLine, changes: audit.Changes, actor: Membership) -> None:
    if changes:
        audit.record(
            f"budgets.line.{verb}",
            line,
            actor=actor,
            changes=changes,
            is_private=line.is_private,
        )
