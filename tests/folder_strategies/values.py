"""Texts, codes and numbers of made-up plan folders: names of every sort, any amount."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

LETTERS = st.characters(blacklist_categories=["Cs", "Cc"])
MARKS = st.sampled_from(["'", '"', ",", ";", "=", "+", "-", "@", "|", "\\", "🍼", "ữ", "{"])
LINE_ENDS = st.sampled_from(["\n", "\r", "\r\n", "\t"])
TEXTS = st.lists(LETTERS | MARKS, max_size=200).map(lambda parts: "".join(parts)[:200])
NAMES = TEXTS.filter(lambda text: bool(text.strip())) | st.just("Ư" * 200)
NOTES = st.lists(LETTERS | MARKS | LINE_ENDS, max_size=60).map("".join) | st.just("x" * 2000)
CODES = (
    st.lists(LETTERS | MARKS, min_size=1, max_size=30)
    .map(lambda parts: "".join(parts)[:30])
    .filter(lambda code: code == code.strip() and code not in {"", "BAU"})
)
AMOUNTS = st.integers(-999_999_999_999_999, 999_999_999_999_999)
DATES = st.dates(date(1990, 1, 1), date(2090, 12, 31))
VALUES = st.decimals(-(10**9) + 1, 10**9 - 1, places=6)
WHOLE_VALUES = AMOUNTS.map(Decimal)
LAGS = st.sampled_from(
    [(), ("1",), ("0.75", "0.25"), ("0", "0.5", "0.5"), ("0.333333", "0.666667")]
)
BETTER = st.sampled_from(["higher", "lower"])
NO_CODES: tuple[str, ...] = ()


def codes(most: int = 3) -> st.SearchStrategy[list[str]]:
    """Return different codes."""
    return st.lists(CODES, max_size=most, unique=True)


def some(known: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Return some of the known codes, each at most once."""
    if not known:
        return st.just(NO_CODES)
    return st.lists(st.sampled_from(known), unique=True).map(tuple)


def one_or_none(known: Sequence[str]) -> st.SearchStrategy[str]:
    """Return one of the known codes, or none."""
    return st.sampled_from(["", *known])


def twelve(cells: st.SearchStrategy[Decimal]) -> st.SearchStrategy[tuple[Decimal | None, ...]]:
    """Return twelve cells, each of which may be empty."""
    return st.lists(st.none() | cells, min_size=12, max_size=12).map(tuple)
