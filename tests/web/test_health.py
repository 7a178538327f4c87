"""Alive and ready, and the truth when not."""

import pytest
from django.db import connection
from django.test import Client

from aop.celery import app
from aop.web.health import sqlite_warning


def test_it_says_that_it_lives(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


@pytest.mark.django_db
def test_it_says_that_it_is_ready(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["database"] is answer.json()["broker"] is True


@pytest.mark.django_db
def test_it_says_which_part_is_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.conf, "broker_write_url", "redis://127.0.0.1:1/0")

    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert (answer.json()["database"], answer.json()["broker"]) == (True, False)


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_it_warns_of_an_sqlite_that_may_lose_data(version: tuple[int, ...], is_safe: bool) -> None:
    assert (sqlite_warning(version, "sqlite") is None) == is_safe


def test_it_does_not_speak_of_sqlite_on_postgresql() -> None:
    assert sqlite_warning((3, 40, 1), "postgresql") is None


@pytest.mark.django_db
def test_the_embedded_database_keeps_what_it_acknowledged() -> None:
    if connection.vendor != "sqlite":
        assert connection.settings_dict["CONN_HEALTH_CHECKS"]
        return
    with connection.cursor() as cursor:
        pragmas = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "foreign_keys", "recursive_triggers", "busy_timeout")
        }

    assert pragmas == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 20_000,
    }
