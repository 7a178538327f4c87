"""The whole plan on one page, without anything private; made from the current plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from django.db.models import Prefetch

from aop.calc.cells import Cells, total
from aop.calc.figures import Column, Figures
from aop.calc.lines import LineKind
from aop.calc.measures import measure_codes, parse_measure
from aop.calc.months import MONTHS_PER_YEAR, Month
from aop.calc.rounding import rounded_ratio
from aop.calc.totals import TotalName
from aop.tenancy.models import Company, TenantQuerySet
from budgets.models import BudgetLine
from budgets.queries.facts import line_facts
from budgets.queries.lines import lines_of, plan_months
from budgets.queries.table import budget_facts
from planning.models import Goal, Initiative, Kpi, Milestone, Person, Plan, Risk
from planning.queries import parts
from tracking.models import SummaryLink
from tracking.queries.groups import LineGroup, line_groups
from tracking.queries.versions import Version, plan_version

QUARTER = 3
MOST_GOALS, MOST_INITIATIVES, MOST_RISKS, MOST_KPIS, MOST_NOT_DOING, MOST_GROUPS = 5, 7, 6, 8, 6, 9
GOALS_IN_A_ROW, LETTERS_IN_A_LINE, MOST_LINES = 3, 95, 34
_RESULTS = (TotalName.GROSS_PROFIT, TotalName.OPERATING_PROFIT)


def links_of(plan: Plan) -> TenantQuerySet[SummaryLink]:
    """Return the links that still work, the newest first."""
    links = SummaryLink.objects.for_company(plan.company).filter(plan=plan, withdrawn_at=None)
    return links.select_related("created_by")


def live_link(company: Company, digest: str) -> SummaryLink | None:
    """Return the link with that digest if it still works."""
    links = SummaryLink.objects.for_company(company).filter(withdrawn_at=None)
    return links.filter(token_digest=digest).select_related("plan__company").first()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the budget by quarter in minor units; `names` are the groups it adds up."""

    names: tuple[str, ...]
    quarters: tuple[int | None, ...]
    year: int | None


