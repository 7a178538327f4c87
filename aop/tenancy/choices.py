"""The lists a person chooses from: currencies by name, time zones by region."""

from functools import lru_cache
from zoneinfo import available_timezones

from babel.numbers import get_currency_name
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aop.calc.currencies import CURRENCIES

FIRST_CURRENCIES = ("VND", "USD", "EUR")
FIRST_ZONE = "Asia/Ho_Chi_Minh"
_REGIONS = frozenset(
    {
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
)

Choices = list[tuple[str, str]]


def currency_choices() -> Choices:
    """Return every currency with its name in the active language, the usual ones first."""
    return _currencies(get_language() or "vi")


@lru_cache(maxsize=4)
def _currencies(language: str) -> Choices:
    names = {code: get_currency_name(code, locale=language) for code in CURRENCIES}
    others = sorted(set(names) - set(FIRST_CURRENCIES), key=lambda code: names[code].casefold())
    return [(code, f"{names[code]} ({code})") for code in (*FIRST_CURRENCIES, *others)]


def zone_choices() -> list[tuple[str, Choices]]:
    """Return the world's time zones by region, the one of Vietnam above all."""
    return [(_("Usual"), [(FIRST_ZONE, _zone_name(FIRST_ZONE)), ("UTC", "UTC")]), *_zones()]


@lru_cache(maxsize=1)
def _zones() -> tuple[tuple[str, Choices], ...]:
    by_region: dict[str, Choices] = {region: [] for region in sorted(_REGIONS)}
    for zone in sorted(available_timezones()):
        region = zone.split("/", maxsplit=1)[0]
        if region in by_region and zone != FIRST_ZONE:
            by_region[region].append((zone, _zone_name(zone)))
    return tuple(by_region.items())


def _zone_name(zone: str) -> str:
    return zone.split("/", maxsplit=1)[1].replace("_", " ").replace("/", ", ")
