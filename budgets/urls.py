"""Addresses of the budgets app, all below `c/<company_slug>/`."""

from django.urls import URLPattern, URLResolver, include, path

from budgets.views import (
    actions,
    actions_milestones,
    adjustments,
    budget,
    checks,
    commitments,
    kpis,
    kpis_log,
    lines,
    months,
)

app_name = "budgets"

Urls = list[URLPattern | URLResolver]

line_urls: Urls = [
    path("", lines.line_detail, name="line_detail"),
    path("edit/", lines.line_edit, name="line_edit"),
    path("delete/", lines.line_delete, name="line_delete"),
    path("move/", lines.line_move, name="line_move"),
    path("group-move/", lines.line_group_move, name="line_group_move"),
    path("months/", months.line_months, name="line_months"),
    path("fill/", months.line_fill, name="line_fill"),
    path("commitments/add/", commitments.commitment_add, name="commitment_add"),
]
budget_urls: Urls = [
    path("", budget.budget, name="budget"),
    path("cell/", budget.cell_save, name="cell_save"),
    path("lines/", lines.line_list, name="line_list"),
    path("lines/start/", lines.line_start, name="line_start"),
    path("lines/add/", lines.line_add, name="line_add"),
    path("lines/<int:line_id>/", include(line_urls)),
    path("commitments/", commitments.commitment_list, name="commitment_list"),
    path(
        "commitments/<int:commitment_id>/close/",
        commitments.commitment_close,
        name="commitment_close",
    ),
    path(
        "commitments/<int:commitment_id>/cancel/",
        commitments.commitment_cancel,
        name="commitment_cancel",
    ),
]
adjustment_urls: Urls = [
    path("", adjustments.adjustment_list, name="adjustment_list"),
    path("add/", adjustments.adjustment_add, name="adjustment_add"),
    path("preview/", adjustments.adjustment_preview, name="adjustment_preview"),
    path("<int:number>/", adjustments.adjustment_detail, name="adjustment_detail"),
    path("<int:number>/edit/", adjustments.adjustment_edit, name="adjustment_edit"),
    path("<int:number>/approve/", adjustments.adjustment_approve, name="adjustment_approve"),
    path("<int:number>/withdraw/", adjustments.adjustment_withdraw, name="adjustment_withdraw"),
]
action_urls: Urls = [
    path("", actions.action_list, name="action_list"),
    path("add/", actions.action_new, name="action_new"),
    path("<int:initiative_id>/", actions.action_detail, name="action_detail"),
    path("<int:initiative_id>/edit/", actions.action_edit, name="action_edit"),
    path("<int:initiative_id>/delete/", actions.action_delete, name="action_delete"),
    path("<int:initiative_id>/move/", actions.action_move, name="action_move"),
    path(
        "<int:initiative_id>/milestones/add/",
        actions_milestones.milestone_new,
        name="milestone_new",
    ),
]
milestone_urls: Urls = [
    path("edit/", actions_milestones.milestone_edit, name="milestone_edit"),
    path("done/", actions_milestones.milestone_done, name="milestone_done"),
    path("reopen/", actions_milestones.milestone_reopen, name="milestone_reopen"),
    path("delete/", actions_milestones.milestone_delete, name="milestone_delete"),
    path("move/", actions_milestones.milestone_move, name="milestone_move"),
]
kpi_urls: Urls = [
    path("", kpis.kpi_list, name="kpi_list"),
    path("add/", kpis.kpi_new, name="kpi_new"),
    path("preset/", kpis.kpi_preset, name="kpi_preset"),
    path("<int:kpi_id>/edit/", kpis.kpi_edit, name="kpi_edit"),
    path("<int:kpi_id>/delete/", kpis.kpi_delete, name="kpi_delete"),
    path("<int:kpi_id>/move/", kpis.kpi_move, name="kpi_move"),
    path("<int:kpi_id>/log/", kpis_log.kpi_log, name="kpi_log"),
]
check_urls: Urls = [
    path("", checks.check, name="check"),
    path("approve/", checks.plan_approve, name="plan_approve"),
    path("versions/<int:version_number>/", checks.version_detail, name="version_detail"),
]
plan_urls: Urls = [
    path("budget/", include(budget_urls)),
    path("adjustments/", include(adjustment_urls)),
    path("actions/", include(action_urls)),
    path("actions/milestones/<int:milestone_id>/", include(milestone_urls)),
    path("kpis/", include(kpi_urls)),
    path("check/", include(check_urls)),
]

urlpatterns: Urls = [path("c/<slug:company_slug>/<int:year>/", include(plan_urls))]
