"""Addresses of the tracking app, all below `c/<company_slug>/`."""

from django.urls import URLPattern, URLResolver, path

from tracking.views import (
    actuals,
    cash,
    decisions,
    exports,
    home,
    imports,
    report,
    reviews,
    start,
    summary,
    tasks,
    variance,
    what_if,
)

app_name = "tracking"

urlpatterns: list[URLPattern | URLResolver] = []

# --- Where a plan begins ---------------------------------------------------------------------
urlpatterns += [
    path("c/<slug:company_slug>/", home.home, name="home"),
    path("start/", start.start, name="start"),
    path("start/company/", start.start_company_new, name="start_company"),
    path("start/sample/", start.start_sample, name="start_sample"),
    path("start/import/", start.start_import, name="start_import"),
    path("c/<slug:company_slug>/plans/new/", start.plan_new, name="plan_new"),
    path("c/<slug:company_slug>/settings/currency/", start.currency_edit, name="currency_edit"),
]

# --- What happened ---------------------------------------------------------------------------
PLAN = "c/<slug:company_slug>/<int:year>/"
urlpatterns += [
    path(f"{PLAN}actuals/", actuals.actual_log, name="actual_log"),
    path(f"{PLAN}actuals/<month:month>/", actuals.actual_month, name="actual_month"),
    path(f"{PLAN}actuals/<month:month>/entries/", actuals.entry_list, name="entry_list"),
    path(f"{PLAN}entries/<int:entry_id>/edit/", actuals.entry_edit, name="entry_edit"),
    path(f"{PLAN}entries/<int:entry_id>/withdraw/", actuals.entry_withdraw, name="entry_withdraw"),
    path(f"{PLAN}entries/<int:entry_id>/restore/", actuals.entry_restore, name="entry_restore"),
    path(
        f"{PLAN}milestones/<int:milestone_id>/done/", actuals.milestone_done, name="milestone_done"
    ),
]

# --- What needs doing ------------------------------------------------------------------------
urlpatterns += [
    path("c/<slug:company_slug>/tasks/", tasks.task_list, name="task_list"),
]

# --- Against the plan ------------------------------------------------------------------------
urlpatterns += [
    path(f"{PLAN}report.json", report.report, name="report"),
    path(f"{PLAN}variance/", variance.variance, name="variance"),
    path(f"{PLAN}variance/<month:month>/", variance.variance_month, name="variance_month"),
    path(f"{PLAN}cash/", cash.cash, name="cash"),
    path(f"{PLAN}what-if/", what_if.what_if, name="what_if"),
    path(f"{PLAN}summary/", summary.summary, name="summary"),
    path(f"{PLAN}summary/links/new/", summary.summary_link_new, name="summary_link_new"),
    path(
        f"{PLAN}summary/links/<int:summary_link_id>/withdraw/",
        summary.summary_link_withdraw,
        name="summary_link_withdraw",
    ),
    path("s/<str:token>/", summary.summary_shared, name="summary_shared"),
    path(f"{PLAN}decisions/", decisions.decision_list, name="decision_list"),
    path(f"{PLAN}decisions/new/", decisions.decision_new, name="decision_new"),
    path(f"{PLAN}decisions/<int:decision_id>/edit/", decisions.decision_edit, name="decision_edit"),
    path(
        f"{PLAN}decisions/<int:decision_id>/delete/",
        decisions.decision_delete,
        name="decision_delete",
    ),
]

# --- The month's end -------------------------------------------------------------------------
urlpatterns += [
    path(f"{PLAN}reviews/", reviews.review_list, name="review_list"),
    path(f"{PLAN}reviews/<month:month>/", reviews.review_detail, name="review_detail"),
    path(f"{PLAN}reviews/<month:month>/count/", reviews.month_count, name="month_count"),
    path(f"{PLAN}reviews/<month:month>/close/", reviews.month_close, name="month_close"),
    path(f"{PLAN}reviews/<month:month>/reopen/", reviews.month_reopen, name="month_reopen"),
]

# --- Files in and out ------------------------------------------------------------------------
urlpatterns += [
    path(f"{PLAN}budget/export.xlsx", exports.budget_export, name="budget_export"),
    path(f"{PLAN}budget/import/", imports.budget_import, name="budget_import"),
    path(
        f"{PLAN}budget/import/<str:token>/",
        imports.budget_import_confirm,
        name="budget_import_confirm",
    ),
    path(f"{PLAN}actuals/import/", imports.actual_import, name="actual_import"),
    path(
        f"{PLAN}actuals/import/<str:token>/",
        imports.actual_import_confirm,
        name="actual_import_confirm",
    ),
    path(f"{PLAN}variance/<month:month>.xlsx", exports.variance_export, name="variance_export"),
    path(f"{PLAN}folder.zip", exports.folder_export, name="folder_export"),
]
