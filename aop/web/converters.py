"""Months in addresses: `path("actuals/<month:month>/", …)`; registered by `WebConfig.ready`."""

from aop.calc.months import Month


class MonthConverter:
    """Turns `2026-10` of an address into a `Month` and back; other texts match no address."""

    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> Month:
        """Return the month; a ValueError, as for `2026-13`, makes Django answer 404."""
        return Month.parse(value)

    def to_url(self, value: Month | str) -> str:
        """Return the text of a month; a text is checked first."""
        return str(Month.parse(str(value)))
