"""Runs the jobs that are due, each for its company.

A job names its company before its task starts, so that no task can forget it. This app lies
below tenancy, therefore the setting `JOBS_COMPANY_CONTEXT` gives the dotted path of a function
that takes a company's id and returns the context in which everything works for that company.
The tick mark is written outside of it: on PostgreSQL the context is one transaction.
"""

import logging
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from aop.jobs import queue
from aop.jobs.models import Job
from aop.jobs.registry import handler_of

log = logging.getLogger(__name__)

CompanyContext = Callable[[int], AbstractContextManager[None]]
Clock = Callable[[], datetime]


def run_due_jobs(clock: Clock, budget: timedelta) -> int:
    """Run what is due until nothing is left or `budget` is used up; return how many ran."""
    started = clock()
    ran = 0
    while clock() - started < budget and (job := queue.claim_next(clock())) is not None:
        _run(job, clock)
        ran += 1
    return ran


def _run(job: Job, clock: Clock) -> None:
    try:
        handler = handler_of(job.name)
        company_context: CompanyContext = import_string(settings.JOBS_COMPANY_CONTEXT)
        with company_context(job.company_id):
            handler(job.company_id, **job.ids)
    except Exception as error:  # whatever a task raises, the queue goes on
        log.exception("Job %s (%s) failed, attempt %s.", job.pk, job.name, job.attempts)
        queue.give_back(job, _place(error), clock())
    else:
        queue.finish(job, clock())


def _place(error: Exception) -> str:
    """Name an error without its text, which may quote a company's data."""
    frames = traceback.extract_tb(error.__traceback__)
    last = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{last}"
