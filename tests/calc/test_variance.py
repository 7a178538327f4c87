"""Variance: sign, meaning, ratio, materiality."""

from decimal import Decimal

import pytest

from aop.calc.lines import LineKind, Meaning
from aop.calc.status import Better, Materiality
from aop.calc.variance import is_material, line_is_material, line_variance, total_meaning

LIMIT = Materiality(5_000_000, Decimal("0.05"))


@pytest.mark.parametrize(
    ("kind", "over", "under"),
    [
        (LineKind.REVENUE, "favourable", "adverse"),
        (LineKind.COGS, "adverse", "favourable"),
        (LineKind.PURCHASE, "adverse", "neutral"),
        (LineKind.MARKETING, "adverse", "favourable"),
        (LineKind.OPEX, "adverse", "favourable"),
        (LineKind.VARIABLE, "adverse", "favourable"),
        (LineKind.CAPEX, "adverse", "neutral"),
        (LineKind.TAX, "adverse", "favourable"),
        (LineKind.CONTINGENCY, "neutral", "neutral"),
        (LineKind.FINANCING, "neutral", "neutral"),
    ],
)
def test_it_gives_each_kind_its_meaning(kind: LineKind, over: str, under: str) -> None:
    more, less = line_variance(100, 101, kind), line_variance(100, 99, kind)

    assert more is not None
    assert less is not None
    assert (more.meaning, less.meaning) == (over, under)
    assert (more.amount, less.amount) == (1, -1)


@pytest.mark.parametrize(
    ("planned", "actual", "amount", "ratio"),
    [
        (200, 250, 50, "0.250000"),
        (-10, -15, -5, "-0.500000"),
        (3, 1, -2, "-0.666667"),
        (0, 7, 7, None),
        (0, 0, 0, None),
    ],
)
def test_it_divides_by_the_size_of_the_plan(
    planned: int, actual: int, amount: int, ratio: str | None
) -> None:
    found = line_variance(planned, actual, LineKind.OPEX)

    assert found is not None
    assert found.amount == amount
    assert found.ratio == (None if ratio is None else Decimal(ratio))


@pytest.mark.parametrize(("planned", "actual"), [(None, 5), (5, None), (None, None)])
def test_it_knows_no_variance_without_both_sides(planned: int | None, actual: int | None) -> None:
    assert line_variance(planned, actual, LineKind.OPEX) is None


def test_it_has_no_meaning_when_nothing_differs() -> None:
    found = line_variance(5, 5, LineKind.REVENUE)

    assert found is not None
    assert found.meaning is None
    assert total_meaning(None, Better.LOWER) is None
    assert total_meaning(3, Better.LOWER) is Meaning.ADVERSE


@pytest.mark.parametrize(
    ("planned", "actual", "expected"),
    [
        (100_000_000, 105_000_000, True),  # amount and ratio, both exactly
        (100_000_000, 104_999_999, False),
        (200_000_000, 206_000_000, False),  # 3 %
        (1_000_000_000, 1_015_000_000, True),  # 1.5 %, yet three times the amount
        (1_000_000_000, 985_000_000, True),  # favourable counts as well
        (0, 5_000_000, True),
        (None, 5_000_000, True),
        (0, 4_999_999, False),
        (100, None, False),
    ],
)
def test_it_asks_for_a_comment_when_large(
    planned: int | None, actual: int | None, expected: bool
) -> None:
    assert is_material(planned, actual, LIMIT) is expected


def test_it_never_asks_when_nothing_differs() -> None:
    assert not is_material(0, 0, Materiality(0, Decimal(0)))


@pytest.mark.parametrize("kind", [LineKind.CONTINGENCY, LineKind.FINANCING])
def test_it_never_asks_about_contingency_and_financing(kind: LineKind) -> None:
    assert not line_is_material(kind, 0, 90_000_000, LIMIT)
