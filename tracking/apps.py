"""The tracking app."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """See the map of the code in the README."""

    name = "tracking"
