"""The margin split: worked by hand, and when there is none."""

import pytest

from aop.calc.lines import LineKind
from aop.calc.margin import MarginSplit, Segment, split_margin
from aop.calc.report.facts import LineFacts
from aop.calc.report.margin import margin_split
from aop.calc.report.totals import Compare
from tests.calc.builders import cells, make_figures, make_line


def test_it_blames_volume_alone_when_margins_and_shares_hold() -> None:
    split = split_margin([Segment(100, 60, 110, 66), Segment(200, 150, 220, 165)])

    assert split == MarginSplit(9, 9, 0, 0)


def test_it_blames_mix_when_the_poorer_channel_grows() -> None:
    split = split_margin([Segment(100, 50, 50, 25), Segment(100, 90, 150, 135)])

    assert split == MarginSplit(-20, 0, -20, 0)


def test_it_gives_a_new_channel_the_planned_margin() -> None:
    split = split_margin([Segment(100, 60, 100, 60), Segment(0, 0, 50, 40)])

    assert split == MarginSplit(10, 20, 0, -10)


@pytest.mark.parametrize(
    "segments",
    [
        [],
        [Segment(0, 0, 50, 40)],
        [Segment(100, 0, 100, 60, has_unplanned_cost=True), Segment(100, 60, 100, 60)],
    ],
)
def test_it_has_no_split_without_a_planned_margin(segments: list[Segment]) -> None:
    assert split_margin(segments) is None


def _split(*lines: LineFacts) -> MarginSplit | None:
    return margin_split(make_figures(*lines, closed=1), Compare.CURRENT, 0, 1)


def test_it_puts_lines_without_a_channel_together() -> None:
    split = _split(
        make_line("R1", actual=cells(100)),
        make_line("R2", actual=cells(200)),
        make_line("C1", LineKind.COGS, planned=(120,) * 12, actual=cells(180)),
    )

    assert split == MarginSplit(40, 40, 0, 0)


def test_it_has_no_split_without_cost_of_goods() -> None:
    assert _split(make_line(actual=cells(100))) is None


def test_it_has_no_split_where_a_channels_cost_is_not_planned() -> None:
    lines = [
        make_line("R1", channel="A", actual=cells(100)),
        make_line("C1", LineKind.COGS, channel="A", planned=(60,) * 12, actual=cells(60)),
        make_line("R2", channel="B", actual=cells(100)),
        make_line("C2", LineKind.COGS, channel="B", planned=cells(), actual=cells(60)),
    ]

    assert _split(*lines) is None


def test_it_compares_with_the_baseline_when_asked() -> None:
    figures = make_figures(
        make_line(planned=(200,) * 12, baseline=(100,) * 12, actual=cells(100)),
        make_line("C", LineKind.COGS, planned=(80,) * 12, baseline=(40,) * 12, actual=cells(50)),
        closed=1,
    )

    assert margin_split(figures, Compare.BASELINE, 0, 1) == MarginSplit(-10, 0, 0, -10)
    assert margin_split(figures, Compare.CURRENT, 0, 1) == MarginSplit(-70, -60, 0, -10)
