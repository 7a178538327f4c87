"""Takes a number apart as people write it: sign, digits, marks, unit words, currency.

Nothing is decided here: whether a mark groups thousands or points to decimals depends on
who wrote it, so `aop.calc.money` and `aop.calc.quantities` choose (METHODS.md §18; DOMAIN §18).
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NoReturn

from aop.calc.currencies import CURRENCIES, Currency

LONGEST_TEXT = 60
GROUP = 3
_THOUSAND_MILLIONS = 9

SCALES = {
    **dict.fromkeys(("k", "ng", "nghin", "ngan", "thousand"), 3),
    **dict.fromkeys(("tr", "trieu", "m", "mn", "mil", "mio", "million"), 6),
    **dict.fromkeys(("ty", "ti", "b", "bn", "billion"), 9),
}
_HALF_MORE = "ruoi"

_TOKEN = re.compile(r"[0-9]+(?:[., ][0-9]+)*|[.,][0-9]+|[()+-]|[^\s0-9.,()+-]+|[.,]")
_SPACED_MARK = re.compile(r" ?([.,]) ?")
_PLAIN = str.maketrans({"−": "-", "–": "-", "đ": "d"})
_UNSEEN = {"Mn", "Cf"}  # accents, and characters that only steer the writing direction


class Refusal(StrEnum):
    """Why a text is no number."""

    EMPTY = "empty"
    WORDS = "words"
    GROUPING = "grouping"
    DECIMALS = "decimals"
    OTHER_CURRENCY = "other_currency"
    PERCENT = "percent"
    OTHER_DIGITS = "other_digits"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"


class NotANumber(ValueError):
    """The text cannot be read as a number; `found` is the text and `refusal` says why."""

    def __init__(self, found: str, refusal: Refusal) -> None:
        super().__init__(f"{found[:LONGEST_TEXT]!r} is not a number: {refusal}")
        self.found = found
        self.refusal = refusal


class AmbiguousNumber(ValueError):
    """The text can be read in more than one way, so its author has to say which.

    `readings` holds every reading that is possible in the wanted currency, the one by the
    author's own language first: minor units for amounts, plain numbers otherwise.
    """

    def __init__(self, found: str, readings: tuple[int | Decimal, ...]) -> None:
        super().__init__(f"{found!r} can be read as {' or '.join(map(str, readings)) or 'several'}")
        self.found = found
        self.readings = readings


@dataclass(frozen=True, slots=True)
class Written:
    """A number taken apart but not yet read.

    `chunks` are its digits between the `marks` (`.`, `,` or a space each); `scale` is the
    power of ten of its unit word; `added` is what follows that word, in ones (`2tr5`:
    500,000); `names_currency` tells whether the currency stood beside it.
    """

    found: str
    is_negative: bool
    names_currency: bool
    chunks: tuple[str, ...]
    marks: str
    scale: int | None = None
    added: int = 0

    @property
    def grouped(self) -> Decimal | None:
        """The number when its marks group thousands; None when they cannot."""
        if self.marks and (len(set(self.marks)) > 1 or not _are_groups(self.chunks)):
            return None
        return Decimal("".join(self.chunks))

    @property
    def pointed(self) -> Decimal | None:
        """The number when its last mark points to decimals; None when it cannot."""
        if self.marks[-1:] not in {".", ","}:
            return None
        *whole, decimals = self.chunks
        before = self.marks[:-1]
        if self.marks[-1] in before or len(set(before)) > 1 or (before and not _are_groups(whole)):
            return None
        return Decimal(f"{''.join(whole) or '0'}.{decimals}")

    @property
    def decimals(self) -> int:
        """How many digits stand behind the last mark."""
        return len(self.chunks[-1]) if self.marks else 0


def take_apart(found: str, names: Collection[str] = ()) -> Written:
    """Split a written number into its parts; `names` may stand before or behind it.

    Raises:
        NotANumber: It is not written like a number of digits 0 to 9 (METHODS.md §18).

    >>> written = take_apart("(2tr5 đ)", names_of(Currency.of("VND")))
    >>> written.is_negative, written.chunks, written.scale, written.added
    (True, ('2',), 6, 500000)
    """
    return _Taker(found, names).written()


@lru_cache(maxsize=len(CURRENCIES))
def names_of(currency: Currency) -> frozenset[str]:
    """Return what people write beside an amount of that currency, as `folded`.

    >>> sorted(names_of(Currency.of("VND")))
    ['d', 'dong', 'vnd', '₫']
    """
    names = {folded(currency.code), folded(currency.symbol)}
    if currency.symbol.endswith("$"):
        names.add("$")
    return frozenset(names | _MORE_NAMES.get(currency.code, set()))


def folded(text: str) -> str:
    """Return the text in small letters without marks: what typing slips have in common.

    >>> folded("  Nghìn  ĐỒNG ")
    'nghin dong'
    """
    plain = text.lower()
    if not plain.isascii():
        letters = unicodedata.normalize("NFD", plain).translate(_PLAIN)
        plain = "".join(c for c in letters if unicodedata.category(c) not in _UNSEEN)
    return " ".join(plain.split())


_MORE_NAMES = {"VND": {"d", "dong"}, "USD": {"us$"}, "CNY": {"¥"}, "EUR": {"euro"}}


@lru_cache(maxsize=1)
def _all_names() -> frozenset[str]:
    return frozenset().union(*map(names_of, CURRENCIES.values()))


def _are_groups(chunks: tuple[str, ...] | list[str]) -> bool:
    first, *others = chunks
    starts_well = 1 <= len(first) <= GROUP and first[0] != "0"
    return starts_well and all(len(chunk) == GROUP for chunk in others)


class _Taker:
    """Walks over the words and digits of one text."""

    def __init__(self, found: str, names: Collection[str]) -> None:
        self.found = found
        self.names = names

    def refuse(self, refusal: Refusal) -> NoReturn:
        raise NotANumber(self.found, refusal)

    def written(self) -> Written:
        is_negative, names_currency, (number, *rest) = self._bare(self._tokens())
        if not number[-1].isdigit():
            self._refuse_word(number)
        chunks = tuple(re.split("[., ]", number))
        marks = "".join(c for c in number if c in "., ")
        scale, rest = self._scale(rest)
        if rest and marks:
            self.refuse(Refusal.WORDS)
        added = self._added(scale or 0, rest)
        return Written(self.found, is_negative, names_currency, chunks, marks, scale, added)

    def _tokens(self) -> list[str]:
        if len(self.found) > LONGEST_TEXT:
            self.refuse(Refusal.TOO_LONG)
        text = folded(self.found)
        if any(c.isnumeric() and not c.isascii() for c in text):
            self.refuse(Refusal.OTHER_DIGITS)
        tokens: list[str] = _TOKEN.findall(_SPACED_MARK.sub(r"\1", text))
        if not tokens:
            self.refuse(Refusal.EMPTY)
        return [part for token in tokens for part in self._split(token)]

    def _split(self, token: str) -> list[str]:
        """Part a unit word from the name it is glued to: `12trđ`."""
        if token not in SCALES and token not in self.names:
            for name in self.names:
                if token.endswith(name) and token.removesuffix(name) in SCALES:
                    return [token.removesuffix(name), name]
        return [token]

    def _bare(self, tokens: list[str]) -> tuple[bool, bool, list[str]]:
        """Take signs, brackets and names off both ends."""
        first, last = 0, len(tokens)
        while first < last and (tokens[first] in {"-", "+", "("} or tokens[first] in self.names):
            first += 1
        while last > first and (tokens[last - 1] in {"-", ")"} or tokens[last - 1] in self.names):
            last -= 1
        around = tokens[:first] + tokens[last:]
        signs = "".join(token for token in around if token in {"-", "+", "(", ")"})
        names = len(around) - len(signs)
        if first == last or signs not in {"", "-", "+", "()"} or names > 1:
            self.refuse(Refusal.WORDS)
        return signs in {"-", "()"}, names == 1, tokens[first:last]

    def _scale(self, rest: list[str]) -> tuple[int | None, list[str]]:
        if not rest:
            return None, rest
        if rest[0] not in SCALES:
            self._refuse_word(rest[0])
        scale = SCALES[rest[0]]
        if scale == GROUP and rest[1:2] in (["ty"], ["ti"]):
            return scale + _THOUSAND_MILLIONS, rest[2:]
        return scale, rest[1:]

    def _added(self, scale: int, rest: list[str]) -> int:
        """Read what follows a unit word: `5`, `250`, `250 triệu`, `rưỡi`."""
        if not rest:
            return 0
        if rest == [_HALF_MORE]:
            return int(5 * 10 ** (scale - 1))
        digits, rest = rest[0], rest[1:]
        if not digits.isdecimal() or len(digits) > GROUP:
            self._refuse_word(digits)
        if not rest:
            return int(int(digits) * 10 ** (scale - len(digits)))
        lower, rest = self._scale(rest)
        if lower is None or lower >= scale:
            self.refuse(Refusal.WORDS)
        return int(int(digits) * 10**lower) + self._added(lower, rest)

    def _refuse_word(self, word: str) -> NoReturn:
        if word == "%":
            self.refuse(Refusal.PERCENT)
        is_currency = word in _all_names() and word not in self.names
        self.refuse(Refusal.OTHER_CURRENCY if is_currency else Refusal.WORDS)
