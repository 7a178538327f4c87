"""What the year will bring line by line: five methods, one headline (METHODS.md §5; DOMAIN §4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from aop.calc.cells import Cells, closed_row, total, total_or_zero
from aop.calc.lines import RULES, LineKind, Method
from aop.calc.months import MONTHS_PER_YEAR
from aop.calc.report.facts import LineFacts
from aop.calc.rounding import divide_half_up

RECENT_MONTHS = 3
_FIRST_LAST_YEAR_MONTH = 3


@dataclass(frozen=True, slots=True)
class LineForecast:
    """The year of one line in minor units, by method.

    `method` is the one really used and `year` its amount. A method that does not exist for the
    line is None; `plan` and `pace` always exist.
    """

    method: Method
    year: int
    plan: int
    pace: int
    last_year: int | None
    rate: int | None
    manual: int | None

    def by(self, method: Method) -> int | None:
        """Return the amount of a computed method; None when it does not exist for the line."""
        amount: int | None = getattr(self, method.value)
        return amount

    @property
    def lowest(self) -> int:
        """The smallest amount of any method that exists."""
        return min(self._known)

    @property
    def highest(self) -> int:
        """The largest amount of any method that exists."""
        return max(self._known)

    @property
    def _known(self) -> list[int]:
        others = (self.last_year, self.rate, self.manual)
        return [self.year, self.plan, self.pace, *(one for one in others if one is not None)]


class CircularDriver(ValueError):
    """A line is driven by itself, by way of others."""


def forecast_lines(lines: Sequence[LineFacts], closed: int) -> dict[str, LineForecast]:
    """Forecast the year of every line after `closed` months (METHODS.md §5).

    Minor units, natural sign of the line; each method rounds once per line, half-up. Entries of
    open months are ignored.

    Raises:
        CircularDriver: A line is driven by itself.

    >>> line = LineFacts("REV", LineKind.REVENUE, planned=(100,) * 12, actual=(90,) * 12)
    >>> forecast = forecast_lines([line], 6)["REV"]
    >>> forecast.method, forecast.year, forecast.plan
    (<Method.PACE: 'pace'>, 1080, 1140)
    """
    by_code = {line.code: line for line in lines}
    done: dict[str, LineForecast] = {}
    for line in lines:
        _forecast(line, by_code, closed, done, set())
    return {line.code: done[line.code] for line in lines}


def _forecast(
    line: LineFacts,
    by_code: dict[str, LineFacts],
    closed: int,
    done: dict[str, LineForecast],
    under_way: set[str],
) -> LineForecast:
    if line.code in done:
        return done[line.code]
    if line.code in under_way:
        raise CircularDriver(line.code)
    driver = by_code.get(line.driver_code) if line.driver_code else None
    rate = None
    if driver is not None:
        under_way.add(line.code)
        driver_year = _forecast(driver, by_code, closed, done, under_way).year
        rate = rate_forecast(line, driver, driver_year, closed)
    done[line.code] = found = _choose(line, rate, closed)
    return found


def _choose(line: LineFacts, rate: int | None, closed: int) -> LineForecast:
    spent = total_or_zero(line.actual, 0, closed)
    plan = spent + total_or_zero(line.planned, closed)
    amounts = {
        Method.PLAN: plan,
        Method.PACE: pace_forecast(line, closed),
        Method.LAST_YEAR: last_year_forecast(line, closed),
        Method.RATE: rate,
        Method.NONE: spent,
        Method.MANUAL: manual_forecast(line, closed),
    }
    method = line.forecast_method or RULES[line.kind].method
    if amounts[Method.MANUAL] is not None:
        method = Method.MANUAL
    year = amounts[method]
    if year is None:
        method, year = Method.PLAN, plan
    return LineForecast(
        method=method,
        year=year,
        plan=plan,
        pace=amounts[Method.PACE] or 0,
        last_year=amounts[Method.LAST_YEAR],
        rate=rate,
        manual=amounts[Method.MANUAL],
    )


def pace_forecast(line: LineFacts, closed: int) -> int:
    """Actual to date + the remaining plan × the pace, the pace kept within 0.5 and 1.5.

    Minor units; half-up once. Equals the plan method for financing lines and when nothing
    above 0 was planned to date (METHODS.md §5).

    >>> line = LineFacts("REV", LineKind.REVENUE, planned=(100,) * 12, actual=(20,) * 12)
    >>> pace_forecast(line, 1)  # a pace of 0.2 counts as 0.5
    570
    """
    spent = total_or_zero(line.actual, 0, closed)
    rest = total_or_zero(line.planned, closed)
    planned = total(line.planned, 0, closed)
    if line.kind is LineKind.FINANCING or planned is None or planned <= 0:
        return spent + rest
    # twice the amounts: the bounds 0.5 and 1.5 become the whole numbers `planned`, 3 · `planned`
    doubled = min(max(2 * spent, planned), 3 * planned)
    return spent + divide_half_up(rest * doubled, 2 * planned)


def last_year_forecast(line: LineFacts, closed: int) -> int | None:
    """Actual to date × (last year's total ÷ last year's same months): last year's season.

    Minor units; half-up. None but for a revenue line with three closed months, a complete last
    year and something above 0 in its same months (METHODS.md §5).

    >>> line = LineFacts("REV", LineKind.REVENUE, actual=(110,) * 12, last_year=(100,) * 12)
    >>> last_year_forecast(line, 3), last_year_forecast(line, 2)
    (1320, None)
    """
    if line.kind is not LineKind.REVENUE or closed < _FIRST_LAST_YEAR_MONTH:
        return None
    if None in line.last_year:
        return None
    same_months = total_or_zero(line.last_year, 0, closed)
    if same_months <= 0:
        return None
    spent = total_or_zero(line.actual, 0, closed)
    return divide_half_up(spent * total_or_zero(line.last_year), same_months)


def rate_forecast(line: LineFacts, driver: LineFacts, driver_year: int, closed: int) -> int | None:
    """Actual to date + what the driver still brings × the recent rate of line to driver.

    Minor units; half-up. The rate is that of the last three closed months, or as many as there
    are. None when the driver is no revenue line or brought nothing above 0 in them (METHODS.md §5).

    >>> driver = LineFacts("REV", LineKind.REVENUE, actual=(200,) * 12)
    >>> line = LineFacts("FEE", LineKind.VARIABLE, actual=(20,) * 12)
    >>> rate_forecast(line, driver, 2600, 6)
    260
    """
    start = max(0, closed - RECENT_MONTHS)
    base = total_or_zero(driver.actual, start, closed)
    if driver.kind is not LineKind.REVENUE or base <= 0:
        return None
    rest = driver_year - total_or_zero(driver.actual, 0, closed)
    spent = total_or_zero(line.actual, 0, closed)
    return spent + divide_half_up(rest * total_or_zero(line.actual, start, closed), base)


def manual_forecast(line: LineFacts, closed: int) -> int | None:
    """Actual to date + what somebody typed for the open months, the plan where they did not.

    Minor units, exact. None when nothing is typed for an open month (METHODS.md §5).

    >>> line = LineFacts("REV", LineKind.REVENUE, planned=(1,) * 12, manual=(None,) * 11 + (9,))
    >>> manual_forecast(line, 0)
    20
    """
    if all(cell is None for cell in line.manual[closed:]):
        return None
    return total_or_zero(line.actual, 0, closed) + sum(_typed_or_planned(line)[closed:])


def forecast_months(
    line: LineFacts, forecast: LineForecast, closed: int, driver_months: Sequence[int | None]
) -> Cells:
    """Return the headline forecast by month: actuals, then the rest spread over the open months.

    Minor units; the twelve add up to `forecast.year`. `plan` and `manual` keep their months; the
    others follow the months they are made from (plan, last year, the driver's forecast), half-up,
    the remainder in the last month. `driver_months` is read by `rate` alone (METHODS.md §5).

    >>> line = LineFacts("REV", LineKind.REVENUE, planned=(100,) * 12, actual=(90,) * 12)
    >>> forecast_months(line, forecast_lines([line], 10)["REV"], 10, ())[8:]
    (90, 90, 90, 90)
    """
    open_months: Sequence[int | None]
    rest = forecast.year - total_or_zero(line.actual, 0, closed)
    match forecast.method:
        case Method.PACE:
            open_months = paced_open_months(line, rest, closed)
        case Method.LAST_YEAR:
            open_months = spread_rest(rest, line.last_year[closed:])
        case Method.RATE:
            open_months = spread_rest(rest, driver_months[closed:])
        case Method.NONE:
            open_months = (0,) * (MONTHS_PER_YEAR - closed)
        case Method.MANUAL:
            open_months = _typed_or_planned(line)[closed:]
        case _:
            open_months = [cell or 0 for cell in line.planned[closed:]]
    return (*closed_row(line.actual, closed)[:closed], *open_months)


def paced_open_months(line: LineFacts, rest: int, closed: int) -> list[int]:
    """Spread `rest` over the open months as the plan spreads them.

    Minor units; left as planned where the remaining plan sums to 0 (METHODS.md §6).

    >>> line = LineFacts("MKT", LineKind.MARKETING, planned=(0,) * 9 + (1, 1, 1))
    >>> paced_open_months(line, 10, 9)
    [3, 3, 4]
    """
    planned = [cell or 0 for cell in line.planned[closed:]]
    return spread_rest(rest, planned) if sum(planned) else planned


def paced_row(line: LineFacts, pace: int, closed: int) -> Cells:
    """Return actuals, then the open months at the pace so far; the twelve add up to `pace`.

    Minor units, except where the remaining plan sums to 0: there the plan stands (METHODS.md §6).

    >>> line = LineFacts("MKT", LineKind.MARKETING, planned=(2,) * 12, actual=(1,) * 12)
    >>> paced_row(line, pace_forecast(line, 10), 10)[8:]
    (1, 1, 1, 1)
    """
    rest = pace - total_or_zero(line.actual, 0, closed)
    open_months = paced_open_months(line, rest, closed)
    return (*closed_row(line.actual, closed)[:closed], *open_months)


def spread_rest(rest: int, weights: Sequence[int | None]) -> list[int]:
    """Spread an amount in proportion to weights: half-up, the remainder in the last place.

    Exact: the result adds up to `rest`. Without any weight all of it lands in the last place;
    no places give an empty list (METHODS.md §5).

    >>> spread_rest(100, (1, 1, 1)), spread_rest(5, (0, None))
    ([33, 33, 34], [0, 5])
    """
    if not weights:
        return []
    whole = total_or_zero(weights)
    parts = [divide_half_up(rest * (w or 0), whole) if whole else 0 for w in weights[:-1]]
    return [*parts, rest - sum(parts)]


def _typed_or_planned(line: LineFacts) -> list[int]:
    pairs = zip(line.manual, line.planned, strict=True)
    return [typed if typed is not None else planned or 0 for typed, planned in pairs]
