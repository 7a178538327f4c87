"""Geometry of the charts: values in, integer coordinates and axis ticks out.

Nothing here draws or formats; `templates/components/charts/_*.html` do. A chart is computed
twice, wide for a screen and narrow for a phone, because text must not shrink with the picture.
None is "not known": it leaves a gap and never counts as 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Generic, TypeVar

from aop.calc.months import Month
from aop.web.scales import Frame, Scale, Tick, Value, rounded, scale_of

WIDE = Frame(width=720, height=260, left=56, right=8, top=16, bottom=28)
FULL = Frame(width=1100, height=280, left=60, right=8, top=16, bottom=28)
HALF = Frame(width=336, height=230, left=52, right=10, top=20, bottom=28)
NARROW = Frame(width=334, height=210, left=48, right=8, top=18, bottom=26)

LABEL_ROOM = 30  # a month that is narrower than this shares its label with the next one

Chart = TypeVar("Chart")


@dataclass(frozen=True)
class Drawn(Generic[Chart]):
    """The same chart for a screen and for a phone."""

    wide: Chart
    narrow: Chart


# --- Bars: plan behind, actual or forecast before it --------------------------------------------


@dataclass(frozen=True)
class BarMonth:
    """What the bars show of one month; `is_over` marks an actual outside its limit."""

    month: Month
    planned: Value | None
    actual: Value | None = None
    forecast: Value | None = None
    is_over: bool = False
    is_now: bool = False


@dataclass(frozen=True)
class Bar:
    """One rectangle; `look` names its fill: plan, actual, over or forecast."""

    x: int
    y: int
    width: int
    height: int
    look: str


@dataclass(frozen=True)
class BarColumn:
    """One month of a bar chart: where its place, its label and its bars are."""

    source: BarMonth
    left: int
    width: int
    middle: int
    bars: tuple[Bar, ...]
    is_labelled: bool


@dataclass(frozen=True)
class BarChart:
    """Bars of twelve months on one axis; `zero` is the height of 0."""

    frame: Frame
    ticks: tuple[Tick, ...]
    zero: int
    columns: tuple[BarColumn, ...]


def bar_chart(months: Sequence[BarMonth], frame: Frame = WIDE) -> BarChart:
    """Return the geometry of plan against actual or forecast, month by month."""
    values = [value for m in months for value in (m.planned, m.actual, m.forecast)]
    scale = scale_of(values, frame)
    edges = _edges(len(months), frame)
    every = _label_every(len(months), frame)
    columns = tuple(
        _column(month, left, right, scale, is_labelled=index % every == 0)
        for index, (month, (left, right)) in enumerate(zip(months, pairwise(edges), strict=True))
    )
    return BarChart(frame, scale.ticks, scale.y(0), columns)


def _edges(count: int, frame: Frame) -> list[int]:
    width = frame.plot_right - frame.left
    return [frame.left + rounded(Fraction(width * i, count or 1)) for i in range(count + 1)]


def _label_every(count: int, frame: Frame) -> int:
    return 2 if (frame.plot_right - frame.left) < count * LABEL_ROOM else 1


def _column(
    month: BarMonth, left: int, right: int, scale: Scale, *, is_labelled: bool
) -> BarColumn:
    width = right - left
    bars = []
    if month.planned is not None:
        bars.append(_bar(month.planned, left, width, Fraction(7, 10), scale, "plan"))
    if month.actual is not None:
        look = "over" if month.is_over else "actual"
        bars.append(_bar(month.actual, left, width, Fraction(42, 100), scale, look))
    elif month.forecast is not None:
        bars.append(_bar(month.forecast, left, width, Fraction(42, 100), scale, "forecast"))
    return BarColumn(month, left, width, left + width // 2, tuple(bars), is_labelled)


def _bar(value: Value, left: int, room: int, share: Fraction, scale: Scale, look: str) -> Bar:
    width = max(2, rounded(room * share))
    top, base = sorted((scale.y(value), scale.y(0)))
    return Bar(left + (room - width) // 2, top, width, base - top, look)


def bars(months: Sequence[BarMonth], wide: Frame = WIDE) -> Drawn[BarChart]:
    """Return the bar chart for a screen and for a phone."""
    return Drawn(bar_chart(months, wide), bar_chart(months, NARROW))


# --- A line with a minimum ----------------------------------------------------------------------


@dataclass(frozen=True)
class LineMonth:
    """One month of a line; `is_forecast` months are drawn as dots."""

    month: Month
    value: Value | None
    is_forecast: bool = False


@dataclass(frozen=True)
class Spot:
    """A place in the drawing."""

    x: int
    y: int


@dataclass(frozen=True)
class Point(Spot):
    """A month on the line."""

    source: LineMonth
    is_below: bool


@dataclass(frozen=True)
class LineChart:
    """A line of months: `actual`, `forecast` and `area` are SVG paths, empty when without points.

    `labels` are the months to name with their place, `lowest` the point to name when there is
    a minimum (its text starts, centres or ends there), `is_cut` says that the axis does not
    start at 0.
    """

    frame: Frame
    ticks: tuple[Tick, ...]
    months: tuple[LineMonth, ...]
    labels: tuple[tuple[LineMonth, int], ...]
    points: tuple[Point, ...]
    actual: str
    forecast: str
    area: str
    minimum: Value | None
    minimum_y: int | None
    lowest: Point | None
    lowest_anchor: str
    is_cut: bool


def line_chart(
    months: Sequence[LineMonth],
    minimum: Value | None = None,
    frame: Frame = WIDE,
    *,
    from_zero: bool = True,
) -> LineChart:
    """Return the geometry of a line over months and of the minimum it should stay above."""
    scale = scale_of([*(m.value for m in months), minimum], frame, from_zero=from_zero)
    edges = _edges(len(months), frame)
    middles = [(left + right) // 2 for left, right in pairwise(edges)]
    placed = [_point(month, x, scale, minimum) for month, x in zip(months, middles, strict=True)]
    known = [point for point in placed if point is None or not point.source.is_forecast]
    expected = [point for point in placed if point and point.source.is_forecast]
    points = tuple(point for point in placed if point)
    lowest = min(points, key=lambda point: (-point.y, point.x), default=None)
    return LineChart(
        frame=frame,
        ticks=scale.ticks,
        months=tuple(months),
        labels=tuple(zip(months, middles, strict=True))[:: _label_every(len(months), frame)],
        points=points,
        actual=path_of(known),
        # The forecast hangs on the last actual, so that the line does not break.
        forecast=path_of([*_last(known), *expected]),
        area=_area(known, scale.bottom),
        minimum=minimum,
        minimum_y=None if minimum is None else scale.y(minimum),
        lowest=lowest,
        lowest_anchor=_anchor(lowest, frame),
        is_cut=scale.low > 0,
    )


def _point(month: LineMonth, x: int, scale: Scale, minimum: Value | None) -> Point | None:
    if month.value is None:
        return None
    is_below = minimum is not None and month.value < minimum
    return Point(x, scale.y(month.value), month, is_below)


def _anchor(point: Spot | None, frame: Frame) -> str:
    """Return on which side of the point its text stays inside the frame."""
    if point is None or frame.left + LABEL_ROOM < point.x < frame.plot_right - LABEL_ROOM:
        return "middle"
    return "end" if point.x > frame.left + LABEL_ROOM else "start"


def _last(points: Sequence[Point | None]) -> list[Point]:
    return [point for point in points if point][-1:]


def _runs(points: Sequence[Spot | None]) -> list[list[Spot]]:
    runs = groupby(points, key=lambda point: point is not None)
    return [[point for point in run if point] for is_known, run in runs if is_known]


def path_of(points: Sequence[Spot | None]) -> str:
    """Return the SVG path through the points; None interrupts it, one point makes no line."""
    return "".join(
        "M" + "L".join(f"{point.x} {point.y}" for point in run)
        for run in _runs(points)
        if len(run) > 1
    )


def _area(points: Sequence[Spot | None], bottom: int) -> str:
    return "".join(
        f"{path_of(run)}L{run[-1].x} {bottom}L{run[0].x} {bottom}Z"
        for run in _runs(points)
        if len(run) > 1
    )


def lines(
    months: Sequence[LineMonth],
    minimum: Value | None = None,
    wide: Frame = WIDE,
    *,
    from_zero: bool = True,
) -> Drawn[LineChart]:
    """Return the line chart for a screen and for a phone."""
    return Drawn(
        line_chart(months, minimum, wide, from_zero=from_zero),
        line_chart(months, minimum, NARROW, from_zero=from_zero),
    )


# --- Small ones: a sparkline in a tile, a bar with a mark ---------------------------------------

SPARK = Frame(width=92, height=40, left=4, right=4, top=5, bottom=5)
TRACK = Frame(width=240, height=14, left=0, right=0, top=4, bottom=4)


@dataclass(frozen=True)
class Sparkline:
    """A line without axis: its path, where it ends, and the height of the target."""

    frame: Frame
    path: str
    end: Spot | None
    target_y: int | None
    tone: str


def sparkline(
    values: Sequence[Value | None], target: Value | None = None, tone: str = ""
) -> Sparkline:
    """Return the course of some months; `tone` (good, warn, bad) colours it."""
    scale = scale_of([*values, target], SPARK, from_zero=False)
    steps = max(len(values) - 1, 1)
    room = SPARK.plot_right - SPARK.left
    spots = [
        None if value is None else Spot(SPARK.left + room * i // steps, scale.y(value))
        for i, value in enumerate(values)
    ]
    end = next((spot for spot in reversed(spots) if spot), None)
    target_y = None if target is None else scale.y(target)
    return Sparkline(SPARK, path_of(spots), end, target_y, tone)


@dataclass(frozen=True)
class Track:
    """A bar from 0 to the target with a mark where it should be by now."""

    frame: Frame
    value_width: int
    mark_x: int | None
    tone: str


def track(share: Value | None, mark: Value | None = None, tone: str = "good") -> Track:
    """Return the bar of `share` of the target (1 is all of it; more fills the bar)."""
    return Track(
        TRACK,
        0 if share is None else _along(share),
        None if mark is None else _along(mark),
        tone,
    )


def _along(share: Value) -> int:
    return rounded(min(max(Fraction(share), Fraction(0)), Fraction(1)) * TRACK.width)
