"""The only Celery task: sweep the queue."""

from datetime import timedelta

from django.utils import timezone

from aop.celery import app
from aop.jobs import queue, runner

# Of the five minutes a sweep may take (CELERY_TASK_TIME_LIMIT), it starts jobs during one.
BUDGET = timedelta(minutes=1)


@app.task(name=queue.SWEEP)
def sweep() -> None:
    """Run the jobs that are due; when the time is used up, ask for another sweep."""
    runner.run_due_jobs(timezone.now, BUDGET)
    if queue.is_anything_due(timezone.now()):
        queue.wake()
    queue.forget_old(timezone.now())
