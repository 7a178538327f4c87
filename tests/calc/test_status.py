"""Colours: ends, band, memory, budget lines."""

from fractions import Fraction

import pytest

from aop.calc.cells import Cells
from aop.calc.status import Scale, Status, colours, spend_colours
from tests.calc.builders import THRESHOLDS, cells

GREEN, AMBER, RED = Status.GREEN, Status.AMBER, Status.RED


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["0.98"], [GREEN]),
        (["0.979999"], [AMBER]),
        (["0.93"], [AMBER]),
        (["0.929999"], [RED]),
        (["0.97", "0.98"], [AMBER, AMBER]),  # better needs 0.99
        (["0.97", "0.99"], [AMBER, GREEN]),
        (["0.92", "0.93"], [RED, RED]),  # needs 0.94
        (["0.92", "0.94"], [RED, AMBER]),
        (["0.92", "0.985"], [RED, AMBER]),  # green's band is not cleared, amber's is
        (["0.92", "0.99"], [RED, GREEN]),
        (["0.99", "0.92"], [GREEN, RED]),  # worse at once
        (["0.97", None, "0.98"], [AMBER, None, GREEN]),  # the memory is cleared
    ],
)
def test_it_takes_worse_at_once_and_better_with_the_band(
    values: list[str | None], expected: list[Status | None]
) -> None:
    exact = [None if value is None else Fraction(value) for value in values]

    assert colours(exact, Scale(THRESHOLDS.attainment)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["0.25"], [GREEN]),
        (["0.2500001"], [AMBER]),
        (["1"], [AMBER]),
        (["1.01"], [RED]),
        (["0.5", "0.25", "0"], [AMBER, AMBER, GREEN]),
    ],
)
def test_it_turns_round_where_lower_is_better(values: list[str], expected: list[Status]) -> None:
    assert colours(map(Fraction, values), Scale(THRESHOLDS.cap_gap)) == expected


@pytest.mark.parametrize(
    ("planned", "actual", "expected"),
    [
        (cells(100), cells(103), [GREEN]),
        (cells(1000), cells(1031), [AMBER]),
        (cells(1000), cells(1101), [RED]),
        (cells(100), cells(109), [GREEN]),  # over by 9, below the least amount of 10
        (cells(100), cells(110), [AMBER]),  # over by 10
        (cells(0), cells(10), [RED]),  # outside the plan
        (cells(0), cells(9), [GREEN]),
        (cells(0), cells(0), [None]),
        (cells(0), cells(-5), [None]),
        (cells(None), cells(50), [None]),
        (cells(-5), cells(50), [None]),
        (cells(1000, 1000), cells(1035, 1000), [AMBER, GREEN]),  # 1.0175 clears 1.02
        (cells(1000, 1000), cells(1035, 1015), [AMBER, AMBER]),  # 1.025 does not
        (cells(1000, 0), cells(1031, None), [AMBER, AMBER]),
        (cells(None, 100), cells(60, 60), [None, RED]),
    ],
)
def test_it_judges_the_pace_of_a_line(
    planned: Cells, actual: Cells, expected: list[Status | None]
) -> None:
    found = spend_colours(planned, actual, len(expected), Scale(THRESHOLDS.spend_ratio))

    assert found == expected
