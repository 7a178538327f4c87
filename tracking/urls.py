"""Addresses of the tracking app, all below `c/<company_slug>/`."""

from django.urls import URLPattern, URLResolver, path

from tracking.views import actuals, home, start

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
