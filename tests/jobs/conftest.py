"""A company for jobs to work for."""

from pathlib import Path

import pytest

from aop.tenancy.models import Company


@pytest.fixture
def company(db: None) -> Company:
    return Company.objects.create(name="Jobs", slug="jobs", currency="VND")


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the tasks of the tests write to."""
    monkeypatch.setenv("AOP_TEST_NOTES", str(tmp_path))
    return tmp_path
