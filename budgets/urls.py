"""Addresses of the budgets app, all below `c/<company_slug>/`."""

from django.urls import URLPattern, URLResolver, include, path

from budgets.views import adjustments, budget, commitments, lines, months

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
plan_urls: Urls = [
    path("budget/", include(budget_urls)),
    path("adjustments/", include(adjustment_urls)),
]

urlpatterns: Urls = [path("c/<slug:company_slug>/<int:year>/", include(plan_urls))]
