"""Nothing in the repository names a machine it was written on or a package registry."""

import re
import subprocess

import pytest

from tests.architecture.source import ROOT

# Written in parts, so that this file does not find itself.
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com")
MACHINE = re.compile(r"(?<![\w.~$/{}*-])/" + r"(?:work|root|home|tmp)/\w")


def tracked() -> dict[str, str]:
    """Return the text of every file that git keeps, by name."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=False, capture_output=True)
    if listed.returncode != 0:
        pytest.fail("This guard reads the list of files from git: run it in a checkout.")
    names = [name for name in listed.stdout.decode().split("\0") if (ROOT / name).is_file()]
    return {name: (ROOT / name).read_bytes().decode("utf-8", "replace") for name in names}


def test_no_file_names_a_package_registry() -> None:
    hits = [f"{name}: {r}" for name, text in tracked().items() for r in REGISTRIES if r in text]

    assert not hits, "\n".join(hits)


def test_no_file_names_a_path_of_a_machine() -> None:
    hits = [
        f"{name}: {text[hit.start() : hit.end() + 20].splitlines()[0]}"
        for name, text in tracked().items()
        for hit in MACHINE.finditer(text)
    ]

    assert not hits, "\n".join(hits)


def test_no_generated_file_is_kept() -> None:
    generated = re.compile(r"\.(?:mo|pyc|sqlite3)$|^var/|^node_modules/|^\.venv/")

    kept = [name for name in tracked() if generated.search(name)]
    assert not kept, "\n".join(kept)
