"""What the home of a company shows, by role: the year at a glance, or one's own list."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from aop.calc.cells import Cells
from aop.calc.figures import CashLow, Column, Figures
from aop.calc.kpis import exact, positive_quotient, rounded_value
from aop.calc.limits import limit_of
from aop.calc.lines import RULES, LineKind, Meaning
from aop.calc.months import MONTHS_PER_YEAR, Month
from aop.calc.report.facts import GoalFacts, KpiFacts
from aop.calc.report.measured import (
    GoalRow,
    KpiRow,
    follow_kpis,
    kpi_row,
    report_goals,
    report_risks,
)
from aop.calc.report.totals import Cell, Compare, RatioCell, report_ratios, total_cell
from aop.calc.rounding import ratio_of, rounded_ratio
from aop.calc.status import Status, ThresholdName
from aop.calc.totals import TotalName
from aop.calc.variance import is_material
from aop.tenancy.models import Membership
from planning.models import Plan, Risk
from planning.queries.risk_map import MapRow, risk_map
from tracking.queries.entries import Logged, LogLine, loggable_lines, logged_by_person
from tracking.queries.private import private_goals, private_kpis
from tracking.queries.reviews import is_review_month
from tracking.queries.tasks import review_day

RISKS_NAMED = 3
EARLY_MONTHS = 2


@dataclass(frozen=True, slots=True)
class TotalTile:
    """One total to date beside its plan, with its months; `tone` from a material size on."""

    name: TotalName
    cell: Cell
    share: Decimal | None
    months: Cells
    tone: str


@dataclass(frozen=True, slots=True)
class RevenueMonth:
    """One month of the revenue chart in minor units; `is_short`: below the green threshold."""

    month: Month
    planned: int | None
    actual: int | None
    forecast: int | None
    is_short: bool


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal with where it stands; `share` and `mark` are parts of the target."""

    goal: GoalFacts
    kpi: KpiFacts
    row: GoalRow
    owner: str
    share: Fraction | None
    mark: Fraction | None


@dataclass(frozen=True, slots=True)
class KpiLine:
    """A KPI of the last closed month with the months so far."""

    kpi: KpiFacts
    row: KpiRow
    months: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class ReviewAhead:
    """The next review: its month, its day, and what is ready for it."""

    month: Month
    due: date
    days: int
    is_over: bool
    logged: int
    expected: int

    @property
    def has_all_numbers(self) -> bool:
        """Whether every line that plans something for the month has an entry."""
        return self.logged >= self.expected


