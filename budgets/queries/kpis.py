"""KPIs with what they measure in words, and what they came to in the closed months."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aop.calc.figures import Column, Figures
from aop.calc.kpis import KpiMonth, exact, follow_kpi, is_planless, rounded_value
from aop.calc.measures import (
    AttainmentMeasure,
    ClosingCashMeasure,
    ClosingStockMeasure,
    LoadMeasure,
    MarginMeasure,
    Measure,
    RatioMeasure,
    TotalMeasure,
    measure_codes,
    parse_measure,
)
from aop.calc.months import MONTHS_PER_YEAR, Month
from aop.calc.report.facts import KpiFacts
from aop.calc.status import Status
from aop.tenancy.models import Membership
from aop.tenancy.roles import Permission
from aop.web.words import NO_DATA, TONES, WORDS
from planning.models import Goal, Kpi

NAMED_LINES = 4
Value = int | Decimal | None


@dataclass(frozen=True, slots=True)
class KpiCell:
    """One month of a KPI in its unit: what was wanted, and what it came to once closed."""

    month: Month
    target: Value
    actual: Value
    is_closed: bool


@dataclass(frozen=True, slots=True)
class KpiRow:
    """A KPI as its page shows it; `month`, `to_date` and `target` are of the last closed month.

    `measures` are the goals whose one KPI it is, `goals` the others that it tells about.
    Without targets of its own a KPI follows the plan: its targets are what the plan comes to.
    """

    kpi: Kpi
    words: str
    goals: tuple[Goal, ...]
    measures: tuple[Goal, ...]
    cells: tuple[KpiCell, ...]
    month: Value
    to_date: Value
    target: Value
    status: Status | None
    has_targets: bool
    follows_plan: bool

    @property
    def tone(self) -> str:
        """The tone of the status, empty while there is no number yet."""
        return TONES[self.status] if self.status else ""

    @property
    def word(self) -> str:
        """What the status is called."""
        if self.status:
            return str(WORDS[self.status])
        return str(NO_DATA) if self.to_date is None else _("Not judged")


def kpi_rows(kpis: Iterable[Kpi], figures: Figures, member: Membership) -> list[KpiRow]:
    """Return the KPIs (`parts.kpis_of`) that the member may know of; asks nothing more."""
    facts = {one.code: one for one in figures.facts.kpis}
    shown = [kpi for kpi in kpis if may_see_kpi(kpi, figures, member)]
    return [_row(kpi, facts[kpi.code], figures) for kpi in shown]


def may_see_kpi(kpi: Kpi, figures: Figures, member: Membership) -> bool:
    """Say whether the member may know of everything that the KPI measures."""
    if member.may(Permission.VIEW_PRIVATE):
        return True
    codes = measure_codes(parse_measure(kpi.measure))
    return not any(figures.lines[code].is_private for code in codes if code in figures.lines)


def _row(kpi: Kpi, facts: KpiFacts, figures: Figures) -> KpiRow:
    followed = follow_kpi(facts, figures)
    last = followed[-1] if followed else KpiMonth(None, None, None, None)
    cells = _cells(facts, figures, followed)
    return KpiRow(
        kpi=kpi,
        words=measure_words(facts.measure, figures),
        goals=tuple(link.goal for link in kpi.goal_links.all() if link.goal.kpi_id != kpi.pk),
        measures=tuple(kpi.headline_goals.all()),
        cells=cells,
        month=rounded_value(last.month, facts.unit),
        to_date=rounded_value(last.ytd, facts.unit),
        target=cells[figures.closed - 1].target if figures.closed else None,
        status=last.status,
        has_targets=bool(facts.targets),
        follows_plan=not facts.targets and not is_planless(facts.measure),
    )


def _cells(facts: KpiFacts, figures: Figures, followed: Sequence[KpiMonth]) -> tuple[KpiCell, ...]:
    targets: Sequence[Value] = facts.targets or _planned(facts, figures)
    cells = []
    for index, month in enumerate(figures.facts.year):
        is_closed = index < len(followed)
        actual = rounded_value(followed[index].month, facts.unit) if is_closed else None
        cells.append(KpiCell(month, targets[index], actual, is_closed))
    return tuple(cells)


def _planned(facts: KpiFacts, figures: Figures) -> list[Value]:
    """Return what the current plan makes of the KPI, month by month."""
    match facts.measure:
        case ClosingStockMeasure():
            values = [exact(amount) for amount in figures.stock_planned]
        case ClosingCashMeasure():
            values = [exact(month.closing) for month in figures.cash_planned]
        case measure:
            values = [
                figures.measured(measure, Column.PLANNED, i, i + 1) for i in range(MONTHS_PER_YEAR)
            ]
    return [rounded_value(value, facts.unit) for value in values]


def measure_words(measure: Measure, figures: Figures) -> str:
    """Say what a measure is, with the names of its lines: `Online ÷ (Store + Online)`."""
    match measure:
        case TotalMeasure(codes):
            return _sum(codes, figures)
        case RatioMeasure(of, to):
            return f"{_bracketed(of, figures)} ÷ {_bracketed(to, figures)}"
        case MarginMeasure(revenue, cost):
            base = _bracketed(revenue, figures)
            return f"({_sum(revenue, figures)} − {_bracketed(cost, figures)}) ÷ {base}"
        case AttainmentMeasure(codes):
            return _("Actual ÷ plan of %(lines)s") % {"lines": _sum(codes, figures)}
        case ClosingStockMeasure():
            return _("Stock at the end of the month")
        case ClosingCashMeasure():
            return _("Cash at the end of the month")
        case LoadMeasure(person):
            names = {one.code: one.name for one in figures.facts.people}
            return _("Load of %(person)s") % {"person": names.get(person, person)}
    return _("Logged by hand every month")


def _sum(codes: Sequence[str], figures: Figures) -> str:
    names = [figures.lines[code].name if code in figures.lines else code for code in codes]
    if len(names) <= NAMED_LINES:
        return " + ".join(names)
    more = len(names) - NAMED_LINES + 1
    shown = " + ".join(names[: NAMED_LINES - 1])
    return ngettext("%(lines)s + %(count)s more line", "%(lines)s + %(count)s more lines", more) % {
        "lines": shown,
        "count": more,
    }


def _bracketed(codes: Sequence[str], figures: Figures) -> str:
    text = _sum(codes, figures)
    return f"({text})" if len(codes) > 1 else text
