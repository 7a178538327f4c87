"""What every action of the history says in words, for a reader who was not there.

An action is `app.noun.verb` with the verb in the past tense: `planning.goal.updated`. Its
sentence is the verb's, with the noun in it: "changed goal". What that would not say well has
a sentence of its own. `audit.record` refuses an action that nobody could read: a new noun or
verb is one line here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

APPS = frozenset({"tenancy", "planning", "budgets", "tracking"})

VERBS: dict[str, Promise] = {
    "created": _("added %(noun)s"),
    "updated": _("changed %(noun)s"),
    "deleted": _("deleted %(noun)s"),
    "removed": _("removed %(noun)s"),
    "moved": _("changed the order of %(noun)s"),
    "proposed": _("proposed %(noun)s"),
    "approved": _("approved %(noun)s"),
    "rejected": _("rejected %(noun)s"),
    "withdrawn": _("withdrew %(noun)s"),
    "restored": _("brought back %(noun)s"),
    "corrected": _("corrected %(noun)s"),
    "closed": _("closed %(noun)s"),
    "reopened": _("reopened %(noun)s"),
    "imported": _("imported %(noun)s"),
    "undone": _("undid %(noun)s"),
    "held": _("held %(noun)s"),
    "logged": _("logged %(noun)s"),
    "recorded": _("recorded %(noun)s"),
    "set": _("changed %(noun)s"),
    "done": _("marked %(noun)s as done"),
    "linked": _("connected %(noun)s"),
    "noted": _("noted %(noun)s"),
    "answered": _("checked %(noun)s"),
    "pushed": _("pushed out %(noun)s"),
}

NOUNS: dict[str, Promise] = {
    "company": pgettext_lazy("history", "company"),
    "channel": pgettext_lazy("history", "sales channel"),
    "member": pgettext_lazy("history", "member"),
    "invitation": pgettext_lazy("history", "invitation"),
    "plan": pgettext_lazy("history", "plan"),
    "priority": pgettext_lazy("history", "priority"),
    "not_doing": pgettext_lazy("history", "line of the not-doing list"),
    "assumption": pgettext_lazy("history", "assumption"),
    "goal": pgettext_lazy("history", "goal"),
    "kpi": pgettext_lazy("history", "KPI"),
    "initiative": pgettext_lazy("history", "initiative"),
    "milestone": pgettext_lazy("history", "milestone"),
    "person": pgettext_lazy("history", "person"),
    "allocation": pgettext_lazy("history", "allocation"),
    "risk": pgettext_lazy("history", "risk"),
    "line": pgettext_lazy("history", "budget line"),
    "commitment": pgettext_lazy("history", "commitment"),
    "adjustment": pgettext_lazy("history", "adjustment"),
    "entry": pgettext_lazy("history", "entry"),
    "forecast": pgettext_lazy("history", "forecast"),
    "month": pgettext_lazy("history", "month"),
    "review": pgettext_lazy("history", "review"),
    "decision": pgettext_lazy("history", "decision"),
    "summary_link": pgettext_lazy("history", "link to the plan on a page"),
}

# Read together with the name of what it is about, which stands behind them.
SENTENCES: dict[str, Promise] = {
    "tenancy.company.created": _("started the company"),
    "tenancy.company.updated": _("changed the settings of"),
    "tenancy.member.joined": _("joined the company"),
    "tenancy.member.updated": _("changed the role of"),
    "planning.direction.updated": _("changed the direction of the plan"),
    "planning.initiative.budget_set": _("changed the money of the initiative"),
    "planning.initiative.goals_set": _("changed the goals of the initiative"),
    "planning.kpi.targets_set": _("changed the monthly targets of the KPI"),
    "planning.kpi.actual_set": _("logged a value of the KPI"),
    "planning.allocation.set": _("changed the time of"),
    "budgets.line.group_moved": _("changed the order of the groups, with the line"),
    "budgets.month.counted": _("noted what was counted at the end of"),
    "budgets.line.planned": _("changed the amounts of the budget line"),
    "budgets.line.computed": _("computed from its driver the budget line"),
    "budgets.line.adjusted": _("adjusted the amounts of the budget line"),
    "tracking.company.loaded": _("loaded a plan folder into"),
    "tracking.company.copied": _("copied the sample company into"),
    "tracking.company.imported": _("imported a plan folder into"),
    "tracking.company.exported": _("downloaded the plan folder of"),
    "tracking.entry.imported": _("imported entries from a file into"),
}


class UnknownAction(ValueError):
    """An action is to be recorded that no reader of the history would understand."""


def sentence_of(action: str) -> str:
    """Return what `action` says in the active language: "changed goal".

    Raises:
        UnknownAction: It is not `app.noun.verb`, or its noun or verb has no words yet.
    """
    if (own := SENTENCES.get(action)) is not None:
        return str(own)
    try:
        app, noun, verb = action.split(".")
        if app not in APPS:
            raise UnknownAction(f"{action!r} does not start with one of our apps")
        return str(VERBS[verb]) % {"noun": NOUNS[noun]}
    except (KeyError, ValueError) as problem:
        raise UnknownAction(
            f"{action!r} has no words: add them to aop/tenancy/sentences.py"
        ) from problem
