"""How full a person's month is, and what can be done when it is too full (METHODS.md §12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

Loads = Mapping[str, Sequence[Fraction]]

ROOMY = Fraction(85, 100)
FAR_OVER = Fraction(110, 100)


class LoadLevel(StrEnum):
    """How full a month is."""

    ROOMY = "roomy"
    NEARLY_FULL = "nearly_full"
    FULL = "full"
    OVER = "over"
    FAR_OVER = "far_over"


def load_level(load: Fraction) -> LoadLevel:
    """Grade a load: to 0.85 roomy, below 1 nearly full, 1 full, to 1.1 over, above far over.

    >>> load_level(Fraction(1)), load_level(Fraction(11, 10))
    (<LoadLevel.FULL: 'full'>, <LoadLevel.OVER: 'over'>)
    """
    if load > 1:
        return LoadLevel.OVER if load <= FAR_OVER else LoadLevel.FAR_OVER
    if load == 1:
        return LoadLevel.FULL
    return LoadLevel.ROOMY if load <= ROOMY else LoadLevel.NEARLY_FULL


@dataclass(frozen=True, slots=True)
class Levers:
    """Ways to bring one person's month back to 1; all shares are of that person's own month.

    `excess` is what lies above 1. `later` are indexes of later months with room for all of
    it. `helpers` are people with room in that month and how much of their own month it is,
    the most room first. `works` are what could be cut, the largest share first.
    """

    excess: Fraction
    later: tuple[int, ...]
    helpers: tuple[tuple[str, Fraction], ...]
    works: tuple[tuple[str, Fraction], ...]


def overload_levers(loads: Loads, person: str, index: int, works: Mapping[str, Fraction]) -> Levers:
    """Return the levers for one person's month above 1 (METHODS.md §12).

    Args:
        loads: Twelve loads of each person, 1 is a full month.
        person: Code of whose month it is.
        index: Which month, from 0.
        works: That month's share of each work that could be cut; daily business stays out.

    >>> full, free = (Fraction(6, 5), Fraction(4, 5)), (Fraction(9, 10), Fraction(1))
    >>> found = overload_levers({"P1": full, "P2": free}, "P1", 0, {"I1": Fraction(1, 5)})
    >>> found.later, found.helpers, found.works
    ((1,), (('P2', Fraction(1, 10)),), (('I1', Fraction(1, 5)),))
    """
    excess = loads[person][index] - 1
    own = loads[person]
    later = tuple(i for i in range(index + 1, len(own)) if own[i] + excess <= 1)
    room = ((code, 1 - load[index]) for code, load in loads.items() if code != person)
    free = sorted(((code, r) for code, r in room if r > 0), key=lambda found: -found[1])
    cuts = sorted(((code, s) for code, s in works.items() if s > 0), key=lambda found: -found[1])
    return Levers(excess, later, tuple(free), tuple(cuts))
