"""The addresses that every page offers, by group, with the permission that shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Label = str | Promise


@dataclass(frozen=True)
class NavItem:
    """One link of the navigation."""

    url_name: str
    icon: str
    label: Label
    area: str
    nouns: tuple[str, ...]  # starts of the URL names whose pages belong here
    permission: str = ""  # everybody sees the link when empty

    def shown_to(self, may: Mapping[str, bool]) -> bool:
        """Whether a member with these permissions gets the link."""
        return not self.permission or may.get(self.permission, False)

    def covers(self, view_name: str) -> bool:
        """Whether the page with this URL name belongs to the link's area."""
        return any(view_name.startswith(noun) for noun in self.nouns)


@dataclass(frozen=True)
class NavGroup:
    """Links under one heading; a plan's group needs a plan."""

    key: str
    label: Label
    items: tuple[NavItem, ...]
    needs_plan: bool = False


HOME = NavItem("tracking:home", "layout-dashboard", _("Dashboard"), "home", ("tracking:home",))
DECISIONS = NavItem(
    "tracking:decision_list", "scale", _("Decisions"), "decisions", ("tracking:decision",)
)
REVIEWS = NavItem(
    "tracking:review_list", "calendar-check", _("Reviews"), "reviews", ("tracking:review",)
)
LOG = NavItem(
    "tracking:actual_log",
    "pencil",
    _("Log actuals"),
    "log",
    ("tracking:actual", "tracking:entry"),
    "log_actuals",
)
VARIANCE = NavItem(
    "tracking:variance", "arrow-left-right", _("Variance"), "variance", ("tracking:variance",)
)
DIRECTION = NavItem(
    "planning:direction",
    "compass",
    _("Direction"),
    "direction",
    ("planning:direction", "planning:assumption", "planning:not_doing"),
)
GOALS = NavItem("planning:goal_list", "target", _("Goals"), "goals", ("planning:goal",))
BUDGET = NavItem(
    "budgets:budget",
    "table-2",
    _("Budget"),
    "budget",
    ("budgets:budget", "budgets:line", "budgets:commitment"),
)
ACTIONS = NavItem(
    "budgets:action_list",
    "clipboard-list",
    pgettext_lazy("navigation", "Actions"),
    "actions",
    ("budgets:action", "budgets:milestone"),
)
RESOURCES = NavItem(
    "planning:resource_list",
    "users",
    _("Resources"),
    "resources",
    ("planning:resource", "planning:person", "planning:allocation"),
)
RISKS = NavItem("planning:risk_list", "triangle-alert", _("Risks"), "risks", ("planning:risk",))
KPIS = NavItem("budgets:kpi_list", "chart-line", _("KPIs"), "kpis", ("budgets:kpi",))
CHECK = NavItem(
    "budgets:check",
    "list-checks",
    pgettext_lazy("navigation", "Check"),
    "check",
    ("budgets:check", "budgets:plan_approve"),
)
ADJUSTMENTS = NavItem(
    "budgets:adjustment_list",
    "git-branch",
    _("Adjustments"),
    "adjustments",
    ("budgets:adjustment",),
)
CASH = NavItem("tracking:cash", "wallet", _("Cash"), "cash", ("tracking:cash",))
WHAT_IF = NavItem(
    "tracking:what_if", "flask-conical", _("What-if"), "what_if", ("tracking:what_if",)
)
SUMMARY = NavItem(
    "tracking:summary", "file-text", _("Plan on a page"), "summary", ("tracking:summary",)
)
TASKS = NavItem("tracking:task_list", "circle-check-big", _("My list"), "tasks", ("tracking:task",))
MEMBERS = NavItem(
    "tenancy:member_list",
    "user-plus",
    _("Members"),
    "members",
    ("tenancy:member", "tenancy:invitation"),
    "manage_members",
)
HISTORY = NavItem(
    "tenancy:history", "history", _("History"), "history", ("tenancy:history",), "view_history"
)
SETTINGS = NavItem(
    "tenancy:settings",
    "settings",
    _("Settings"),
    "settings",
    ("tenancy:settings", "tenancy:channel", "tracking:currency"),
    "edit_settings",
)

HOME_GROUP = NavGroup("home", "", (HOME, TASKS))
YEAR_GROUP = NavGroup("year", "", (DECISIONS, REVIEWS, LOG, VARIANCE), needs_plan=True)
PLAN_GROUP = NavGroup(
    "plan",
    _("Plan"),
    (
        DIRECTION,
        GOALS,
        BUDGET,
        ACTIONS,
        RESOURCES,
        RISKS,
        KPIS,
        CHECK,
        ADJUSTMENTS,
        CASH,
        WHAT_IF,
        SUMMARY,
    ),
    needs_plan=True,
)
COMPANY_GROUP = NavGroup("company", _("Company"), (MEMBERS, HISTORY, SETTINGS))

GROUPS = (HOME_GROUP, YEAR_GROUP, PLAN_GROUP, COMPANY_GROUP)
WITHOUT_PLAN = frozenset(
    item.area for group in GROUPS if not group.needs_plan for item in group.items
)

# The bar at the bottom of a phone: four links beside the button that opens the whole
# navigation. Who logs actuals every week has that in the middle.
STAFF_TABS = (HOME, TASKS, LOG, DECISIONS)
OTHER_TABS = (HOME, BUDGET, DECISIONS, REVIEWS)


def tabs_of(role: str) -> tuple[NavItem, ...]:
    """Return the four links of the phone's bar for a member with this role."""
    return STAFF_TABS if role == "staff" else OTHER_TABS
