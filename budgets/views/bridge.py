"""The way from the baseline to the current budget as rows with bars on one cut axis."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 240
LONGEST = 8  # steps with a row of their own; smaller ones share one
_LEAST = 2
_ROOM = 5  # the axis starts this part of the spread below the lowest level


@dataclass(frozen=True, slots=True)
class Step:
    """One line's change; `name` is empty for the smaller ones together."""

    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class BridgeRow:
    """One row: where its bar stands on the axis; `look` names its fill."""

    name: str
    amount: int
    x: int
    width: int
    look: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """The rows from first to last, and where the cut axis starts."""

    start: BridgeRow
    steps: tuple[BridgeRow, ...]
    end: BridgeRow
    floor: int


def bridge(start: int, steps: Sequence[Step]) -> Bridge:
    """Return the geometry of the way from `start` over `steps`: what is taken, what is given."""
    ordered = _few(steps)
    levels = [start]
    for step in ordered:
        levels.append(levels[-1] + step.amount)
    low, high = min(levels), max(levels)
    floor = max(0, low - max((high - low) // _ROOM, high // 100, 1))
    span = max(high - floor, 1)

    def at(level: int) -> int:
        return (level - floor) * WIDTH // span

    rows = []
    for before, after, step in zip(levels, levels[1:], ordered, strict=False):
        left, right = sorted((at(before), at(after)))
        look = "w-mv" if step.amount > 0 else "w-give"
        rows.append(BridgeRow(step.name, step.amount, left, max(right - left, _LEAST), look))
    first = BridgeRow("", start, 0, at(start), "w-base")
    return Bridge(first, tuple(rows), BridgeRow("", levels[-1], 0, at(levels[-1]), "w-base"), floor)


def _few(steps: Sequence[Step]) -> list[Step]:
    """Keep the largest named steps, first what is taken; the rest is one step without a name."""
    changed = [step for step in steps if step.amount]
    named = [step for step in changed if step.name]
    if len(changed) > LONGEST:
        named = sorted(named, key=lambda step: -abs(step.amount))[: LONGEST - 1]
    kept = [step for step in changed if step in named]
    ordered = sorted(kept, key=lambda step: step.amount > 0)
    rest = sum(step.amount for step in changed) - sum(step.amount for step in kept)
    return [*ordered, Step("", rest)] if rest else ordered
