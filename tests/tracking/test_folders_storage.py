"""Where a plan folder lies: a directory, or an archive from a stranger."""

import io
import zipfile
from pathlib import Path

import pytest

from aop.calc.reading.folder_problems import FolderRefused
from planning.folders.sentences import problem_sentence
from tests.plan_folders import sample_files
from tracking.folders import storage
from tracking.folders.storage import read_directory, read_zip, write_directory, zip_bytes
from tracking.folders.whole import read_plan_folder, write_plan_folder


def packed(members: dict[str, bytes]) -> bytes:
    """Return an archive of the members as they are named."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def refusal(data: bytes) -> str:
    """Return the code of the one problem of an archive."""
    with pytest.raises(FolderRefused) as refused:
        read_zip(data)
    (problem,) = refused.value.problems
    assert problem_sentence(problem).endswith(".")
    return problem.code


def test_a_directory_is_written_and_read(tmp_path: Path) -> None:
    folder = read_plan_folder(sample_files())
    write_directory(tmp_path / "new" / "plan", write_plan_folder(folder))

    assert read_plan_folder(read_directory(tmp_path / "new" / "plan")) == folder


def test_a_directory_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderRefused) as refused:
        read_directory(tmp_path / "nothing")

    assert refused.value.problems[0].code == "no_folder"


def test_hidden_files_and_folders_of_a_directory_are_left_alone(tmp_path: Path) -> None:
    write_directory(tmp_path, {".DS_Store": b"x", "goals.json": b"[]", "photo.png": b"x"})
    (tmp_path / "old").mkdir()

    assert read_directory(tmp_path) == {"goals.json": b"[]", "photo.png": b""}


@pytest.mark.parametrize("top", ["", "babycare/"])
def test_an_archive_may_hold_the_folder_or_its_files(top: str) -> None:
    files = write_plan_folder(read_plan_folder(sample_files()))
    members = {f"{top}{name}": data for name, data in files.items()}

    assert read_zip(packed({**members, "__MACOSX/._goals.json": b"x"})) == files


def test_an_archive_is_written_the_same_each_time() -> None:
    files = write_plan_folder(read_plan_folder(sample_files()))

    assert zip_bytes(files) == zip_bytes(files)
    assert read_zip(zip_bytes(files)) == files


def test_what_is_no_part_of_a_folder_stays_packed() -> None:
    found = read_zip(packed({"goals.json": b"[]", "old/goals.json": b"[]", "film.mp4": b"x"}))

    assert found == {"goals.json": b"[]", "old/goals.json": b"", "film.mp4": b""}


@pytest.mark.parametrize(
    "name", ["../goals.json", "/goals.json", "a/../../goals.json", "a\\b.json"]
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert refusal(packed({name: b"[]"})) == "zip_bad_name"


def test_a_name_that_stands_twice_is_refused() -> None:
    data = packed({"goals.json": b"[]", "risks.json": b"[]"})

    assert refusal(data.replace(b"risks", b"goals")) == "zip_bad_name"


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    assert refusal(packed({"entries.csv": b"0" * 3_000_000})) == "zip_bomb"


def test_a_large_sum_of_members_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "LARGEST_TOTAL", 10)

    assert refusal(packed({"a": b"123456", "b": b"123456"})) == "zip_unpacks_too_large"


def test_too_many_members_are_refused() -> None:
    assert refusal(packed({f"{i}.txt": b"" for i in range(201)})) == "zip_too_many"


def test_a_large_archive_is_refused() -> None:
    assert refusal(b"PK" + bytes(storage.LARGEST_ARCHIVE)) == "zip_too_large"


def test_an_archive_with_a_password_is_refused() -> None:
    data = bytearray(packed({"goals.json": b"[]"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of the central directory

    assert refusal(bytes(data)) == "zip_encrypted"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip at all", b"\x00" * 100])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    assert refusal(data) == "bad_zip"


def test_a_damaged_archive_is_refused() -> None:
    data = bytearray(packed({"goals.json": b'["a long enough text to be damaged"]'}))
    data[45] ^= 0xFF

    assert refusal(bytes(data)) == "bad_zip"


def test_a_size_that_lies_is_refused() -> None:
    data = packed({"entries.csv": b"0" * 3_000_000})
    lie = data.replace((3_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))

    assert refusal(lie) == "bad_zip"
