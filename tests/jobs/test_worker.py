"""A real worker process on both brokers: it is woken, it may die, and nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from aop.jobs.models import Job, JobState
from aop.jobs.queue import LEASE, enqueue
from aop.tenancy.models import Company
from tests.backing.servers import start

WAIT_SECONDS = 60
WAKE = "import django; django.setup(); from aop.jobs.queue import wake; wake()"

pytestmark = pytest.mark.django_db(transaction=True)


def database_url() -> str:
    """The address of the database this test runs on, for another process."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    host = str(values["HOST"]).replace("/", "%2F")
    login = f"{values['USER']}:{values['PASSWORD']}" if values["PASSWORD"] else values["USER"]
    port = f":{values['PORT']}" if values["PORT"] else ""
    return f"postgres://{login}@{host}{port}/{values['NAME']}"


@pytest.fixture(params=["filesystem", "redis"])
def surroundings(request: pytest.FixtureRequest, notes: Path) -> dict[str, str]:
    """The environment of a process that shares database and broker with this test."""
    redis = request.getfixturevalue("redis_url") if request.param == "redis" else ""
    values = {"DATABASE_URL": database_url(), "AOP_VAR": f"{notes / 'var'}", "REDIS_URL": redis}
    return {**os.environ, **values}


@pytest.fixture
def start_worker(surroundings: dict[str, str]) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    workers = []

    def start_one() -> "subprocess.Popen[bytes]":
        options = ["--concurrency=1", "--loglevel=WARNING", "--include=tests.jobs.handlers"]
        options += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        command = [sys.executable, "-m", "celery", "-A", "aop.celery", "worker", *options]
        root = str(settings.BASE_DIR)
        workers.append(start(command, signal.SIGKILL, env=surroundings, cwd=root))
        return workers[-1]

    yield start_one
    for worker in workers:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()


def wake(surroundings: dict[str, str]) -> None:
    """Send the wake-up as the web process does, with the broker of the worker."""
    subprocess.run(
        [sys.executable, "-c", WAKE], cwd=settings.BASE_DIR, env=surroundings, check=True
    )


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "the worker did not get there"
        time.sleep(0.1)


def states() -> list[str]:
    return sorted(Job.objects.values_list("state", flat=True))


def test_it_runs_what_a_web_process_puts_in(
    company: Company,
    notes: Path,
    surroundings: dict[str, str],
    start_worker: Callable[[], "subprocess.Popen[bytes]"],
) -> None:
    worker = start_worker()
    for number in range(20):
        enqueue("tests.note", company.pk, f"{number}", word=f"n{number}")
    wake(surroundings)

    wait_until(lambda: states() == [JobState.DONE] * 20)
    assert all((notes / f"n{n}").read_text() == f"{company.pk}\n" for n in range(20))
    worker.terminate()
    assert worker.wait(timeout=WAIT_SECONDS) == 0


def test_it_loses_nothing_when_the_worker_is_killed(
    company: Company,
    notes: Path,
    surroundings: dict[str, str],
    start_worker: Callable[[], "subprocess.Popen[bytes]"],
) -> None:
    (notes / "hang").touch()
    enqueue("tests.hang", company.pk, "a", word="in-hand")
    enqueue("tests.note", company.pk, "b", word="behind")
    killed = start_worker()
    wake(surroundings)
    wait_until((notes / "started").exists)

    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    (notes / "hang").unlink()
    # Six minutes pass.
    Job.objects.filter(state=JobState.RUNNING).update(claimed_at=timezone.now() - LEASE * 2)
    start_worker()
    wake(surroundings)

    wait_until(lambda: states() == [JobState.DONE] * 2)
    assert sorted(Job.objects.values_list("attempts", flat=True)) == [1, 2]
    assert (notes / "in-hand").read_text() == (notes / "behind").read_text() == f"{company.pk}\n"


def test_it_lets_the_web_go_on_when_the_broker_is_away(notes: Path) -> None:
    away = {**os.environ, "AOP_VAR": f"{notes}", "REDIS_URL": "redis://127.0.0.1:1/0"}

    done = subprocess.run(
        [sys.executable, "-c", WAKE],
        cwd=settings.BASE_DIR,
        env=away,
        check=False,
        capture_output=True,
        text=True,
        timeout=WAIT_SECONDS,
    )

    assert done.returncode == 0
    assert "jobs wait for the next sweep" in done.stderr
