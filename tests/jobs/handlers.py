"""Tasks that only the tests have; the worker of the tests is told to import them."""

import os
import time
from pathlib import Path

from aop.jobs.registry import task


def notes() -> Path:
    """Return the folder the tasks leave their traces in."""
    return Path(os.environ["AOP_TEST_NOTES"])


@task("tests.note")
def note(company_id: int, *, word: str) -> None:
    """Write down that it ran."""
    with (notes() / word).open("a", encoding="utf-8") as file:
        file.write(f"{company_id}\n")


@task("tests.hang")
def hang(company_id: int, *, word: str) -> None:
    """Hang while the file `hang` exists, so that a test can kill the worker meanwhile."""
    (notes() / "started").touch()
    while (notes() / "hang").exists():
        time.sleep(0.05)
    note(company_id, word=word)


@task("tests.fail")
def fail(company_id: int, *, word: str) -> None:
    """Fail with a text that must not be kept."""
    raise ValueError(f"secret of company {company_id}: {word}")
