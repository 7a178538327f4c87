"""Every list takes the same number of queries for one row and for two hundred."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from planning.models import Plan
from tests.factories import (
    make_allocation,
    make_assumption,
    make_goal,
    make_initiative,
    make_initiative_budget,
    make_kpi,
    make_not_doing,
    make_person,
    make_priority,
    make_risk,
)
from tests.planning.pages import url_of

MOST = 25
PAGES = ["direction", "goal_list", "resource_list", "risk_list", "risk_add", "goal_add"]


def fill(plan: Plan, rows: int) -> None:
    for _ in range(rows):
        person = make_person(plan)
        goal = make_goal(plan, owner=person, kpi=make_kpi(plan))
        work = make_initiative(plan, goals=(goal,))
        make_initiative_budget(work)
        make_allocation(person, work, percent=130)
        make_risk(plan, goals=(goal,), owner=person, trigger_kpi=goal.kpi, trigger_op="<")
        make_priority(plan)
        make_not_doing(plan)
        make_assumption(plan)


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_it_takes_no_more_queries_for_more_rows(plan: Plan, as_owner: Client) -> None:
    fill(plan, 10)
    few = {name: queries_of(as_owner, url_of(plan, name)) for name in PAGES}

    fill(plan, 190)

    assert {name: queries_of(as_owner, url_of(plan, name)) for name in PAGES} == few
    assert max(few.values()) <= MOST
