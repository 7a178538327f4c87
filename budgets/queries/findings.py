"""What the checks found, as sentences with the way to the cure (DOMAIN §16)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, CharField, F, QuerySet, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from aop.calc.checks import CheckCode, Finding, Severity, linked_spending
from aop.calc.figures import Figures
from aop.calc.rounding import ratio_of
from aop.calc.writing import format_ratio
from aop.tenancy.models import Membership
from aop.tenancy.roles import Permission
from budgets.models import BudgetLine
from budgets.queries.finding_details import DETAILS, Words
from planning.models import Goal, Initiative, Person, Plan, Risk

GOAL, INITIATIVE, LINE, RISK, PERSON = "goal", "initiative", "line", "risk", "person"

NOUNS: dict[CheckCode, str] = {
    CheckCode.GOAL_INCOMPLETE: GOAL,
    CheckCode.GOAL_WITHOUT_KPI: GOAL,
    CheckCode.GOAL_WITHOUT_INITIATIVE: GOAL,
    CheckCode.GOAL_WITHOUT_BASELINE: GOAL,
    CheckCode.INITIATIVE_INCOMPLETE: INITIATIVE,
    CheckCode.INITIATIVES_OVER_LINE: LINE,
    CheckCode.RISK_WITHOUT_CONTINGENCY: RISK,
    CheckCode.OVER_CAPACITY: PERSON,
    CheckCode.OWNER_OVERLOADED: PERSON,
    CheckCode.DRIVER_WITHOUT_RATE: LINE,
    CheckCode.PLAN_MISSING: LINE,
    CheckCode.MILESTONE_OVERDUE: INITIATIVE,
}

SENTENCES: dict[CheckCode, Promise] = {
    CheckCode.NO_GOAL: gettext_lazy("The plan has no goal yet."),
    CheckCode.GOAL_INCOMPLETE: gettext_lazy("%(code)s %(name)s still lacks: %(parts)s."),
    CheckCode.GOAL_WITHOUT_KPI: gettext_lazy("%(code)s %(name)s is not measured by a KPI."),
    CheckCode.GOAL_WITHOUT_INITIATIVE: gettext_lazy(
        "%(code)s %(name)s has no initiative: nobody works on it."
    ),
    CheckCode.GOAL_WITHOUT_BASELINE: gettext_lazy(
        "%(code)s %(name)s has no starting value, so nobody sees how far it has come."
    ),
    CheckCode.INITIATIVE_INCOMPLETE: gettext_lazy("%(code)s %(name)s still lacks: %(parts)s."),
    CheckCode.INITIATIVES_OVER_LINE: gettext_lazy(
        "The initiatives want %(wanted)s of %(name)s, which plans only %(planned)s."
    ),
    CheckCode.STOCK_INCONSISTENT: gettext_lazy(
        "Purchases and cost of goods sold do not fit: from %(opening)s at the start, stock "
        "would go to %(amount)s in %(month)s."
    ),
    CheckCode.CASH_NEGATIVE: gettext_lazy("Cash runs out in %(month)s: %(amount)s."),
    CheckCode.CASH_BELOW_MINIMUM: gettext_lazy(
        "Cash falls to %(amount)s in %(month)s, below the minimum of %(minimum)s."
    ),
    CheckCode.TOO_MANY_GOALS: gettext_lazy(
        "There are %(count)s goals. With more than %(most)s none comes first."
    ),
    CheckCode.TOO_MANY_INITIATIVES: gettext_lazy(
        "There are %(count)s initiatives. More than %(most)s are rarely finished."
    ),
    CheckCode.TOO_MANY_KPIS: gettext_lazy(
        "There are %(count)s KPIs. Nobody looks at more than %(most)s every month."
    ),
    CheckCode.NOTHING_LEFT_OUT: gettext_lazy(
        "The not-doing list is empty. A plan that leaves nothing out decides nothing."
    ),
    CheckCode.NO_REVIEW_RHYTHM: gettext_lazy("Nothing says how the plan is reviewed."),
    CheckCode.RISK_WITHOUT_CONTINGENCY: gettext_lazy(
        "%(code)s %(name)s is a large risk, and nothing is prepared for it."
    ),
    CheckCode.SPEND_OVER_MEANS: gettext_lazy(
        "The plan spends %(spending)s, more than the %(means)s from revenue and from the cash "
        "above the minimum."
    ),
    CheckCode.PLANNED_LOSS: gettext_lazy("The plan ends with an operating loss of %(amount)s."),
    CheckCode.CONTINGENCY_OVER_PROFIT: gettext_lazy(
        "The contingency of %(amount)s is larger than the operating profit of %(profit)s."
    ),
    CheckCode.OVER_CAPACITY: gettext_lazy("%(name)s has %(load)s of a month's work in %(month)s."),
    CheckCode.OWNER_OVERLOADED: gettext_lazy(
        "%(name)s is in charge of %(count)s of the %(total)s initiatives."
    ),
    CheckCode.DRIVER_WITHOUT_RATE: gettext_lazy(
        "%(name)s follows %(driver)s, but no rate says how."
    ),
    CheckCode.PLAN_MISSING: gettext_lazy(
        "%(name)s has no plan in %(months)s. Type 0 where nothing is planned."
    ),
    CheckCode.MILESTONE_OVERDUE: gettext_lazy("%(code)s %(name)s: overdue is %(milestones)s."),
    CheckCode.DECISION_WITHOUT_GOAL: gettext_lazy("A decision of %(day)s serves no goal."),
    CheckCode.REVIEW_MISSING: gettext_lazy("%(month)s is closed, but was never reviewed."),
}


@dataclass(frozen=True, slots=True)
class Cure:
    """Where a finding is mended, what the link says, and who may follow it.

    `key` is the part of the address that takes the subject's id, `query` the one that takes
    its code.
    """

    url_name: str
    action: Promise
    permission: Permission = Permission.EDIT_PLAN
    key: str = ""
    query: str = ""


_GOAL = Cure("planning:goal_edit", gettext_lazy("Edit goal"), key="goal_id")
_BUDGET = Cure("budgets:budget", gettext_lazy("Go to the budget"), Permission.VIEW_PLAN)
_ACTION = Cure("budgets:action_edit", gettext_lazy("Edit initiative"), key="initiative_id")
_ACTIONS = Cure("budgets:action_list", gettext_lazy("Go to the initiatives"), Permission.VIEW_PLAN)
_LINE = Cure(
    "budgets:line_edit", gettext_lazy("Edit line"), permission=Permission.EDIT_BUDGET, key="line_id"
)
_MONTHS = Cure(
    "budgets:line_months", gettext_lazy("Fill in"), permission=Permission.EDIT_BUDGET, key="line_id"
)

CURES: dict[CheckCode, Cure] = {
    CheckCode.NO_GOAL: Cure("planning:goal_add", gettext_lazy("Add goal")),
    CheckCode.GOAL_INCOMPLETE: _GOAL,
    CheckCode.GOAL_WITHOUT_KPI: Cure("budgets:kpi_new", gettext_lazy("Add KPI"), query="goal"),
    CheckCode.GOAL_WITHOUT_INITIATIVE: Cure(
        "budgets:action_new", gettext_lazy("Add initiative"), query="goal"
    ),
    CheckCode.GOAL_WITHOUT_BASELINE: _GOAL,
    CheckCode.INITIATIVE_INCOMPLETE: _ACTION,
    CheckCode.INITIATIVES_OVER_LINE: _ACTIONS,
    CheckCode.STOCK_INCONSISTENT: _BUDGET,
    CheckCode.CASH_NEGATIVE: _BUDGET,
    CheckCode.CASH_BELOW_MINIMUM: _BUDGET,
    CheckCode.TOO_MANY_GOALS: Cure(
        "planning:goal_list", gettext_lazy("Go to the goals"), Permission.VIEW_PLAN
    ),
    CheckCode.TOO_MANY_INITIATIVES: _ACTIONS,
    CheckCode.TOO_MANY_KPIS: Cure(
        "budgets:kpi_list", gettext_lazy("Go to the KPIs"), Permission.VIEW_PLAN
    ),
    CheckCode.NOTHING_LEFT_OUT: Cure(
        "planning:not_doing_add", gettext_lazy("Add something not to do")
    ),
    CheckCode.NO_REVIEW_RHYTHM: Cure("planning:direction_rhythm", gettext_lazy("Say how")),
    CheckCode.RISK_WITHOUT_CONTINGENCY: Cure(
        "planning:risk_edit", gettext_lazy("Say what we do then"), key="risk_id"
    ),
    CheckCode.SPEND_OVER_MEANS: _BUDGET,
    CheckCode.PLANNED_LOSS: _BUDGET,
    CheckCode.CONTINGENCY_OVER_PROFIT: _BUDGET,
    CheckCode.OVER_CAPACITY: Cure(
        "planning:resource_list", gettext_lazy("See the ways out"), Permission.VIEW_PLAN
    ),
    CheckCode.OWNER_OVERLOADED: _ACTIONS,
    CheckCode.DRIVER_WITHOUT_RATE: _LINE,
    CheckCode.PLAN_MISSING: _MONTHS,
    CheckCode.MILESTONE_OVERDUE: _ACTION,
    CheckCode.DECISION_WITHOUT_GOAL: Cure(
        "tracking:decision_list", gettext_lazy("Go to the decisions"), Permission.VIEW_PLAN
    ),
    CheckCode.REVIEW_MISSING: Cure(
        "tracking:review_list", gettext_lazy("Go to the reviews"), Permission.VIEW_PLAN
    ),
}


@dataclass(frozen=True, slots=True)
class SaidFinding:
    """A finding as `components/_missing.html` shows it; without a link where none is allowed."""

    code: CheckCode | None
    severity: Severity
    text: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """The row that a finding is about."""

    pk: int
    code: str
    name: str
    is_private: bool


Subjects = Mapping[tuple[str, str], Subject]


def say_findings(
    plan: Plan, figures: Figures, findings: Iterable[Finding], *, member: Membership
) -> list[SaidFinding]:
    """Put findings into the language of the page, in their order; one query, none for none.

    `figures` are those the checks were made on. What names a private line is left out for
    members who may not know of it.
    """
    found = list(findings)
    teller = _Teller(plan, figures, member, _subjects(plan) if found else {})
    return [said for finding in found if (said := teller.say(finding)) is not None]


def say_linked_spending(plan: Plan, figures: Figures) -> SaidFinding | None:
    """Say how much of the planned spending serves a goal; None while nothing is planned."""
    linked, spending = linked_spending(figures.facts)
    share = ratio_of(linked, spending)
    if share is None:
        return None
    words = Words(figures, plan.company.currency, get_language())
    text = _(
        "%(linked)s of %(spending)s planned spending, %(share)s, serves a goal through an "
        "initiative. The rest is daily business."
    ) % {
        "linked": words.money(linked),
        "spending": words.money(spending),
        "share": format_ratio(share, get_language(), places=0),
    }
    return SaidFinding(None, Severity.INFO, text)


def _subjects(plan: Plan) -> Subjects:
    rows = _named(Goal, GOAL, plan).union(
        *(
            _named(model, noun, plan)
            for model, noun in ((Initiative, INITIATIVE), (Risk, RISK), (Person, PERSON))
        ),
        _named(BudgetLine, LINE, plan, is_private=F("is_private")),
        all=True,
    )
    return {
        (noun, code): Subject(pk, code, name, bool(hidden)) for noun, pk, code, name, hidden in rows
    }


def _named(
    model: Any, noun: str, plan: Plan, *, is_private: F | None = None
) -> "QuerySet[Any, tuple[str, int, str, str, bool]]":
    rows = model.objects.for_company(plan.company).filter(plan=plan).order_by()
    hidden = is_private or Value(False, BooleanField())
    rows = rows.annotate(noun=Value(noun, CharField()), hidden=hidden)
    found: QuerySet[Any, tuple[str, int, str, str, bool]] = rows.values_list(
        "noun", "pk", "code", "name", "hidden"
    )
    return found


class _Teller:
    """Says findings of one plan to one member."""

    def __init__(
        self, plan: Plan, figures: Figures, member: Membership, subjects: Subjects
    ) -> None:
        self.plan, self.member, self.subjects = plan, member, subjects
        self.words = Words(figures, plan.company.currency, get_language())

    def say(self, finding: Finding) -> SaidFinding | None:
        """Say one finding; None when it is about something this member may not know of."""
        subject = self._subject(finding)
        values: dict[str, object] = {}
        if subject is not None:
            values = {"code": subject.code, "name": subject.name}
        detail: Callable[[Words, str], dict[str, object]] | None = DETAILS.get(finding.code)
        if detail is not None:
            values |= detail(self.words, finding.subject)
        if driver := self.subjects.get((LINE, str(values.get("driver", "")))):
            values["driver"] = driver.name
        if any(self._is_hidden(one) for one in (subject, driver)):
            return None
        cure = CURES[finding.code]
        url = self._url(cure, subject)
        text = str(SENTENCES[finding.code]) % values
        action = str(cure.action) if url else ""
        return SaidFinding(finding.code, finding.severity, text, url, action)

    def _subject(self, finding: Finding) -> Subject | None:
        """Return what the finding is about; a person's months come as `P2 2026-05`."""
        noun = NOUNS.get(finding.code)
        if noun is None:
            return None
        code = finding.subject.rpartition(" ")[0] if noun == PERSON else ""
        return self.subjects[noun, code or finding.subject]

    def _is_hidden(self, subject: Subject | None) -> bool:
        is_private = subject is not None and subject.is_private
        return is_private and not self.member.may(Permission.VIEW_PRIVATE)

    def _url(self, cure: Cure, subject: Subject | None) -> str:
        if not self.member.may(cure.permission):
            return ""
        known: dict[str, object] = {
            "company_slug": self.plan.company.slug,
            "year": self.plan.fiscal_year,
        }
        if cure.key and subject is not None:
            known[cure.key] = subject.pk
        url = reverse(cure.url_name, kwargs=known)
        return f"{url}?{cure.query}={subject.code}" if cure.query and subject else url
