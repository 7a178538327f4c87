"""Made-up rows of the plan: goals, KPIs, actions, people, risks."""

from collections.abc import Sequence

from hypothesis import strategies as st

from aop.calc.measures import (
    AttainmentMeasure,
    ClosingCashMeasure,
    ClosingStockMeasure,
    LoadMeasure,
    ManualMeasure,
    MarginMeasure,
    Measure,
    RatioMeasure,
    TotalMeasure,
)
from aop.calc.months import FiscalYear
from planning.folders.actions import ActionMoneyRow, InitiativeRow, MilestoneRow
from planning.folders.company import ChannelRow, CompanyRow
from planning.folders.goals import GoalRow
from planning.folders.kpis import KpiRow
from planning.folders.plan import (
    AssumptionRow,
    DirectionRow,
    MaterialityRow,
    NotDoingRow,
    PlanRow,
    ThresholdRow,
    ThresholdsRow,
)
from planning.folders.resources import AllocationRow, PersonRow
from planning.folders.risks import RiskRow, TriggerRow
from tests.folder_strategies.values import (
    AMOUNTS,
    BETTER,
    DATES,
    NAMES,
    NOTES,
    TEXTS,
    VALUES,
    WHOLE_VALUES,
    codes,
    one_or_none,
    some,
    twelve,
)


@st.composite
def companies(draw: st.DrawFn) -> CompanyRow:
    """Return a company that keeps its books in 0, 2 or 3 decimals."""
    return CompanyRow(
        name=draw(NAMES),
        slug=draw(st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True)),
        industry=draw(TEXTS),
        currency=draw(st.sampled_from(["VND", "USD", "KWD"])),
        language=draw(st.sampled_from(["vi", "en"])),
        time_zone=draw(st.sampled_from(["Asia/Ho_Chi_Minh", "America/New_York", "UTC"])),
        channels=tuple(ChannelRow(code, draw(NAMES)) for code in draw(codes(2))),
    )


@st.composite
def plans(draw: st.DrawFn, year: FiscalYear) -> PlanRow:
    """Return a plan, drafted or approved."""
    is_approved = draw(st.booleans())
    months = st.none() | st.sampled_from(year.months)
    return PlanRow(
        fiscal_year=draw(st.sampled_from([year.first.year, year.last.year])),
        first_month=year.first,
        status="approved" if is_approved else "draft",
        approved_on=draw(DATES) if is_approved else None,
        closed_through=draw(months) if is_approved else None,
        review_rhythm=draw(TEXTS),
        review_every=draw(st.sampled_from(["month", "quarter"])),
        review_day=draw(st.integers(1, 28)),
        opening_cash_amount=draw(st.none() | AMOUNTS),
        minimum_cash_amount=draw(st.none() | AMOUNTS),
        opening_stock_amount=draw(st.none() | AMOUNTS),
        direction=DirectionRow(
            draw(NOTES), draw(NOTES), draw(st.lists(NAMES, max_size=2).map(tuple))
        ),
        assumptions=(AssumptionRow(draw(NAMES), draw(NOTES), draw(NOTES), draw(months)),),
        not_doing=(NotDoingRow(draw(NAMES), draw(NOTES), draw(TEXTS)),),
        thresholds=ThresholdsRow(
            attainment=draw(thresholds()),
            share_gap=draw(thresholds()),
            floor_gap=draw(thresholds()),
            cap_gap=draw(thresholds()),
            spend_ratio=draw(thresholds(draw(st.integers(0, 10**9)))),
        ),
        materiality=MaterialityRow(draw(st.integers(0, 10**9)), draw(st.decimals(0, 1, places=6))),
    )


@st.composite
def thresholds(draw: st.DrawFn, min_amount: int | None = None) -> ThresholdRow:
    """Return thresholds whose green is the stricter one."""
    better = draw(BETTER)
    edges = sorted(draw(st.lists(st.decimals(-9, 9, places=4), min_size=2, max_size=2)))
    amber, green = edges if better == "higher" else reversed(edges)
    return ThresholdRow(green, amber, draw(st.decimals(0, 9, places=4)), better, min_amount)


def measures(lines: Sequence[str], people: Sequence[str]) -> st.SearchStrategy[Measure]:
    """Return any measure that these lines and people allow."""
    some_lines = some(lines)
    found: list[st.SearchStrategy[Measure]] = [
        st.builds(TotalMeasure, some_lines),
        st.builds(AttainmentMeasure, some_lines),
        st.builds(RatioMeasure, some_lines, some_lines),
        st.builds(MarginMeasure, some_lines, some_lines),
        st.sampled_from([ClosingStockMeasure(), ClosingCashMeasure(), ManualMeasure()]),
    ]
    if people:
        found.append(st.builds(LoadMeasure, st.sampled_from(people)))
    return st.one_of(found)


@st.composite
def kpi_rows(
    draw: st.DrawFn, lines: Sequence[str], people: Sequence[str], goal_codes: Sequence[str]
) -> tuple[KpiRow, ...]:
    """Return KPIs; those in money have whole values."""
    return tuple(
        draw(kpis(code, draw(measures(lines, people)), people, goal_codes))
        for code in draw(codes())
    )


