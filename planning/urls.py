"""Addresses of the planning app, all below `c/<company_slug>/`."""

from django.urls import URLPattern, URLResolver

app_name = "planning"

urlpatterns: list[URLPattern | URLResolver] = []
