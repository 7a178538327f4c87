"""What all pages share: htmx answers, number filters, chart geometry, navigation."""

from django.apps import AppConfig
from django.urls import register_converter

from aop.web.converters import MonthConverter


class WebConfig(AppConfig):
    name = "aop.web"
    label = "web"

    def ready(self) -> None:
        """Let addresses hold months."""
        register_converter(MonthConverter, "month")
