"""Sentences of the plan: what a goal promises, and when a risk has arrived."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django import template
from django.template.context import Context
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from aop.calc.calendar_text import format_month_long, format_month_year
from aop.calc.currencies import Currency
from aop.calc.levers import LoadLevel
from aop.calc.money_text import format_money, format_short
from aop.calc.months import FiscalYear
from aop.calc.risk import RiskLevel, risk_level
from aop.calc.writing import format_exact_ratio, format_number
from planning.models import Basis, Goal, GoalKind, MeasureKind, Plan, Risk, TriggerOp, Unit
from planning.queries.loads import LoadCell

register = template.Library()

SHORT_DIGITS = 3
PLACES = 6
LAST_MONTH, LAST_QUARTER = 11, 9
LOAD_CLASSES = {
    LoadLevel.ROOMY: "l0",
    LoadLevel.NEARLY_FULL: "l1",
    LoadLevel.FULL: "l2",
    LoadLevel.OVER: "l4",
    LoadLevel.FAR_OVER: "l5",
}
STATES = frozenset({MeasureKind.CLOSING_CASH, MeasureKind.CLOSING_STOCK})


@dataclass(frozen=True)
class GoalSentence:
    """What a goal promises: the part that leads up, and the promise to be marked."""

    lead: str
    marked: str

    def __str__(self) -> str:
        return f"{self.lead} {self.marked}".strip()


@register.simple_tag(takes_context=True)
def goal_sentence(context: Context, goal: Goal, plan: Plan | None = None) -> GoalSentence:
    """Say a goal in one sentence with its basis; `plan` is the page's when none is given.

    `{% goal_sentence goal as said %}{{ said.lead }} <mark>{{ said.marked }}</mark>`. The goal
    comes with its KPI (`parts.goals_of`).
    """
    return sentence_of_goal(goal, plan or context["plan"])


def sentence_of_goal(goal: Goal, plan: Plan) -> GoalSentence:
    """Say a goal in one sentence in the language of the page; no promise without a target."""
    unit = goal.kpi.unit if goal.kpi else goal.unit
    values = {
        "measure": _lower_first(goal.kpi.name) if goal.kpi else "",
        "baseline": value_text(goal.baseline, unit, plan.company.currency),
        "target": value_text(goal.target, unit, plan.company.currency),
        "basis": _basis(goal, unit, plan.year),
    }
    lead = _lead(goal) % values
    if goal.target is None:
        return GoalSentence(lead.strip(), "")
    return GoalSentence(lead.strip(), (_promise(goal.kind) % values).strip())


@register.simple_tag
def trigger_sentence(risk: Risk, currency: str) -> str:
    """Say when a risk has arrived: `gross margin falls below 35 % in a month, 2 months running`."""
    kpi = risk.trigger_kpi
    if kpi is None:
        return ""
    value = value_text(risk.trigger_value, kpi.unit, currency)
    text = _comparison(risk.trigger_op) % {"kpi": kpi.name, "value": value}
    if risk.trigger_scope == "ytd":
        return _("%(condition)s, year to date") % {"condition": text}
    count = risk.trigger_consecutive
    if count == 1:
        return _("%(condition)s in a single month") % {"condition": text}
    return _("%(condition)s %(count)s months running") % {"condition": text, "count": count}


@register.simple_tag
def percent(load: Fraction) -> str:
    """Write a load as the number of percent, for tables: `115`."""
    return format_number(load * 100, get_language(), places=0)


@register.simple_tag
def load_class(cell: LoadCell) -> str:
    """Return the class that colours a month of the heat table."""
    return LOAD_CLASSES[cell.level]


@register.inclusion_tag("components/_status_pill.html")
def risk_pill(risk: Risk) -> dict[str, str]:
    """Draw how grave a risk is, in a word."""
    level = risk_level(risk.likelihood, risk.impact)
    words = {
        RiskLevel.LOW: ("", _("low")),
        RiskLevel.MEDIUM: ("warn", _("medium")),
        RiskLevel.HIGH: ("bad", _("high")),
        RiskLevel.CRITICAL: ("bad", _("critical")),
    }
    tone, text = words[level]
    return {"tone": tone, "text": text}


def value_text(value: Decimal | None, unit: str, currency: str) -> str:
    """Write a value in its unit, short where that loses nothing: `7,2 tỷ`, `45 %`, `1.250`."""
    if value is None:
        return "—"
    language = get_language()
    if unit == Unit.RATIO:
        return format_exact_ratio(value, language)
    if unit != Unit.MONEY:
        return format_number(value, language, places=PLACES)
    amount = int(value)
    is_round = len(str(abs(amount)).rstrip("0")) <= SHORT_DIGITS
    write = format_short if is_round else format_money
    return write(amount, Currency.of(currency), language)


def _lower_first(name: str) -> str:
    """Let a name stand inside a sentence; abbreviations such as KPI keep their capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _lead(goal: Goal) -> str:
    if goal.kind in {GoalKind.AT_LEAST, GoalKind.AT_MOST}:
        return _("Keep %(measure)s") if goal.kpi else pgettext("goal", "Stay")
    if goal.baseline is None:
        return _lead_without_start(goal)
    if goal.kind == GoalKind.GROW:
        measured, bare = _("Grow %(measure)s from %(baseline)s to"), _("Grow from %(baseline)s to")
    else:
        measured, bare = _("Bring %(measure)s from %(baseline)s to"), _("Get from %(baseline)s to")
    return measured if goal.kpi else bare


def _lead_without_start(goal: Goal) -> str:
    if goal.kind == GoalKind.GROW:
        return _("Grow %(measure)s to") if goal.kpi else _("Grow to")
    return _("Bring %(measure)s to") if goal.kpi else _("Reach")


def _promise(kind: str) -> str:
    if kind == GoalKind.AT_LEAST:
        return _("at or above %(target)s %(basis)s")
    if kind == GoalKind.AT_MOST:
        return _("at or below %(target)s %(basis)s")
    return "%(target)s %(basis)s"


def _basis(goal: Goal, unit: str, year: FiscalYear) -> str:
    language = get_language()
    if goal.basis == Basis.FULL_YEAR:
        return _full_year(goal, unit)
    if goal.basis == Basis.EXIT_MONTH:
        return _("in %(month)s alone") % {"month": format_month_long(year.last, language)}
    if goal.basis == Basis.EXIT_QUARTER:
        first, last = year.months[LAST_QUARTER], year.months[LAST_MONTH]
        return _("in the last quarter, %(first)s to %(last)s") % {
            "first": format_month_year(first, language),
            "last": format_month_year(last, language),
        }
    return ""


def _full_year(goal: Goal, unit: str) -> str:
    if goal.kpi and goal.kpi.measure_kind in STATES:
        return _("at the end of the year")
    if unit == Unit.MONEY:
        return _("added up over all 12 months")
    return _("taken together over the whole year")


def _comparison(op: str) -> str:
    match op:
        case TriggerOp.BELOW:
            return _("%(kpi)s below %(value)s")
        case TriggerOp.AT_MOST:
            return _("%(kpi)s at or below %(value)s")
        case TriggerOp.ABOVE:
            return _("%(kpi)s above %(value)s")
    return _("%(kpi)s at or above %(value)s")
