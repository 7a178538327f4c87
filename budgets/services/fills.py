"""Filling a line's open months at once: what would change is told before it does."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from aop.calc.cells import Cells
from aop.calc.months import Month
from aop.calc.spread import follow_driver, respread
from aop.errors import RuleViolation
from aop.tenancy.models import Membership
from budgets.models import BudgetLine
from budgets.queries.lines import months_of, open_months
from budgets.services.months import FIRST_VERSION, TypedCell, Written, locked_line, set_cells


class FillKind(TextChoices):
    """Where the months of a fill come from."""

    EVEN = "even", _("Spread evenly")
    SEASON = "season", _("Spread by last year's season")
    LAST_YEAR = "last_year", _("Same month last year")


@dataclass(frozen=True, slots=True)
class Fill:
    """What to fill with: `year_amount` to spread, or last year and a `growth` as a fraction.

    `step` makes the months multiples of it, in minor units. `only_empty` leaves alone what
    somebody typed.
    """

    kind: FillKind
    year_amount: int | None = None
    growth: Decimal = Decimal(0)
    step: int = 1
    only_empty: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """One month of a fill: what stands there and what would."""

    month: Month
    before: int | None
    after: int | None
    version: int

    @property
    def is_change(self) -> bool:
        """Whether the fill would write the month."""
        return self.before != self.after


def preview_fill(line: BudgetLine, fill: Fill) -> list[Change]:
    """Return the year as the fill would leave it; nothing is written.

    Raises:
        RuleViolation: There is no month to fill, nothing to spread by, or the months that
            stay hold more than the year.
    """
    year = line.plan.year
    stored = months_of(line)
    planned = tuple(row.planned_amount if (row := stored.get(m)) else None for m in year)
    is_open = set(open_months(line.plan))
    may_change = tuple(
        month in is_open and (cell is None or not fill.only_empty)
        for month, cell in zip(year, planned, strict=True)
    )
    if not any(may_change):
        raise RuleViolation(_("Every open month is filled already."))
    last_year = tuple(row.last_year_amount if (row := stored.get(m)) else None for m in year)
    filled = _filled(fill, planned, may_change, last_year)
    versions = (row.version if (row := stored.get(m)) else FIRST_VERSION for m in year)
    return [Change(*cells) for cells in zip(year, planned, filled, versions, strict=True)]


@transaction.atomic
def fill_line(line_id: int, fill: Fill, *, seen: str, actor: Membership) -> list[Written]:
    """Write a fill as it was previewed.

    Raises:
        RuleViolation: Somebody changed the line since the preview (`seen`), or what
            `preview_fill` and `set_cells` raise.
    """
    line = locked_line(line_id, actor)
    changes = preview_fill(line, fill)
    if fingerprint(changes) != seen:
        raise RuleViolation(_("Somebody changed this line meanwhile. Look at the months again."))
    cells = [
        TypedCell(change.month, change.after, change.version)
        for change in changes
        if change.is_change
    ]
    return set_cells(line_id, cells, actor=actor)


def fingerprint(changes: list[Change]) -> str:
    """Return a text that differs as soon as any month does."""
    return "-".join(f"{change.version}" for change in changes)


def _filled(fill: Fill, planned: Cells, may_change: tuple[bool, ...], last_year: Cells) -> Cells:
    if fill.kind is FillKind.LAST_YEAR:
        grown = follow_driver(1 + fill.growth, last_year)
        pairs = zip(planned, grown, may_change, strict=True)
        return tuple(after if may and after is not None else now for now, after, may in pairs)
    total = fill.year_amount or 0
    kept = sum(cell or 0 for cell, may in zip(planned, may_change, strict=True) if not may)
    if (total - kept) * total < 0:
        raise RuleViolation(_("The months that stay hold more than the year."), field="year_amount")
    weights = None
    if fill.kind is FillKind.SEASON:
        weights = [max(cell or 0, 0) for cell in last_year]
        if not any(w for w, may in zip(weights, may_change, strict=True) if may):
            raise RuleViolation(_("Last year has no amounts in these months."), field="kind")
    return respread(total, planned, may_change, weights, step=fill.step)
