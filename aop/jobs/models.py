"""The row that stands for one piece of background work."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where a job stands; failed means that it was given up after the last attempt."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Job(models.Model):
    """One piece of work for one company: a task's name and the ids it starts from.

    It holds no data of the company, so it carries a plain `company_id`: this app lies below
    tenancy and knows no company.
    """

    name = models.CharField(max_length=100)
    company_id = models.BigIntegerField()
    key = models.CharField(max_length=200)
    ids = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company_id", "name", "key"], name="job_once_per_key"),
            models.UniqueConstraint(fields=["company_id", "id"], name="job_of_company"),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="job_next")]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"
