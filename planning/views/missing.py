"""What a page still lacks, each with the way to mend it, as `components/_missing.html` shows it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from planning.access import PlanRequest
from planning.models import Assumption, Goal, GoalKind, Risk
from planning.queries.loads import LoadTable
from planning.queries.progress import LARGE_RISK
from planning.queries.ties import GoalTies
from planning.views.answers import plan_url

RISING = frozenset({GoalKind.GROW, GoalKind.REACH})


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: `error` blocks the approval."""

    severity: str
    text: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class DirectionLists:
    """The three lists of the direction page."""

    priorities: Sequence[object]
    not_doing: Sequence[object]
    assumptions: Sequence[Assumption]


def direction_missing(request: PlanRequest, lists: DirectionLists) -> list[Missing]:
    """Name the questions without an answer and the lists without a row."""
    plan = request.plan
    here = plan_url(request, "planning:direction")
    form, write = f"{here}#direction-form", _("Write it")
    texts = [
        (not plan.where_we_are.strip(), _("Where are we after last year? Nothing yet.")),
        (not plan.where_we_go.strip(), _("What result do we want? Nothing yet.")),
        (plan.opening_cash_amount is None, _("The opening cash is missing, so no cash plan.")),
        (plan.minimum_cash_amount is None, _("No minimum cash: no warning before it is low.")),
    ]
    found = [Missing("warning", text, form, write) for is_missing, text in texts if is_missing]
    if not lists.priorities:
        text = _("No priority yet: say what matters most.")
        found.append(Missing("warning", text, f"{here}#priorities", _("Add priority")))
    if not lists.not_doing:
        add = plan_url(request, "planning:not_doing_add")
        text = _("Nothing is left out yet. A plan that leaves nothing out decides nothing.")
        found.append(Missing("warning", text, add, _("Add something not to do")))
    return [*found, *_assumptions_missing(request, lists.assumptions)]


def _assumptions_missing(
    request: PlanRequest, assumptions: Sequence[Assumption]
) -> Iterator[Missing]:
    if not assumptions:
        add = plan_url(request, "planning:assumption_add")
        text = _("No assumption yet: what must stay true for this plan to hold?")
        yield Missing("info", text, add, _("Add assumption"))
    for row in assumptions:
        if row.check_month is None:
            edit = plan_url(request, "planning:assumption_edit", assumption_id=row.pk)
            text = _("The assumption “%(what)s” has no month to check it.") % {"what": row.what}
            yield Missing("info", text, edit, _("Choose month"))


def goals_missing(
    request: PlanRequest, goals: Sequence[Goal], ties: Mapping[int, GoalTies]
) -> list[Missing]:
    """Name what each goal lacks before the plan can be approved."""
    found = [item for goal in goals for item in _goal_missing(request, goal, ties)]
    if not goals:
        add = plan_url(request, "planning:goal_add")
        found.append(Missing("error", _("No goal yet."), add, _("Add goal")))
    return found


def _goal_missing(
    request: PlanRequest, goal: Goal, ties: Mapping[int, GoalTies]
) -> Iterator[Missing]:
    tie = ties.get(goal.pk) or GoalTies()
    blanks = [word for is_missing, word in _blanks(goal) if is_missing]
    behind = [word for is_missing, word in _nothing_behind(goal, tie) if is_missing]
    if not blanks and not behind:
        return
    words = {"goal": goal.code, "parts": ", ".join([*blanks, *behind])}
    text = _("%(goal)s lacks: %(parts)s.") % words
    if blanks:
        edit = plan_url(request, "planning:goal_edit", goal_id=goal.pk)
        yield Missing("error", text, edit, _("Edit"))
    elif goal.kpi is None:
        yield Missing(
            "error", text, _for_goal(plan_url(request, "budgets:kpi_new"), goal), _("Add KPI")
        )
    else:
        url = _for_goal(plan_url(request, "budgets:action_new"), goal)
        yield Missing("error", text, url, _("Add initiative"))


def _for_goal(url: str, goal: Goal) -> str:
    return f"{url}?goal={goal.pk}"


def _blanks(goal: Goal) -> list[tuple[bool, str]]:
    needs_start = goal.kind in RISING
    return [
        (goal.target is None, _("target")),
        (needs_start and goal.baseline is None, _("starting value")),
        (not goal.basis, _("basis")),
        (goal.owner is None, _("person in charge")),
    ]


def _nothing_behind(goal: Goal, tie: GoalTies) -> list[tuple[bool, str]]:
    return [
        (goal.kpi is None, _("KPI")),
        (not tie.initiatives and not tie.also_served_by, _("an initiative")),
    ]


def resources_missing(request: PlanRequest, table: LoadTable) -> list[Missing]:
    """Name people without time, and a plan without people."""
    if not table.rows:
        add = plan_url(request, "planning:person_add")
        text = _("Nobody yet: who does the work of this year?")
        return [Missing("warning", text, add, _("Add person"))]
    return [
        Missing(
            "warning",
            _("Nothing says what the time of %(name)s goes to.") % {"name": row.person.name},
            plan_url(request, "planning:allocation_edit", person_id=row.person.pk),
            _("Fill in time"),
        )
        for row in table.rows
        if not any(cell.load for cell in row.cells)
    ]


def risks_missing(request: PlanRequest, risks: Iterable[Risk]) -> list[Missing]:
    """Name large risks that nothing is prepared for."""
    known = [risk for risk in risks if not risk.is_closed]
    if not known:
        add = plan_url(request, "planning:risk_add")
        text = _("No risk yet; three to five is usual.")
        return [Missing("warning", text, add, _("Add risk"))]
    found = []
    for risk in known:
        edit = plan_url(request, "planning:risk_edit", risk_id=risk.pk)
        if risk.score >= LARGE_RISK and not (risk.contingency or risk.contingency_amount):
            text = _("%(risk)s is large, and nothing is prepared for it.") % {"risk": risk.code}
            found.append(Missing("warning", text, edit, _("Say what we do then")))
        elif risk.trigger_kpi is None:
            text = _("Nothing says when %(risk)s has arrived.") % {"risk": risk.code}
            found.append(Missing("info", text, edit, _("Choose a KPI to watch")))
    return found