class Dashboard:
    """The year at a glance, from the facts alone; one query for the risks."""

    def __init__(self, plan: Plan, figures: Figures, *, shows_private: bool) -> None:
        self.plan, self.figures, self.facts = plan, figures, figures.facts
        self.closed = figures.closed
        self.hidden_kpis = frozenset() if shows_private else private_kpis(self.facts)
        self.hidden_goals = frozenset() if shows_private else private_goals(self.facts)

    @property
    def is_early(self) -> bool:
        """Whether so few months are closed that colours say little."""
        return 0 < self.closed <= EARLY_MONTHS

    @property
    def last_closed(self) -> Month | None:
        """The month that the figures run to; None before the first close."""
        return self.facts.through

    def _tile(self, name: TotalName) -> TotalTile:
        cell = total_cell(self.figures, Compare.CURRENT, name, 0, self.closed)
        months = self.figures.total_months(name, Column.ACTUAL)[: self.closed]
        share = ratio_of(cell.actual, cell.planned) if (cell.planned or 0) > 0 else None
        is_large = is_material(cell.planned, cell.actual, self.facts.materiality)
        tone = _TONES.get(cell.meaning, "") if is_large and cell.meaning else ""
        return TotalTile(name, cell, rounded_ratio(share), months, tone)

    @property
    def tiles(self) -> list[TotalTile]:
        """Revenue, gross profit or else operating costs, and operating profit to date."""
        has_cogs = LineKind.COGS in self.figures.present
        middle = TotalName.GROSS_PROFIT if has_cogs else TotalName.OPERATING_COSTS
        names = (TotalName.REVENUE, middle, TotalName.OPERATING_PROFIT)
        return [self._tile(name) for name in names]

    @property
    def planned_year(self) -> dict[str, int | None]:
        """The totals that the plan promises for the year, by name."""
        return {name.value: self.figures.total(name, Column.PLANNED) for name in TotalName}

    @property
    def margin(self) -> RatioCell | None:
        """The gross margin to date; None before the first close."""
        if not self.closed:
            return None
        return report_ratios(self.figures, Compare.CURRENT).ytd.gross_margin

    @property
    def revenue_forecast(self) -> int | None:
        """What the year's revenue is heading for."""
        return self.figures.year_forecast(TotalName.REVENUE)

    @property
    def profit_forecast(self) -> int | None:
        """What the year's operating profit is heading for."""
        return self.figures.year_forecast(TotalName.OPERATING_PROFIT)

    @cached_property
    def revenue(self) -> list[RevenueMonth]:
        """The twelve months of revenue: planned, then actual or forecast."""
        planned = self.figures.total_months(TotalName.REVENUE, Column.PLANNED)
        forecast = self.figures.total_months(TotalName.REVENUE, Column.FORECAST)
        rows = []
        for index, month in enumerate(self.facts.year):
            is_closed = index < self.closed
            actual = forecast[index] if is_closed else None
            ahead = None if is_closed or not self.closed else forecast[index]
            is_short = self._is_short(actual, planned[index])
            rows.append(RevenueMonth(month, planned[index], actual, ahead, is_short))
        return rows

    def _is_short(self, actual: int | None, planned: int | None) -> bool:
        if actual is None or not planned or planned < 0:
            return False
        scale = self.figures.scales[ThresholdName.ATTAINMENT]
        return scale.colour(actual, planned, None) is not Status.GREEN

    @property
    def shortfall(self) -> Decimal:
        """From which shortfall on a month stands out: 1 − the green threshold."""
        return 1 - self.facts.thresholds.attainment.green

    @property
    def cash(self) -> list[tuple[Month, int, bool]]:
        """The closing cash of each month, and whether the month is closed."""
        return [
            (month, at.closing, index < self.closed)
            for index, (month, at) in enumerate(
                zip(self.facts.year, self.figures.cash, strict=True)
            )
        ]

    @property
    def lowest_cash(self) -> CashLow | None:
        """The lowest open month as planned; once all are closed, that of the year."""
        return self.figures.lowest_open_cash or self.figures.cash_low(self.figures.cash)

    @property
    def lowest_cash_at_pace(self) -> CashLow | None:
        """The lowest open month at the pace so far, None once all months are closed."""
        return self.figures.lowest_open_cash_at_pace if self.closed else None

    @property
    def is_low(self) -> bool:
        """Whether the lowest open month lies below the minimum when all goes as planned."""
        return self._is_below(self.lowest_cash)

    @property
    def is_low_at_pace(self) -> bool:
        """Whether the lowest open month lies below the minimum at the pace so far."""
        return self._is_below(self.lowest_cash_at_pace)

    def _is_below(self, low: CashLow | None) -> bool:
        has_minimum = self.plan.minimum_cash_amount is not None
        return has_minimum and low is not None and low.gap_to_minimum < 0

    @cached_property
    def goals(self) -> list[GoalCard]:
        """The goals with a KPI, by rank; before the first close without numbers."""
        rows = {row.code: row for row in report_goals(self.figures)} if self.closed else {}
        kpis = {kpi.code: kpi for kpi in self.facts.kpis}
        people = {person.code: person.name for person in self.facts.people}
        return [
            _card(goal, kpis[goal.kpi_code], rows.get(goal.code), people.get(goal.owner or "", ""))
            for goal in self.facts.goals
            if goal.kpi_code in kpis and goal.code not in self.hidden_goals
        ]

    @property
    def goal_counts(self) -> list[tuple[Status, int]]:
        """How many goals have each colour, the best first; colours without a goal are left out."""
        colours = [card.row.status for card in self.goals]
        return [(status, colours.count(status)) for status in Status if status in colours]

    @cached_property
    def kpis(self) -> list[KpiLine]:
        """The headline KPIs at the end of the last closed month; empty before it."""
        if not self.closed:
            return []
        followed = follow_kpis(self.figures)
        return [
            KpiLine(
                kpi,
                kpi_row(kpi, followed[kpi.code][-1]),
                tuple(at.month for at in followed[kpi.code]),
            )
            for kpi in self.facts.kpis
            if kpi.headline and kpi.code not in self.hidden_kpis
        ]

    @cached_property
    def risks(self) -> list[Risk]:
        """The open risks, the gravest first."""
        rows = Risk.objects.for_company(self.plan.company).filter(plan=self.plan, is_closed=False)
        return sorted(rows, key=lambda risk: -risk.score)

    @property
    def risk_map(self) -> tuple[MapRow, ...]:
        """The 5 × 5 map."""
        return risk_map(self.risks)

    @property
    def named_risks(self) -> list[tuple[Risk, bool]]:
        """The gravest risks, those that fired in the last closed month before the others."""
        fired = self._fired()
        rows = sorted(self.risks, key=lambda risk: risk.code not in fired)
        return [(risk, risk.code in fired) for risk in rows[: max(RISKS_NAMED, len(fired))]]

    def _fired(self) -> set[str]:
        if not self.closed:
            return set()
        rows = report_risks(self.figures, follow_kpis(self.figures))
        return {row.code for row in rows if self.facts.through in row.fired_months}

    @property
    def logged(self) -> list[Logged]:
        """Who has logged how much of the month in work; empty once the year is closed."""
        month = self.month_in_work
        return logged_by_person(self.facts, month) if month else []

    @property
    def month_in_work(self) -> Month | None:
        """The first open month; None once all are closed."""
        return None if self.closed == MONTHS_PER_YEAR else self.facts.year.months[self.closed]

    def review_ahead(self, today: date) -> ReviewAhead | None:
        """Return the next review that has not been held; None when the year has had them all."""
        months = enumerate(self.facts.year, start=1)
        due = (m for place, m in months if is_review_month(self.plan, place))
        month = next((m for m in due if m not in self.facts.reviewed), None)
        if month is None:
            return None
        day, logged = review_day(self.plan, month), logged_by_person(self.facts, month)
        return ReviewAhead(
            month=month,
            due=day,
            days=(day - today).days,
            is_over=month.last_day < today,
            logged=sum(one.done for one in logged),
            expected=sum(one.lines for one in logged),
        )


