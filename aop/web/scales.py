"""Round axes: the room of a drawing, and values mapped to whole pixels."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Value = int | Decimal | Fraction

STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))


@dataclass(frozen=True)
class Frame:
    """Size of a drawing and the room it leaves around the plot, in CSS pixels."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int

    @property
    def plot_right(self) -> int:
        """Where the plot ends on the right."""
        return self.width - self.right

    @property
    def plot_bottom(self) -> int:
        """Where the plot ends below."""
        return self.height - self.bottom

    @property
    def axis_x(self) -> int:
        """Where the numbers of the axis end."""
        return self.left - 8

    @property
    def label_y(self) -> int:
        """On which line the labels of the months stand."""
        return self.height - 8


@dataclass(frozen=True)
class Tick:
    """A value on the axis and where it stands."""

    value: int | Decimal
    y: int


@dataclass(frozen=True)
class Scale:
    """Maps values to heights; `low` and `high` are round and enclose all values."""

    low: Fraction
    high: Fraction
    step: Fraction
    top: int
    bottom: int

    def y(self, value: Value) -> int:
        """Return the height of `value`, half-up to the pixel."""
        share = (Fraction(value) - self.low) / (self.high - self.low)
        return rounded(self.bottom - share * (self.bottom - self.top))

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """Return the round values from low to high."""
        count = int((self.high - self.low) / self.step)
        values = (self.low + self.step * index for index in range(count + 1))
        return tuple(Tick(_shown(value), self.y(value)) for value in values)


def _shown(value: Fraction) -> int | Decimal:
    """Return what the number filters take; round steps are exact decimals."""
    if value.denominator == 1:
        return value.numerator
    return Decimal(value.numerator) / value.denominator


def rounded(number: Fraction) -> int:
    """Return the nearest whole pixel, half-up."""
    return int((number + Fraction(1, 2)).__floor__())


def round_step(span: Value, parts: int) -> Fraction:
    """Return the smallest of 1, 2, 2.5, 5 times a power of ten that cuts `span` in <= `parts`.

    >>> round_step(930, 5)
    Fraction(200, 1)
    >>> round_step(Decimal("0.08"), 4)
    Fraction(1, 50)
    """
    wanted = Fraction(span) / parts
    if wanted <= 0:
        return Fraction(1)
    power = Fraction(1)
    while power * 10 <= wanted:
        power *= 10
    while power > wanted:
        power /= 10
    return next(step * power for step in STEPS if step * power >= wanted)


def scale_of(
    values: Iterable[Value | None], frame: Frame, *, from_zero: bool = True, parts: int = 5
) -> Scale:
    """Return the scale that shows all `values`; `from_zero` keeps 0 on the axis."""
    known = [Fraction(value) for value in values if value is not None]
    if from_zero or not known:
        known.append(Fraction(0))
    low, high = min(known), max(known)
    if low == high:
        high += abs(high) or 1
    step = round_step(high - low, parts)
    return Scale(
        low=(low / step).__floor__() * step,
        high=(high / step).__ceil__() * step,
        step=step,
        top=frame.top,
        bottom=frame.plot_bottom,
    )
