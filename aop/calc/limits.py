"""What a line may still spend in a stretch of months (METHODS.md §5; DOMAIN §3)."""

from dataclasses import dataclass

from aop.calc.cells import total, total_or_zero
from aop.calc.report.facts import LineFacts


@dataclass(frozen=True, slots=True)
class Limit:
    """Planned, actual and committed in minor units; `left` is None where nothing is planned.

    `left` may be negative: over by that much. Equal is used up, not over.
    """

    planned: int | None
    actual: int
    committed: int

    @property
    def left(self) -> int | None:
        """`planned − actual − committed`; a missing plan is not a limit of 0.

        >>> Limit(26_000_000, 12_500_000, 2_500_000).left
        11000000
        """
        return None if self.planned is None else self.planned - self.actual - self.committed


def limit_of(line: LineFacts, start: int, end: int) -> Limit:
    """Return the limit of the months `start` to `end` (end excluded), open months included.

    Both sides run to the same month; a month without entries has an actual of 0 here,
    because what is asked is how much money is left, not how the month went.
    """
    return Limit(
        planned=total(line.planned, start, end),
        actual=total_or_zero(line.actual, start, end),
        committed=total_or_zero(line.committed, start, end),
    )