_TONES = {Meaning.FAVOURABLE: "good", Meaning.ADVERSE: "bad"}


def _card(goal: GoalFacts, kpi: KpiFacts, row: GoalRow | None, owner: str) -> GoalCard:
    target = exact(goal.target)
    if row is None:
        shown = rounded_value(target, kpi.unit)
        row = GoalRow(goal.code, shown, goal.basis, None, None, None, None, None)
    return GoalCard(
        goal=goal,
        kpi=kpi,
        row=row,
        owner=owner,
        share=positive_quotient(exact(row.attained), target),
        mark=positive_quotient(exact(row.path), target),
    )


def lines_to_log(
    plan: Plan, figures: Figures, member: Membership, month: Month
) -> list[tuple[LogLine, bool]]:
    """Return the member's lines, each with whether it has an entry in the month; one query.

    Lines that plan something and have no entry yet come first.
    """
    facts, index = figures.lines, figures.facts.year.index(month)
    rows = [
        LogLine(
            line=line,
            month=limit_of(facts[line.code], index, index + 1),
            to_date=limit_of(facts[line.code], 0, index + 1),
            year=limit_of(facts[line.code], 0, MONTHS_PER_YEAR),
            is_spending=RULES[LineKind(line.kind)].is_spending,
        )
        for line in loggable_lines(plan, member)
        if line.code in facts
    ]
    done = {line.code for line in figures.facts.lines if line.actual[index] is not None}
    rows.sort(key=lambda row: (row.line.code in done, not row.month.planned))
    return [(row, row.line.code in done) for row in rows]
