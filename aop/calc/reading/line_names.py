"""Finds the budget line that a name in a foreign file means (DOMAIN §18)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.82
AHEAD = 0.05
LONGEST_NAME = 200
_OTHERS = re.compile(r"[^a-z0-9]+")


def plain_name(text: str) -> str:
    """Return what is left of a name when case, marks and punctuation do not count.

    >>> plain_name("  Điện, NƯỚC (kỳ 1) ")
    'dien nuoc ky 1'
    """
    lower = unicodedata.normalize("NFC", text).lower().replace("đ", "d")
    letters = unicodedata.normalize("NFD", lower)
    bare = "".join(c for c in letters if unicodedata.category(c) != "Mn")
    return _OTHERS.sub(" ", bare).strip()


@dataclass(frozen=True, slots=True)
class Named:
    """A line with everything it is called: code, name, other names."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The line that a name means, or the one it may mean; both None: nobody knows it."""

    code: str | None = None
    suggested: str | None = None


class LineNames:
    """Looks names up; the same name is looked up once.

    >>> names = LineNames([Named("RENT", ("Tiền thuê mặt bằng",)), Named("PAY", ("Lương",))])
    >>> names.find("TIEN THUE MAT BANG").code, names.find("Tiền thuê mặt bàng 2").suggested
    ('RENT', 'RENT')
    """

    def __init__(self, lines: Iterable[Named]) -> None:
        self._plain = [
            (line.code, {plain_name(name) for name in (line.code, *line.names)} - {""})
            for line in lines
        ]
        self._known: dict[str, Match] = {}

    def find(self, text: str) -> Match:
        """Return what `text` means (DOMAIN §18): equal is taken, alike is only suggested."""
        wanted = plain_name(text[:LONGEST_NAME])
        if wanted not in self._known:
            self._known[wanted] = self._match(wanted)
        return self._known[wanted]

    def _match(self, wanted: str) -> Match:
        if not wanted:
            return Match()
        equal = [code for code, names in self._plain if wanted in names]
        if equal:
            return Match(code=equal[0]) if len(equal) == 1 else Match()
        return self._nearest(wanted)

    def _nearest(self, wanted: str) -> Match:
        scores = sorted(
            ((_likeness(wanted, list(names)), code) for code, names in self._plain if names),
            key=lambda pair: -pair[0],
        )
        if not scores or scores[0][0] < ALIKE:
            return Match()
        is_ahead = len(scores) == 1 or scores[0][0] - scores[1][0] >= AHEAD
        return Match(suggested=scores[0][1]) if is_ahead else Match()


def _likeness(wanted: str, names: Sequence[str]) -> float:
    return max(SequenceMatcher(None, wanted, name, autojunk=False).ratio() for name in names)
