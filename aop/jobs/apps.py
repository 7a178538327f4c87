"""Background work: rows in the database that a worker claims and runs."""

from django.apps import AppConfig

from aop.celery import app


class JobsConfig(AppConfig):
    """Makes our Celery app the one that tasks bind to, in every process."""

    name = "aop.jobs"
    verbose_name = "Background work"

    def ready(self) -> None:
        """Set the app as default; importing it above loads neither settings nor models."""
        app.set_default()
