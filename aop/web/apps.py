"""What all pages share: htmx answers, number filters, chart geometry, navigation."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "aop.web"
    label = "web"