class TargetKind(StrEnum):
    """What a KPI's target on the sheet speaks of."""

    FLOOR = "floor"
    CAP = "cap"
    YEAR = "year"
    LAST_MONTH = "last_month"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class KpiTarget:
    """A KPI with the one target that fits on the sheet."""

    kpi: Kpi
    kind: TargetKind
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class TimelineCell:
    """One month of an initiative: whether it runs, and which milestones are due."""

    month: Month
    runs: bool
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One initiative over the twelve months."""

    initiative: Initiative
    cells: tuple[TimelineCell, ...]


class Summary:
    """Everything on the sheet; what is too long for a page is counted in `left_out`."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        months = plan_months(plan)
        self.figures = Figures(budget_facts(plan, months, line_facts(plan)))
        self.lines: list[BudgetLine] = list(lines_of(plan))
        self.private = {line.code for line in self.lines if line.is_private}
        self.version: Version = plan_version(plan)
        self.priorities = list(parts.priorities_of(plan))
        self.all_not_doing = list(parts.not_doing_of(plan))
        self.all_goals = list(parts.goals_of(plan))
        milestones = Prefetch("milestones", Milestone.objects.for_company(plan.company))
        initiatives = parts.plain_initiatives_of(plan).prefetch_related(milestones)
        self.all_initiatives: list[Initiative] = list(initiatives)
        risks = Risk.objects.for_company(plan.company).filter(plan=plan, is_closed=False)
        self.all_risks = list(risks.select_related("trigger_kpi"))
        self.people: list[Person] = list(parts.people_of(plan))

    @property
    def goals(self) -> list[Goal]:
        """The first goals by rank, without those that would tell a private line."""
        return [goal for goal in self.all_goals if self._may_show(goal.kpi)][:MOST_GOALS]

    @property
    def not_doing(self) -> Sequence[object]:
        """The first lines of the not-doing list."""
        return self.all_not_doing[:MOST_NOT_DOING]

    @property
    def risks(self) -> list[Risk]:
        """The gravest risks, without triggers that would tell a private line."""
        grave = sorted(self.all_risks, key=lambda risk: -risk.score)[:MOST_RISKS]
        for risk in grave:
            if not self._may_show(risk.trigger_kpi):
                risk.trigger_kpi = None
        return grave

    @cached_property
    def kpis(self) -> list[KpiTarget]:
        """The headline KPIs with their targets."""
        rows = Kpi.objects.for_company(self.plan.company).filter(plan=self.plan, headline=True)
        shown = [kpi for kpi in rows.prefetch_related("months") if self._may_show(kpi)]
        return [_target_of(kpi) for kpi in shown[:MOST_KPIS]]

    def _may_show(self, kpi: Kpi | None) -> bool:
        return kpi is None or self.private.isdisjoint(measure_codes(parse_measure(kpi.measure)))

    @cached_property
    def groups(self) -> list[SheetRow]:
        """The budget by group; a group of private lines alone stands with its neighbour."""
        found = line_groups(self.lines, self.figures, shows_private=False)
        merged = _merged([group for group in found if self._has_plan(group.codes)])
        rows = [self._row(names, codes) for names, codes in merged]
        if len(rows) <= MOST_GROUPS:
            return rows
        kept, rest = merged[: MOST_GROUPS - 1], merged[MOST_GROUPS - 1 :]
        others = tuple(code for _names, codes in rest for code in codes)
        return [*(self._row(names, codes) for names, codes in kept), self._row((), others)]

    def _has_plan(self, codes: tuple[str, ...]) -> bool:
        return bool(self.figures.amount(codes, Column.PLANNED))

    def _row(self, names: tuple[str, ...], codes: tuple[str, ...]) -> SheetRow:
        return _by_quarter(names, self.figures.months(codes, Column.PLANNED))

    @property
    def results(self) -> list[tuple[TotalName, SheetRow]]:
        """Gross and operating profit by quarter, as far as the company has them."""
        rows = []
        for name in _RESULTS:
            values = [self._result(name, i, i + QUARTER) for i in range(0, MONTHS_PER_YEAR, 3)]
            year = self._result(name, 0, MONTHS_PER_YEAR)
            if year is not None:
                rows.append((name, SheetRow((), tuple(values), year)))
        return rows

    def _result(self, name: TotalName, start: int, end: int) -> int | None:
        return self.figures.total(name, Column.PLANNED, start, end)

    @property
    def margins(self) -> list[Decimal | None]:
        """The gross margin of the four quarters and of the year."""
        spans = [(i, i + QUARTER) for i in range(0, MONTHS_PER_YEAR, QUARTER)]
        spans.append((0, MONTHS_PER_YEAR))
        return [rounded_ratio(self.figures.gross_margin(Column.PLANNED, *span)) for span in spans]

    @property
    def cash(self) -> SheetRow | None:
        """The planned closing cash at the end of each quarter; None without opening cash."""
        if self.plan.opening_cash_amount is None:
            return None
        closings = [month.closing for month in self.figures.cash_planned]
        return SheetRow((), tuple(closings[QUARTER - 1 :: QUARTER]), closings[-1])

    @property
    def revenue(self) -> Cells:
        """The planned revenue by month."""
        return self.figures.total_months(TotalName.REVENUE, Column.PLANNED)

    @property
    def contingency(self) -> int | None:
        """The planned contingency of the year."""
        codes = self.figures.codes_of((LineKind.CONTINGENCY,))
        return self.figures.amount(codes, Column.PLANNED)

    @property
    def timeline(self) -> list[TimelineRow]:
        """The first initiatives over the twelve months."""
        return [
            TimelineRow(one, tuple(_cell(one, month) for month in self.plan.year))
            for one in self.all_initiatives[:MOST_INITIATIVES]
        ]

    @property
    def is_dense(self) -> bool:
        """Whether so much is on the sheet that it needs smaller print to stay on one page."""
        goals = 3 * -(-len(self.goals) // GOALS_IN_A_ROW)
        budget = max(len(self.groups) + 5, 8 + len(self.not_doing))
        lists = max(2 * len(self.risks), len(self.kpis))
        direction = len(self.plan.where_we_go) // LETTERS_IN_A_LINE
        return direction + goals + budget + len(self.timeline) + lists > MOST_LINES

    @property
    def left_out(self) -> dict[str, int]:
        """How many of each list did not fit."""
        return {
            "goals": len(self.all_goals) - len(self.goals),
            "initiatives": max(0, len(self.all_initiatives) - MOST_INITIATIVES),
            "risks": max(0, len(self.all_risks) - MOST_RISKS),
            "not_doing": max(0, len(self.all_not_doing) - MOST_NOT_DOING),
        }


Merged = list[tuple[tuple[str, ...], tuple[str, ...]]]


def _merged(groups: Sequence[LineGroup]) -> Merged:
    """Return names and codes of the rows; groups without a public line join their neighbour."""
    rows: Merged = []
    waiting: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    for group in groups:
        names, codes = (*waiting[0], group.name), (*waiting[1], *group.codes)
        if group.lines:
            rows.append((names, codes))
            waiting = ((), ())
        elif rows:
            rows[-1] = ((*rows[-1][0], *names), (*rows[-1][1], *codes))
        else:
            waiting = (names, codes)
    return rows


def _by_quarter(names: tuple[str, ...], cells: Cells) -> SheetRow:
    starts = range(0, MONTHS_PER_YEAR, QUARTER)
    return SheetRow(names, tuple(total(cells, i, i + QUARTER) for i in starts), total(cells))


def _cell(initiative: Initiative, month: Month) -> TimelineCell:
    start, end = initiative.start, initiative.end
    runs = bool(start and end and start <= month.last_day and end >= month.first_day)
    due = (one for one in initiative.milestones.all() if Month.of(one.due) == month)
    return TimelineCell(month, runs, tuple(due))


def _target_of(kpi: Kpi) -> KpiTarget:
    targets = [row.target_value for row in kpi.months.all() if row.target_value is not None]
    if kpi.floor is not None:
        return KpiTarget(kpi, TargetKind.FLOOR, kpi.floor)
    if kpi.cap is not None:
        return KpiTarget(kpi, TargetKind.CAP, kpi.cap)
    if not targets:
        return KpiTarget(kpi, TargetKind.NONE, None)
    if kpi.measure_kind == "total" and len(targets) == MONTHS_PER_YEAR:
        return KpiTarget(kpi, TargetKind.YEAR, sum(targets, Decimal(0)))
    return KpiTarget(kpi, TargetKind.LAST_MONTH, targets[-1])
