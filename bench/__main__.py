"""All benchmarks in one run, as a table and as `bench/results.json`: `make bench`."""

import importlib
import json
import os
import platform
import sqlite3
import tempfile
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from bench.measurement import Measurement

# The registry: each module has `measure()`, which yields measurements.
BENCHMARKS = ("bench.numbers", "bench.pages")
RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    """Measure on a database of its own, made for this run and thrown away."""
    with tempfile.TemporaryDirectory(prefix="aop-bench-") as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["AOP_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "aop.settings"
        django.setup()
        _prepare()
        found = [m for name in BENCHMARKS for m in importlib.import_module(name).measure()]
    _print(found)
    surroundings = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    report = {**surroundings, "results": [measurement.as_json() for measurement in found]}
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def _prepare() -> None:
    settings.ROOT_URLCONF = "bench.urls"
    settings.ALLOWED_HOSTS = ["testserver"]
    for command in ("migrate", "createcachetable"):
        call_command(command, verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def _print(found: list[Measurement]) -> None:
    print(f"{'what':40} {'ms':>8} {'floor ms':>9} {'x floor':>8}  notes")
    for one in sorted(found, key=lambda m: -m.ratio):
        notes = ", ".join(f"{value} {name}" for name, value in one.notes.items())
        numbers = f"{one.milliseconds:8.1f} {one.floor_milliseconds:9.1f} {one.ratio:8.1f}"
        print(f"{one.name:40} {numbers}  {notes}")


if __name__ == "__main__":
    main()
