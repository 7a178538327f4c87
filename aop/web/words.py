"""What the judgements of the arithmetic are called on screen, and in which tone."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aop.calc.lines import Meaning, Method
from aop.calc.report.people import MilestoneState
from aop.calc.risk import RiskLevel
from aop.calc.status import Status

NO_DATA = _("No data yet")

WORDS: dict[StrEnum, Promise] = {
    Status.GREEN: _("On track"),
    Status.AMBER: _("Needs attention"),
    Status.RED: _("Off track"),
    Meaning.FAVOURABLE: _("Favourable"),
    Meaning.ADVERSE: _("Adverse"),
    Meaning.NEUTRAL: _("Not fully used"),
    RiskLevel.LOW: pgettext_lazy("risk level", "Low"),
    RiskLevel.MEDIUM: pgettext_lazy("risk level", "Medium"),
    RiskLevel.HIGH: pgettext_lazy("risk level", "High"),
    RiskLevel.CRITICAL: pgettext_lazy("risk level", "Critical"),
    Method.PLAN: _("Actual + remaining plan"),
    Method.PACE: _("Pace so far"),
    Method.LAST_YEAR: _("Last year's season"),
    Method.RATE: _("Rate on its driver"),
    Method.NONE: _("Actual only"),
    Method.MANUAL: _("Typed by hand"),
    MilestoneState.DONE: _("Done"),
    MilestoneState.DONE_LATE: _("Done late"),
    MilestoneState.OVERDUE: _("Overdue"),
    MilestoneState.UPCOMING: _("Upcoming"),
}

TONES: dict[StrEnum, str] = {
    Status.GREEN: "good",
    Status.AMBER: "warn",
    Status.RED: "bad",
    Meaning.FAVOURABLE: "good",
    Meaning.ADVERSE: "bad",
    RiskLevel.LOW: "good",
    RiskLevel.MEDIUM: "warn",
    RiskLevel.HIGH: "bad",
    RiskLevel.CRITICAL: "bad",
    MilestoneState.DONE: "good",
    MilestoneState.DONE_LATE: "warn",
    MilestoneState.OVERDUE: "bad",
    MilestoneState.UPCOMING: "info",
}
