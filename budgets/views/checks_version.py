"""A frozen version as its page shows it to one member: whole, but for private lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aop.calc.cells import Cells, total
from aop.calc.figures import Column, Figures
from aop.calc.measures import measure_codes
from aop.calc.report.facts import LineFacts
from aop.calc.risk import risk_level, risk_score
from aop.calc.totals import TotalName
from aop.web.words import TONES, WORDS
from budgets.models import KIND_CHOICES, PlanVersion
from budgets.queries.kpis import measure_words
from budgets.queries.table import FEW
from budgets.services.approval_document import FrozenPlan, read_document
from budgets.services.approval_facts import frozen_facts
from budgets.views.shown import TOTAL_LABELS
from planning.folders.actions import ActionMoneyRow, InitiativeRow
from planning.folders.goals import GoalRow
from planning.folders.kpis import KpiRow
from planning.folders.risks import RiskRow
from planning.models import Goal, Kpi, Plan
from planning.templatetags.planning_text import sentence_of_goal

KINDS = dict(KIND_CHOICES)
SHOWN_TOTALS = (
    TotalName.REVENUE,
    TotalName.GROSS_PROFIT,
    TotalName.OPERATING_COSTS,
    TotalName.OPERATING_PROFIT,
    TotalName.PURCHASES,
)


@dataclass(frozen=True)
class Amounts:
    """Twelve months and their year; None is no plan."""

    label: Any
    cells: Cells

    @property
    def year(self) -> int | None:
        """The sum of the months that have an amount."""
        return total(self.cells)


@dataclass(frozen=True)
class Group:
    """Lines under one heading; without sums where they would give a private line away."""

    name: Any
    lines: Sequence[Amounts]
    sums: Amounts | None
    hidden: int


class VersionPage:
    """One version, read from its own document, computed when first asked for."""

    def __init__(
        self, version: PlanVersion, plan: Plan, *, hidden: frozenset[str], shows_private: bool
    ) -> None:
        self.version, self.plan = version, plan
        self.frozen: FrozenPlan = read_document(version.document)
        self.figures = Figures(frozen_facts(self.frozen))
        private = {line.code for line in self.figures.facts.lines if line.is_private}
        self.hidden = frozenset() if shows_private else hidden | private

    @property
    def row(self) -> Any:
        """What `plan.json` holds."""
        return self.frozen.plan.plan

    @property
    def currency(self) -> str:
        """The currency that the version was approved in."""
        return self.frozen.company.currency

    @cached_property
    def names(self) -> dict[str, str]:
        """The people by code."""
        return {person.code: person.name for person in self.frozen.plan.people}

    @cached_property
    def groups(self) -> list[Group]:
        """The budget by group, in the order of that time."""
        found: dict[Any, list[LineFacts]] = {}
        for line in self.figures.facts.lines:
            found.setdefault(line.group or KINDS[line.kind.value], []).append(line)
        return [self._group(name, lines) for name, lines in found.items()]

    def _group(self, name: Any, lines: Sequence[LineFacts]) -> Group:
        shown = [line for line in lines if line.code not in self.hidden]
        filled = [line for line in lines if line.code in self.hidden and any(line.planned)]
        codes = tuple(line.code for line in lines)
        sums = Amounts(name, self.figures.months(codes, Column.PLANNED))
        return Group(
            name=name,
            lines=[Amounts(line.name, line.planned) for line in shown],
            sums=None if 0 < len(filled) < FEW else sums,
            hidden=len(lines) - len(shown),
        )

    @cached_property
    def totals(self) -> list[Amounts]:
        """The totals of the plan."""
        rows = (
            Amounts(TOTAL_LABELS[name.value], self.figures.total_months(name, Column.PLANNED))
            for name in SHOWN_TOTALS
        )
        return [row for row in rows if row.year is not None]

    @cached_property
    def goals(self) -> list[tuple[GoalRow, Any, str]]:
        """The goals by rank, each with its sentence and the person in charge."""
        kpis = {kpi.code: kpi for kpi in self.frozen.plan.kpis}
        rows = sorted(self.frozen.plan.goals, key=lambda row: row.rank)
        return [
            (row, self._sentence(row, kpis.get(row.kpi_code)), self.names.get(row.owner, ""))
            for row in rows
        ]

    def _sentence(self, row: GoalRow, kpi: KpiRow | None) -> Any:
        goal = Goal(
            kind=row.kind, unit=row.unit, baseline=row.baseline, target=row.target, basis=row.basis
        )
        if kpi is not None and self._may_see(kpi):
            goal.kpi = Kpi(name=kpi.name, unit=kpi.unit, better=kpi.better)
        elif kpi is not None:
            goal.unit = kpi.unit
        return sentence_of_goal(goal, self.plan)

    def _may_see(self, kpi: KpiRow) -> bool:
        return self.hidden.isdisjoint(measure_codes(kpi.measure))

    @cached_property
    def kpis(self) -> list[tuple[KpiRow, str]]:
        """The KPIs with what they measure in words."""
        shown = filter(self._may_see, self.frozen.plan.kpis)
        return [(row, measure_words(row.measure, self.figures)) for row in shown]

    @cached_property
    def initiatives(self) -> list["VersionAction"]:
        """The initiatives with the money on lines that the member may see."""
        return [
            VersionAction(row, self.names.get(row.owner, ""), self._money(row.budget))
            for row in sorted(self.frozen.plan.initiatives, key=lambda row: row.order)
        ]

    def _money(self, budget: Iterable[ActionMoneyRow]) -> list[tuple[str, int]]:
        lines = self.figures.lines
        return [
            (lines[one.line_code].name, one.amount)
            for one in budget
            if one.line_code not in self.hidden
        ]

    @cached_property
    def risks(self) -> list[tuple[RiskRow, int, str, str]]:
        """The risks with score, level in words and its tone."""
        found = []
        for row in self.frozen.plan.risks:
            level = risk_level(row.likelihood, row.impact)
            score = risk_score(row.likelihood, row.impact)
            found.append((row, score, str(WORDS[level]), TONES[level]))
        return found


@dataclass(frozen=True)
class VersionAction:
    """An initiative of a version."""

    row: InitiativeRow
    owner: str
    money: list[tuple[str, int]]
