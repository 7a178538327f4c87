"""Addresses of the budgets app, all below `c/<company_slug>/`."""

from django.urls import URLPattern, URLResolver

app_name = "budgets"

urlpatterns: list[URLPattern | URLResolver] = []
