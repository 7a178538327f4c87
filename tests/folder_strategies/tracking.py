"""Made-up rows of the year, and whole plan folders: any year, three currencies."""

from collections.abc import Sequence

from hypothesis import strategies as st

from aop.calc.months import FiscalYear, Month
from tests.folder_strategies.budgets import (
    adjustment_rows,
    commitment_rows,
    count_rows,
    line_months,
    line_rows,
)
from tests.folder_strategies.planning import (
    allocation_rows,
    companies,
    goals,
    initiatives,
    kpi_rows,
    person_rows,
    plans,
    risk_rows,
)
from tests.folder_strategies.values import (
    AMOUNTS,
    CODES,
    DATES,
    NAMES,
    NOTES,
    TEXTS,
    codes,
    one_or_none,
    some,
)
from tracking.folders.content import PlanFolder
from tracking.folders.entries import EntryRow, ForecastRow
from tracking.folders.reviews import DecisionRow, ReviewRow


@st.composite
def plan_folders(draw: st.DrawFn) -> PlanFolder:
    """Return a plan folder in which everything refers to something that is there."""
    year = FiscalYear(Month(draw(st.integers(1990, 2090)), draw(st.integers(1, 12))))
    company = draw(companies())
    people = draw(st.lists(CODES, max_size=3, unique=True))
    lines = draw(line_rows([channel.code for channel in company.channels], people))
    line_codes = [line.code for line in lines]
    goal_codes, initiative_codes = draw(codes()), draw(codes())
    kpis = draw(kpi_rows(line_codes, people, goal_codes))
    plan = draw(plans(year))
    return PlanFolder(
        company=company,
        plan=plan,
        lines=lines,
        budget=draw(line_months(line_codes)),
        last_year=draw(line_months(line_codes)),
        adjustments=draw(adjustment_rows(line_codes, goal_codes, year)),
        entries=draw(entry_rows(line_codes, initiative_codes, year)),
        commitments=draw(commitment_rows(line_codes, year)),
        goals=tuple(draw(goals(code, kpis, people)) for code in goal_codes),
        kpis=kpis,
        initiatives=tuple(
            draw(initiatives(code, line_codes, goal_codes, people)) for code in initiative_codes
        ),
        people=tuple(draw(person_rows(code, place)) for place, code in enumerate(people)),
        allocations=draw(allocation_rows(people, initiative_codes)),
        risks=draw(risk_rows([kpi.code for kpi in kpis], goal_codes, people)),
        forecasts=draw(forecast_rows(line_codes, year)),
        counts=draw(count_rows(year)),
        decisions=draw(st.lists(decisions(goal_codes), max_size=2).map(tuple)),
        reviews=draw(review_rows(year)),
    )


@st.composite
def entry_rows(
    draw: st.DrawFn, lines: Sequence[str], initiative_codes: Sequence[str], year: FiscalYear
) -> tuple[EntryRow, ...]:
    """Return entries of the year."""
    return tuple(
        EntryRow(
            id=code * 2,
            date=draw(st.dates(year.first_day, year.last_day)),
            line_code=draw(st.sampled_from(lines)),
            amount=draw(AMOUNTS),
            note=draw(NOTES),
            ref=draw(TEXTS),
            source=draw(TEXTS),
            initiative_code=draw(one_or_none(initiative_codes)),
        )
        for code in draw(codes(2) if lines else st.just([]))
    )


@st.composite
def forecast_rows(
    draw: st.DrawFn, lines: Sequence[str], year: FiscalYear
) -> tuple[ForecastRow, ...]:
    """Return typed forecasts, one for each of some lines."""
    return tuple(
        ForecastRow(
            line_code=code,
            month=draw(st.sampled_from(year.months)),
            amount=draw(AMOUNTS),
            note=draw(NOTES),
            author=draw(TEXTS),
            on=draw(st.none() | DATES),
        )
        for code in draw(some(lines))
    )


def decisions(goal_codes: Sequence[str]) -> st.SearchStrategy[DecisionRow]:
    """Return one decision."""
    return st.builds(DecisionRow, DATES, NAMES, some(goal_codes), NOTES, NOTES, TEXTS)


@st.composite
def review_rows(draw: st.DrawFn, year: FiscalYear) -> tuple[ReviewRow, ...]:
    """Return reviews of some months."""
    months = draw(st.lists(st.sampled_from(year.months), max_size=2, unique=True))
    return tuple(
        ReviewRow(month, draw(st.none() | DATES), draw(NOTES), draw(NOTES)) for month in months
    )
