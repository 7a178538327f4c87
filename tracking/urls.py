"""Addresses of the tracking app, all below `c/<company_slug>/`."""

from django.urls import URLPattern, URLResolver

app_name = "tracking"

urlpatterns: list[URLPattern | URLResolver] = []
