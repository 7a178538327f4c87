"""Jobs are put in once, claimed once, tried again, and run for their company."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from aop.celery import app
from aop.jobs import queue
from aop.jobs.models import Job, JobState
from aop.jobs.queue import LEASE, MAX_ATTEMPTS, enqueue
from aop.jobs.registry import task
from aop.jobs.runner import run_due_jobs
from aop.jobs.tasks import sweep
from aop.tenancy.access import NestedTenantError, tenant
from aop.tenancy.models import Company
from tests.jobs import handlers

SECOND = timedelta(seconds=1)


def run_at(moment: datetime) -> int:
    """Run what is due at a moment that stands still."""
    return run_due_jobs(lambda: moment, SECOND)


def test_it_runs_a_job_once(company: Company, notes: Path) -> None:
    enqueue("tests.note", company.pk, "a", word="hello")

    assert [run_at(timezone.now()), run_at(timezone.now())] == [1, 0]
    assert (notes / "hello").read_text() == f"{company.pk}\n"
    assert Job.objects.get().state == JobState.DONE


def test_it_takes_work_with_the_same_key_once(company: Company, notes: Path) -> None:
    enqueue("tests.note", company.pk, "a", word="first")
    enqueue("tests.note", company.pk, "a", word="second")

    run_at(timezone.now())
    enqueue("tests.note", company.pk, "a", word="third")

    assert run_at(timezone.now()) == 0
    assert [path.name for path in notes.iterdir()] == ["first"]


def test_it_keeps_no_job_of_a_change_that_was_undone(company: Company) -> None:
    with transaction.atomic():
        enqueue("tests.note", company.pk, "a", word="never")
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def test_it_wakes_the_worker_after_the_commit(
    company: Company, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with app.connection_for_read() as broker, broker.SimpleQueue("celery") as messages:
        messages.clear()
        with django_capture_on_commit_callbacks(execute=True):
            enqueue("tests.note", company.pk, "a", word="hello")

        assert messages.get(timeout=5).headers["task"] == sweep.name == "aop.jobs.sweep"


def test_it_claims_a_row_for_one_of_two_workers(company: Company) -> None:
    enqueue("tests.note", company.pk, "a", word="hello")
    first = queue.claim_next(timezone.now())

    assert first is not None
    assert queue.claim_next(timezone.now()) is None


def test_it_takes_over_from_a_worker_that_died(company: Company, notes: Path) -> None:
    enqueue("tests.note", company.pk, "a", word="hello")
    now = timezone.now()
    dead = queue.claim_next(now)

    assert run_at(now + LEASE - SECOND) == 0
    assert run_at(now + LEASE + SECOND) == 1
    assert dead is not None
    queue.give_back(dead, "late", now)  # the dead one wakes up after all: it holds nothing now
    assert Job.objects.get().state == JobState.DONE


def test_it_tries_again_later_and_gives_up_in_the_end(company: Company) -> None:
    enqueue("tests.fail", company.pk, "a", word="salary")
    now = timezone.now()

    waits = []
    for _attempt in range(MAX_ATTEMPTS):
        assert run_at(now) == 1
        job = Job.objects.get()
        waits.append((job.due_at - now).total_seconds())
        now = max(now, job.due_at)

    assert waits[:-1] == [30, 60, 120, 240]
    assert (job.state, job.attempts, run_at(now + timedelta(days=1))) == (JobState.FAILED, 5, 0)
    assert job.error.startswith("ValueError at handlers.py:")
    assert "salary" not in job.error


def test_it_gives_up_on_a_task_that_nobody_knows(company: Company) -> None:
    enqueue("tests.unheard_of", company.pk, "a")

    run_at(timezone.now())

    assert Job.objects.get().error.startswith("UnknownTaskError")


def test_it_names_the_company_before_the_task_starts(company: Company) -> None:
    other = Company.objects.create(name="Other", slug="other", currency="VND")
    refused = []

    @task("tests.other_company")
    def look_elsewhere(company_id: int) -> None:
        with pytest.raises(NestedTenantError), tenant(other):
            pass
        refused.append(company_id)

    enqueue("tests.other_company", company.pk, "a")
    run_at(timezone.now())

    assert refused == [company.pk]


def test_it_refuses_two_tasks_of_one_name() -> None:
    with pytest.raises(ValueError, match=r"tests\.note"):
        task("tests.note")(handlers.hang)


def test_it_starts_no_more_jobs_when_the_time_is_used_up(company: Company, notes: Path) -> None:
    for word in ("one", "two", "three"):
        enqueue("tests.note", company.pk, word, word=word)
    ticks = iter(timezone.now() + SECOND * n for n in range(10))

    assert run_due_jobs(lambda: next(ticks), SECOND * 4) == 1
    assert queue.is_anything_due(timezone.now())


def test_it_forgets_what_was_done_long_ago(company: Company, notes: Path) -> None:
    enqueue("tests.note", company.pk, "a", word="hello")
    run_at(timezone.now())

    queue.forget_old(timezone.now() + timedelta(days=29))
    assert Job.objects.exists()
    queue.forget_old(timezone.now() + timedelta(days=31))
    assert not Job.objects.exists()
