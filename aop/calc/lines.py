"""The kinds of budget line and what each of them means (METHODS.md §3; DOMAIN §1)."""

from dataclasses import dataclass
from enum import StrEnum


class LineKind(StrEnum):
    """What a budget line is; decides where it counts and which way is favourable."""

    REVENUE = "revenue"
    COGS = "cogs"
    PURCHASE = "purchase"
    MARKETING = "marketing"
    OPEX = "opex"
    VARIABLE = "variable"
    CAPEX = "capex"
    TAX = "tax"
    CONTINGENCY = "contingency"
    FINANCING = "financing"


class Policy(StrEnum):
    """How the limit of a line is guarded."""

    TRACK = "track"
    WARN = "warn"
    REASON = "reason"
    APPROVE = "approve"


class Method(StrEnum):
    """How the open months of a line are forecast (DOMAIN §4)."""

    PLAN = "plan"
    PACE = "pace"
    LAST_YEAR = "last_year"
    RATE = "rate"
    NONE = "none"
    MANUAL = "manual"


class Meaning(StrEnum):
    """What a variance does to the profit or the goal."""

    FAVOURABLE = "favourable"
    ADVERSE = "adverse"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class KindRule:
    """One row of the table that everything else hangs on.

    `over` and `under` are the meanings of an actual above and below the plan. `cash` is
    the direction in which the line moves cash: +1 in, −1 out, 0 not at all; financing
    carries its own sign, hence +1.
    """

    over: Meaning
    under: Meaning
    cash: int
    method: Method
    is_spending: bool


_F, _A, _N = Meaning.FAVOURABLE, Meaning.ADVERSE, Meaning.NEUTRAL

RULES: dict[LineKind, KindRule] = {
    LineKind.REVENUE: KindRule(_F, _A, 1, Method.PACE, is_spending=False),
    LineKind.COGS: KindRule(_A, _F, 0, Method.RATE, is_spending=False),
    LineKind.PURCHASE: KindRule(_A, _N, -1, Method.PLAN, is_spending=True),
    LineKind.MARKETING: KindRule(_A, _F, -1, Method.PLAN, is_spending=True),
    LineKind.OPEX: KindRule(_A, _F, -1, Method.PLAN, is_spending=True),
    LineKind.VARIABLE: KindRule(_A, _F, -1, Method.RATE, is_spending=True),
    LineKind.CAPEX: KindRule(_A, _N, -1, Method.PLAN, is_spending=True),
    LineKind.TAX: KindRule(_A, _F, -1, Method.PLAN, is_spending=True),
    LineKind.CONTINGENCY: KindRule(_N, _N, 0, Method.NONE, is_spending=True),
    LineKind.FINANCING: KindRule(_N, _N, 1, Method.PLAN, is_spending=False),
}

OPERATING_COSTS = (LineKind.MARKETING, LineKind.OPEX, LineKind.VARIABLE)
