"""Addresses of the tracking app, all below `c/<company_slug>/`."""

from django.urls import URLPattern, URLResolver, path

from tracking.views import home, start

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
