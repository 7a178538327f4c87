"""Who may do what: the one table of roles and permissions."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member is in a company."""

    OWNER = "owner", _("Owner")
    ACCOUNTANT = "accountant", _("Accountant")
    STAFF = "staff", _("Staff")
    VIEWER = "viewer", _("Viewer")


ROLE_DESCRIPTIONS = {
    Role.OWNER: _("Fills and changes the plan, decides, approves, sees everything"),
    Role.ACCOUNTANT: _("Budget, actuals, Excel, closing the month; sees salaries"),
    Role.STAFF: _("Logs actuals and own milestones, asks for money"),
    Role.VIEWER: _("Reads, changes nothing"),
}


class Permission(StrEnum):
    """One thing that a role may or may not do."""

    VIEW_PLAN = "view_plan"
    VIEW_PRIVATE = "view_private"
    VIEW_HISTORY = "view_history"
    EDIT_PLAN = "edit_plan"
    EDIT_BUDGET = "edit_budget"
    APPROVE = "approve"
    PROPOSE = "propose"
    DECIDE = "decide"
    LOG_ACTUALS = "log_actuals"
    LOG_ANY_LINE = "log_any_line"
    REVIEW = "review"
    CLOSE_MONTH = "close_month"
    REOPEN_MONTH = "reopen_month"
    EXPORT = "export"
    EXPORT_FOLDER = "export_folder"
    SHARE = "share"
    MANAGE_MEMBERS = "manage_members"
    EDIT_SETTINGS = "edit_settings"


_P = Permission

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.ACCOUNTANT: frozenset(
        {
            _P.VIEW_PLAN,
            _P.VIEW_PRIVATE,
            _P.VIEW_HISTORY,
            _P.EDIT_BUDGET,
            _P.PROPOSE,
            _P.LOG_ACTUALS,
            _P.LOG_ANY_LINE,
            _P.REVIEW,
            _P.CLOSE_MONTH,
            _P.EXPORT,
        }
    ),
    Role.STAFF: frozenset({_P.VIEW_PLAN, _P.PROPOSE, _P.LOG_ACTUALS}),
    Role.VIEWER: frozenset({_P.VIEW_PLAN}),
}
