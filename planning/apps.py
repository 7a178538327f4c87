"""The planning app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """See the map of the code in the README."""

    name = "planning"
