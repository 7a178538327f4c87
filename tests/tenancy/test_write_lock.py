"""Whoever reads never waits for somebody who writes."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from aop.tenancy.roles import Role
from planning.models import Plan
from tests.cast import signed_in
from tests.factories import make_invitation, make_kpi, make_member
from tests.tenancy.walking import LET_IN, known, table, url_of
from tracking.models import SummaryLink
from tracking.services.companies import Destination, load_company, sample_folder

MOST_SECONDS = 3


@contextmanager
def somebody_writes() -> Iterator[None]:
    """Hold what a writer holds: SQLite's write lock, on PostgreSQL a lock on every table."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as writer:
            writer.execute("BEGIN IMMEDIATE")
            yield
        return
    names = ", ".join(f'"{model._meta.db_table}"' for model in apps.get_models())
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as writer:
        writer.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")  # our own names
        yield
        writer.rollback()


@pytest.mark.django_db(transaction=True)
def test_every_page_answers_while_somebody_writes() -> None:
    company = load_company(sample_folder(), Destination())
    client = signed_in(make_member(company, Role.OWNER))
    make_invitation(company)
    plan = Plan.objects.for_company(company).get()
    make_kpi(plan, measure={"manual": True})
    SummaryLink.objects.create(company=company, plan=plan, token_digest="0" * 64)
    pages = [a for a in known().values() if table()[a.name].expected("GET", "owner") == "in"]

    with somebody_writes():
        started = time.monotonic()
        answers = {page.name: client.get(url_of(page, company)).status_code for page in pages}

    assert time.monotonic() - started < MOST_SECONDS * len(pages)
    assert set(answers.values()) <= LET_IN
