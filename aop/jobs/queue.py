"""The queue of background work: rows that are put in, claimed and ticked off.

The database is the queue. A row is written in the transaction of the change it belongs to, so
there is never a job without its change or a change without its job. The broker only carries
wake-ups: one that is lost costs up to a minute, until the next sweep, and never a job.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError

from aop.celery import app
from aop.jobs.models import Job, JobState

log = logging.getLogger(__name__)

SWEEP = "aop.jobs.sweep"
MAX_ATTEMPTS = 5
LOOK_AT = 20
FIRST_DELAY = timedelta(seconds=30)
KEPT_FOR = timedelta(days=30)
# A worker that has not finished by then is dead: the time limit of a sweep ended it before.
LEASE = timedelta(minutes=6)
WAKE_UP_EXPIRES_SECONDS = 300


def enqueue(name: str, company_id: int, key: str, **ids: int | str) -> None:
    """Have the task `name` run once the current transaction is committed.

    Args:
        name: The name under which an app's `tasks.py` registers the task.
        company_id: The company it works for.
        key: What makes this work one and the same; a second request with the key of a job
            that is known, done ones included, is no second job.
        ids: What the task starts from: ids and text such as `"2026-03"`, never data.
    """
    now = timezone.now()
    job = Job(name=name, company_id=company_id, key=key, ids=ids, created_at=now, due_at=now)
    Job.objects.bulk_create([job], ignore_conflicts=True)
    transaction.on_commit(wake)


def wake() -> None:
    """Ask a worker to look at the queue now; without a broker the next sweep finds it."""
    try:
        app.send_task(SWEEP, expires=WAKE_UP_EXPIRES_SECONDS, retry=False)
    except (OperationalError, OSError):
        log.warning("The broker cannot be reached; jobs wait for the next sweep.")


def claim_next(now: datetime) -> Job | None:
    """Take the job that has been due for longest, or return None when none is due.

    A conditional UPDATE decides: of two workers that see the same row, one changes it. Jobs of
    a worker that died come back when their lease has run out.
    """
    for job in _due(now).order_by("due_at", "pk")[:LOOK_AT]:
        seen = Job.objects.filter(pk=job.pk, state=job.state, attempts=job.attempts)
        if seen.update(state=JobState.RUNNING, attempts=F("attempts") + 1, claimed_at=now):
            job.refresh_from_db()
            return job
    return None


def is_anything_due(now: datetime) -> bool:
    """Return whether a job could be claimed."""
    return _due(now).exists()


def finish(job: Job, now: datetime) -> None:
    """Tick off a job that was done."""
    _held(job).update(state=JobState.DONE, finished_at=now, error="")


def give_back(job: Job, error: str, now: datetime) -> None:
    """Put back a job that failed, each time for twice as long; the last attempt ends it."""
    if job.attempts >= MAX_ATTEMPTS:
        _held(job).update(state=JobState.FAILED, finished_at=now, error=error[:200])
        return
    due_at = now + FIRST_DELAY * 2 ** (job.attempts - 1)
    _held(job).update(state=JobState.WAITING, due_at=due_at, error=error[:200])


def forget_old(now: datetime) -> None:
    """Delete the rows of jobs that were done long ago; failed ones stay to be looked at."""
    Job.objects.filter(state=JobState.DONE, finished_at__lt=now - KEPT_FOR).delete()


def _due(now: datetime) -> QuerySet[Job]:
    waiting = Q(state=JobState.WAITING, due_at__lte=now)
    abandoned = Q(state=JobState.RUNNING, claimed_at__lt=now - LEASE)
    return Job.objects.filter(waiting | abandoned)


def _held(job: Job) -> QuerySet[Job]:
    """The row, as long as this attempt still holds it: another worker may have taken over."""
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
