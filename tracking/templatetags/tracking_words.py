"""What statuses, variances and forecasts are called: always a word beside the colour."""

from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from aop.calc.currencies import MILLION, Currency
from aop.calc.lines import LineKind, Meaning, Method
from aop.calc.report.facts import Basis
from aop.calc.report.totals import Compare
from aop.calc.status import Status
from aop.calc.totals import TotalName
from aop.calc.writing import signed
from aop.web.templatetags.aop_format import amount_in
from tracking.queries.compared import Compared
from tracking.queries.versions import Version

register = template.Library()

Text = str | Promise

STATUSES: dict[Status | None, tuple[str, Text]] = {
    Status.GREEN: ("good", gettext_lazy("On track")),
    Status.AMBER: ("warn", gettext_lazy("Needs attention")),
    Status.RED: ("bad", gettext_lazy("Off track")),
    None: ("", gettext_lazy("No data yet")),
}
TOTALS: dict[TotalName, Text] = {
    TotalName.REVENUE: gettext_lazy("Revenue"),
    TotalName.COGS: gettext_lazy("Cost of goods sold"),
    TotalName.GROSS_PROFIT: gettext_lazy("Gross profit"),
    TotalName.MARKETING: gettext_lazy("Marketing"),
    TotalName.OPERATING_COSTS: gettext_lazy("Operating costs"),
    TotalName.OPERATING_PROFIT: gettext_lazy("Operating profit"),
    TotalName.PURCHASES: gettext_lazy("Stock purchases"),
}
METHODS: dict[Method, Text] = {
    Method.PLAN: gettext_lazy("actual + plan"),
    Method.PACE: gettext_lazy("at the pace so far"),
    Method.LAST_YEAR: gettext_lazy("last year's season"),
    Method.RATE: gettext_lazy("rate on its driver"),
    Method.NONE: gettext_lazy("actual only"),
    Method.MANUAL: gettext_lazy("typed by hand"),
}
BASES: dict[Basis, Text] = {
    Basis.FULL_YEAR: pgettext_lazy("basis", "full year"),
    Basis.EXIT_MONTH: pgettext_lazy("basis", "last month"),
    Basis.EXIT_QUARTER: pgettext_lazy("basis", "last quarter"),
}
_NOT_JUDGED = (LineKind.CONTINGENCY, LineKind.FINANCING)


@dataclass(frozen=True, slots=True)
class Word:
    """A word with the tone it is said in: good, bad, warn or none."""

    text: str
    tone: str = ""


@register.inclusion_tag("components/_status_pill.html")
def status_pill(status: Status | None) -> dict[str, str]:
    """Draw a status as a pill with its word."""
    tone, text = STATUSES[status]
    return {"tone": tone, "text": str(text), "icon": "" if tone else "circle"}


@register.filter
def status_tone(status: Status | None) -> str:
    """Return the tone of a status: good, warn, bad or nothing."""
    return STATUSES[status or None][0]


@register.filter
def status_word(status: Status | None) -> str:
    """Return the word of a status."""
    return str(STATUSES[status][1])


@register.filter
def total_name(name: TotalName) -> str:
    """Name a total."""
    return str(TOTALS[name])


@register.filter
def of_total(amounts: dict[str, int | None], name: TotalName) -> int | None:
    """Return the amount of a total out of all of them."""
    return amounts[name]


@register.filter
def method_name(method: Method | None) -> str:
    """Say how a forecast was made."""
    return "" if method is None else str(METHODS[method])


@register.filter
def basis_name(basis: Basis | None) -> str:
    """Name the part of the year that a target speaks of."""
    return "" if basis is None else str(BASES[basis])


@register.simple_tag
def meaning_word(cell: Compared) -> Word:
    """Say what a variance does, in words; colour only from the size that needs explaining on."""
    if cell.is_unplanned and cell.kind not in (*_NOT_JUDGED, None):
        return Word(_("Outside the plan"), "bad" if cell.is_material else "")
    if cell.variance is None:
        return Word("")
    if cell.kind in _NOT_JUDGED:
        return Word(pgettext("variance", "not judged"))
    if cell.variance == 0:
        return Word(_("As planned"))
    if cell.kind is LineKind.COGS:
        return Word(_("See the margin"))
    return _judged(cell)


def _judged(cell: Compared) -> Word:
    if cell.meaning is Meaning.NEUTRAL:
        return Word(_("Limit not used up"))
    if cell.meaning is None:
        return Word("")
    is_good = cell.meaning is Meaning.FAVOURABLE
    if cell.is_material:
        return Word(_("Favourable"), "good") if is_good else Word(_("Adverse"), "bad")
    return Word(_("Favourable, small") if is_good else _("Adverse, small"))


@register.simple_tag
def points_word(points: Decimal | None, *, is_higher_better: bool = True) -> Word:
    """Say what a difference of two ratios does."""
    if not points:
        return Word("" if points is None else _("As planned"))
    is_good = (points > 0) == is_higher_better
    return Word(_("Favourable"), "good") if is_good else Word(_("Adverse"), "bad")


@register.simple_tag
def comparator(version: Version, compare: str = Compare.CURRENT) -> str:
    """Name the plan that actuals are compared with."""
    if version.number == 0:
        return _("the draft")
    if compare == Compare.BASELINE or not version.is_adjusted:
        return _("the baseline plan v1")
    return _("the current plan v%(number)s") % {"number": version.number}


@register.filter
def in_round_unit(value: int | None, currency: str) -> str:
    """Write an amount in the unit of tables, without decimals where the unit is a million."""
    unit = Currency.of(currency).table_unit
    return amount_in(value, currency, unit, places=0 if unit == MILLION else 1)


@register.filter
def with_sign(text: str) -> str:
    """Put a plus before a written difference that is above zero."""
    return signed(text)


@register.filter
def as_points(ratio: Decimal | None) -> Decimal | None:
    """Turn a difference of two ratios into percentage points."""
    return None if ratio is None else ratio * 100