@st.composite
def kpis(
    draw: st.DrawFn, code: str, measure: Measure, people: Sequence[str], goal_codes: Sequence[str]
) -> KpiRow:
    """Return one KPI."""
    unit = draw(st.sampled_from(["money", "ratio", "number"]))
    value = WHOLE_VALUES if unit == "money" else VALUES
    is_manual = isinstance(measure, ManualMeasure)
    return KpiRow(
        code=code,
        name=draw(NAMES),
        unit=unit,
        better=draw(BETTER),
        measure=measure,
        floor=draw(st.none() | value),
        cap=draw(st.none() | value),
        goals=draw(some(goal_codes)),
        targets=draw(st.none() | twelve(value)),
        headline=draw(st.booleans()),
        owner=draw(one_or_none(people)),
        actuals=draw(st.none() | twelve(value)) if is_manual else None,
    )


@st.composite
def goals(draw: st.DrawFn, code: str, kpis: Sequence[KpiRow], people: Sequence[str]) -> GoalRow:
    """Return one goal; a KPI of which less is better measures no growth."""
    kind = draw(st.sampled_from(["grow", "reach", "at_least", "at_most"]))
    fitting = [k.code for k in kpis if k.better == "higher" or kind in {"at_least", "at_most"}]
    kpi_code = draw(one_or_none(fitting))
    return GoalRow(
        code=code,
        name=draw(NAMES),
        rank=draw(st.integers(1, 999)),
        kind=kind,
        kpi_code=kpi_code,
        baseline=draw(st.none() | VALUES),
        target=draw(st.none() | VALUES),
        basis=draw(st.sampled_from(["", "full_year", "exit_month", "exit_quarter"])),
        basis_note=draw(NOTES),
        threshold=draw(st.sampled_from(["", "attainment", "share_gap", "spend_ratio"])),
        owner=draw(one_or_none(people)),
        why=draw(NOTES),
        unit="" if kpi_code else draw(st.sampled_from(["", "money", "ratio", "number"])),
    )


@st.composite
def initiatives(
    draw: st.DrawFn,
    code: str,
    lines: Sequence[str],
    goal_codes: Sequence[str],
    people: Sequence[str],
) -> InitiativeRow:
    """Return one initiative."""
    milestones = st.builds(MilestoneRow, NAMES, DATES, st.none() | DATES, DATES)
    return InitiativeRow(
        code=code,
        name=draw(NAMES),
        goals=draw(some(goal_codes)),
        owner=draw(one_or_none(people)),
        start=draw(st.none() | DATES),
        end=draw(st.none() | DATES),
        order=draw(st.integers(0, 9999)),
        status=draw(st.sampled_from(["not_started", "on_track", "at_risk", "done"])),
        budget=tuple(ActionMoneyRow(line, draw(AMOUNTS)) for line in draw(some(lines))),
        milestones=draw(st.lists(milestones, max_size=2).map(tuple)),
    )


@st.composite
def person_rows(draw: st.DrawFn, code: str, place: int) -> PersonRow:
    """Return one person with an address of their own, or none."""
    return PersonRow(
        code=code,
        name=draw(NAMES),
        role=draw(TEXTS),
        hours_per_week=draw(st.decimals(0, 168, places=2)),
        email=draw(st.sampled_from(["", f"người{place}@example.com"])),
    )


@st.composite
def allocation_rows(
    draw: st.DrawFn, people: Sequence[str], initiative_codes: Sequence[str]
) -> tuple[AllocationRow, ...]:
    """Return what the time of some people goes to."""
    works = some(["BAU", *initiative_codes])
    percents = twelve(st.decimals(0, 999, places=2))
    return tuple(
        AllocationRow(person, work, draw(percents))
        for person in draw(some(people))
        for work in draw(works)
    )


@st.composite
def risk_rows(
    draw: st.DrawFn, kpi_codes: Sequence[str], goal_codes: Sequence[str], people: Sequence[str]
) -> tuple[RiskRow, ...]:
    """Return risks, with a trigger where there is a KPI to watch."""
    return tuple(
        RiskRow(
            code=code,
            name=draw(NAMES),
            likelihood=draw(st.integers(1, 5)),
            impact=draw(st.integers(1, 5)),
            goals=draw(some(goal_codes)),
            owner=draw(one_or_none(people)),
            trigger=draw(triggers(kpi_codes)) if kpi_codes else None,
            contingency=draw(NOTES),
            contingency_amount=draw(st.none() | AMOUNTS),
        )
        for code in draw(codes(2))
    )


def triggers(kpi_codes: Sequence[str]) -> st.SearchStrategy[TriggerRow | None]:
    """Return a trigger, or none."""
    return st.none() | st.builds(
        TriggerRow,
        kpi_code=st.sampled_from(kpi_codes),
        op=st.sampled_from(["<", "<=", ">", ">="]),
        value=VALUES,
        scope=st.sampled_from(["month", "ytd"]),
        consecutive=st.integers(1, 12),
    )
