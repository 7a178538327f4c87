"""One measured thing beside its floor: the least that could do the same work in the same run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

ROUNDS = 15


@dataclass(frozen=True)
class Measurement:
    """Median milliseconds of a piece of work and of its floor, and what else is worth a look."""

    name: str
    milliseconds: float
    floor: str
    floor_milliseconds: float
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """How many times the floor it takes."""
        return self.milliseconds / self.floor_milliseconds

    def as_json(self) -> dict[str, Any]:
        """Return what `bench/results.json` keeps."""
        return {**asdict(self), "ratio": round(self.ratio, 2)}


def medians(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return the median milliseconds of each; they take turns, so that all meet the same load."""
    times: list[list[float]] = [[] for _work in works]
    for work in works:
        work()  # the first time fills caches, for the floor as well
    for _round in range(rounds):
        for work, taken in zip(works, times, strict=True):
            started = time.perf_counter()
            work()
            taken.append((time.perf_counter() - started) * 1000)
    return [round(statistics.median(taken), 2) for taken in times]
