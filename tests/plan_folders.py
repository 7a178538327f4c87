"""Plan folders for tests: the sample, copies of it with one thing changed, what is wrong then."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from aop.calc.reading.folder_problems import FolderRefused, Problem
from tracking.folders.storage import read_directory
from tracking.folders.whole import read_plan_folder

SAMPLE = Path(settings.BASE_DIR) / "tracking" / "samples" / "babycare"
IMPORT_COMPANY = Path(settings.BASE_DIR) / "tests" / "data" / "imports" / "company"

Where = tuple[int | None, str, str]


def sample_files() -> dict[str, bytes]:
    """Return the files of the sample company."""
    return read_directory(SAMPLE)


def changed(file: str, old: str, new: str) -> dict[str, bytes]:
    """Return the sample with the first `old` of one file replaced, which has to be there."""
    files = sample_files()
    text = files[file].decode()
    assert old in text
    return {**files, file: text.replace(old, new, 1).encode()}


def problems_of(files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Return everything that is wrong with a folder."""
    try:
        read_plan_folder(files)
    except FolderRefused as refused:
        return refused.problems
    return ()


def places_of(files: Mapping[str, bytes], file: str) -> list[Where]:
    """Return row, field and code of each problem of one file."""
    return [(each.row, each.field, each.code) for each in problems_of(files) if each.file == file]
