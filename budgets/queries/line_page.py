"""One line with its months, what it may still spend, and what changed it."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from aop.calc.cells import Cells, total
from aop.calc.figures import Column, Figures
from aop.calc.limits import Limit, limit_of
from aop.calc.lines import LineKind
from aop.calc.months import MONTHS_PER_YEAR, Month
from aop.calc.report.facts import LineFacts
from aop.calc.variance import Variance, line_variance
from budgets.models import BudgetLine, Commitment, CommitmentStatus
from budgets.queries.lines import months_of, plan_months
from budgets.queries.table import budget_facts

WITHOUT_LIMIT = (LineKind.REVENUE, LineKind.COGS, LineKind.FINANCING, LineKind.CONTINGENCY)
COLUMNS = ("planned_amount", "baseline_amount", "actual_amount", "last_year_amount")


@dataclass(frozen=True, slots=True)
class MonthOfLine:
    """One month of a line; an open month's actual is what was logged so far."""

    month: Month | None
    is_closed: bool
    planned: int | None
    baseline: int | None
    actual: int | None
    variance: Variance | None
    last_year: int | None


class LinePage:
    """What the page of a line shows, from three queries."""

    def __init__(self, line: BudgetLine) -> None:
        self.line = line
        self.states = plan_months(line.plan)
        self.stored = months_of(line)

    @cached_property
    def commitments(self) -> list[Commitment]:
        """The commitments on the line, open ones first."""
        rows = Commitment.objects.for_company(self.line.company).filter(line=self.line)
        return sorted(rows, key=lambda row: row.status != CommitmentStatus.OPEN)

    @cached_property
    def figures(self) -> Figures:
        """The line alone, added up."""
        planned, baseline, actual, last_year = (self._cells(column) for column in COLUMNS)
        facts = LineFacts(
            code=self.line.code,
            kind=LineKind(self.line.kind),
            planned=planned,
            baseline=baseline if self.line.plan.is_frozen else planned,
            actual=actual,
            last_year=last_year,
            committed=self._committed(),
        )
        return Figures(budget_facts(self.line.plan, self.states, (facts,)))

    @property
    def has_limit(self) -> bool:
        """Whether money of the line can be promised and run out."""
        return LineKind(self.line.kind) not in WITHOUT_LIMIT

    @property
    def cash_shares(self) -> tuple[Fraction, ...]:
        """The shares of an amount by month of delay, empty when no cash moves."""
        return self.line.cash_shares

    @property
    def limit(self) -> Limit:
        """What of the year is spent, promised and left, open months included."""
        return limit_of(self.figures.facts.lines[0], 0, MONTHS_PER_YEAR)

    @property
    def months(self) -> list[MonthOfLine]:
        """The twelve months in order."""
        facts = self.figures.facts.lines[0]
        closed_actual = self.figures.row(facts.code, Column.ACTUAL)
        rows = []
        for index, state in enumerate(self.states):
            planned, actual = facts.planned[index], closed_actual[index]
            rows.append(
                MonthOfLine(
                    month=Month.of(state.first_day),
                    is_closed=state.is_closed,
                    planned=planned,
                    baseline=facts.baseline[index],
                    actual=facts.actual[index] if actual is None else actual,
                    variance=line_variance(planned, actual, facts.kind),
                    last_year=facts.last_year[index],
                )
            )
        return rows

    @property
    def year(self) -> MonthOfLine:
        """The sums: plan and last year of the year, actual and variance to date."""
        facts, closed = self.figures.facts.lines[0], self.figures.closed
        actual = total(self.figures.row(facts.code, Column.ACTUAL))
        to_date = line_variance(total(facts.planned, 0, closed), actual, facts.kind)
        return MonthOfLine(
            month=None,
            is_closed=False,
            planned=total(facts.planned),
            baseline=total(facts.baseline),
            actual=actual,
            variance=to_date,
            last_year=total(facts.last_year),
        )

    def _cells(self, column: str) -> Cells:
        return tuple(
            getattr(self.stored[month], column) if month in self.stored else None
            for month in self.line.plan.year
        )

    def _committed(self) -> Cells:
        return committed_cells(self.line, self.commitments)


def committed_cells(line: BudgetLine, commitments: Iterable[Commitment]) -> Cells:
    """Return the open commitments by month; a month without any is None."""
    found: dict[Month, int] = {}
    for row in commitments:
        if row.status == CommitmentStatus.OPEN:
            month = Month.of(row.first_day)
            found[month] = found.get(month, 0) + row.amount
    return tuple(found.get(month) for month in line.plan.year)
