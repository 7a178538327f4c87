"""The twelve-month timeline of an initiative: days in, whole pixels and labels out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from aop.calc.calendar_text import format_day
from aop.calc.months import MONTHS_PER_YEAR, FiscalYear, Month
from aop.calc.report.people import MilestoneState
from budgets.queries.actions import ActionRow, MilestoneRow

COLUMN = 66
WIDTH = COLUMN * MONTHS_PER_YEAR
TOP, LANE = 34, 30  # the bar with the space around it, and one row of milestones
LOWEST, NOTE = 118, 20  # as high as what stands beside it: the name, and each line below it
HALF = 8  # of a mark
GAP = 12  # between a mark and its label
LETTER = 6.7  # the usual width of a letter of 12 px
LONGEST = 64  # letters of a label; the whole name stands on the initiative's page
SHORTEST_ARROW = 22

LOOKS = {
    MilestoneState.DONE: "g-done",
    MilestoneState.DONE_LATE: "g-late",
    MilestoneState.OVERDUE: "g-over",
    MilestoneState.UPCOMING: "g-next",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One milestone: where it stands, where it was promised, how late it is, what it says."""

    x: int
    y: int
    look: str
    label: str
    label_x: int
    label_y: int
    is_left: bool
    was_x: int | None = None
    arrow: tuple[int, int] | None = None
    late_start: int | None = None
    late_end: int | None = None
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """The months of the work, and how much of them has passed."""

    x: int
    width: int
    past: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """One initiative over the twelve months."""

    height: int
    bar: Bar | None
    marks: tuple[Mark, ...]
    now: int | None
    sentence: str
    width: int = WIDTH


def timeline(row: ActionRow, year: FiscalYear, today: date) -> Timeline:
    """Lay out one initiative; marks that would touch stand below each other."""
    lanes: list[list[tuple[float, float]]] = []
    marks = [_mark(one, year, today, lanes) for one in sorted(row.milestones, key=_shown_day)]
    initiative = row.initiative
    bar = None
    if initiative.start and initiative.end:
        start, end = _x(year, initiative.start), _x(year, initiative.end, is_end=True)
        past = min(max(_x(year, today), start), end) - start
        bar = Bar(start, max(end - start, 1), past if year.first_day <= today else 0)
    return Timeline(
        height=max(LOWEST + NOTE * _notes(row), TOP + LANE * len(lanes)),
        bar=bar,
        marks=tuple(marks),
        now=_x(year, today) if year.first_day <= today <= year.last_day else None,
        sentence="; ".join(milestone_sentence(one) for one in row.milestones),
    )


def _notes(row: ActionRow) -> int:
    said = (row.needs_attention, row.pushes, row.overdue, row.added)
    return sum(map(bool, said)) + 2 * len(row.red_lines)


def milestone_label(row: MilestoneRow) -> str:
    """Name a milestone with how often it was pushed out and whether it was planned at first."""
    name = row.milestone.name
    notes = [name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"]
    pushed = row.milestone.times_pushed
    if pushed:
        notes.append(ngettext("pushed once", "pushed %(n)s times", pushed) % {"n": pushed})
    if row.milestone.added_after_approval:
        notes.append(_("added during the year"))
    return " · ".join(notes)


def milestone_sentence(row: MilestoneRow) -> str:
    """Say where a milestone stands: `Combo 2: due 15/08/2026, done late on 05/09/2026`."""
    language, milestone = get_language(), row.milestone
    return _how_it_stands(row) % {
        "name": milestone.name,
        "due": format_day(milestone.due, language),
        "first": format_day(milestone.first_due, language),
        "done": format_day(milestone.done, language) if milestone.done else "",
        "late": row.days_late,
    }


def _how_it_stands(row: MilestoneRow) -> str:
    if row.state is MilestoneState.DONE:
        return _("%(name)s: due %(due)s, done on %(done)s")
    if row.state is MilestoneState.DONE_LATE:
        return _("%(name)s: due %(due)s, done late on %(done)s")
    if row.state is MilestoneState.OVERDUE:
        return ngettext(
            "%(name)s: due %(due)s, %(late)s day overdue",
            "%(name)s: due %(due)s, %(late)s days overdue",
            row.days_late,
        )
    if row.is_pushed:
        return _("%(name)s: due %(first)s at first, pushed to %(due)s")
    return _("%(name)s: due %(due)s")


def _mark(
    row: MilestoneRow, year: FiscalYear, today: date, lanes: list[list[tuple[float, float]]]
) -> Mark:
    milestone, label = row.milestone, milestone_label(row)
    x = _inside(_x(year, _shown_day(row)))
    was = _inside(_x(year, milestone.first_due))
    has_moved = milestone.first_due < _shown_day(row)
    late_end = _x(year, today) if row.state is MilestoneState.OVERDUE else None
    is_bad = late_end is not None or (row.is_pushed and milestone.done is None)
    placed = _place(was if has_moved else x, x, late_end, len(label) * LETTER)
    y = TOP + HALF + LANE * _free_lane(lanes, placed.span)
    return Mark(
        x=x,
        y=y,
        look="g-over" if is_bad else LOOKS[row.state],
        label=label,
        label_x=round(placed.x),
        label_y=y + 4,
        is_left=placed.is_left,
        was_x=was if has_moved else None,
        arrow=(was + HALF + 1, x - HALF - 2) if x - was >= SHORTEST_ARROW else None,
        late_start=placed.late_start,
        late_end=late_end,
        is_bad=is_bad,
    )


@dataclass(frozen=True, slots=True)
class _Label:
    """Where a label stands, and what it takes together with its mark."""

    x: float
    span: tuple[float, float]
    is_left: bool = False
    late_start: int | None = None


def _place(first: int, x: int, late_end: int | None, length: float) -> _Label:
    """Put a label behind everything, else before it, else between mark and what is overdue."""
    end = max(x, late_end or 0)
    start = None if late_end is None else x
    if end + GAP + length <= WIDTH:
        return _Label(end + GAP, (first - HALF, end + GAP + length), late_start=start)
    if first - GAP - length >= 0:
        span = (first - GAP - length, end + HALF)
        return _Label(first - GAP, span, is_left=True, late_start=start)
    behind = round(x + GAP + length + HALF)
    start = behind if late_end is not None and behind < late_end else None
    return _Label(x + GAP, (first - HALF, max(end, behind)), late_start=start)


def _shown_day(row: MilestoneRow) -> date:
    return row.milestone.done or row.milestone.due


def _free_lane(lanes: list[list[tuple[float, float]]], span: tuple[float, float]) -> int:
    """Return the first lane in which nothing touches `span`, and take the place."""
    start, end = span[0] - HALF, span[1] + HALF
    for number, taken in enumerate(lanes):
        if all(end <= other_start or start >= other_end for other_start, other_end in taken):
            taken.append((start, end))
            return number
    lanes.append([(start, end)])
    return len(lanes) - 1


def _x(year: FiscalYear, day: date, *, is_end: bool = False) -> int:
    """Return how far into the year a day lies; as an end, the day itself is still inside."""
    if day < year.first_day:
        return 0
    if day > year.last_day:
        return WIDTH
    month = Month.of(day)
    passed = day.day if is_end else day.day - 1
    return round(COLUMN * (year.index(month) + passed / month.last_day.day))


def _inside(x: int) -> int:
    return min(max(x, HALF + 1), WIDTH - HALF - 1)


def timelines(
    rows: Sequence[ActionRow], year: FiscalYear, today: date
) -> list[tuple[ActionRow, Timeline]]:
    """Return each initiative with its timeline."""
    return [(row, timeline(row, year, today)) for row in rows]
