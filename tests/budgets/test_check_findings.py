"""Every finding of the checks has a sentence in both languages and leads to its cure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from aop.calc.checks import CheckCode, Severity, plan_checks, year_checks
from aop.calc.figures import Figures
from aop.calc.report.facts import DecisionFacts
from aop.tenancy.models import Membership
from budgets.queries.facts import plan_facts
from budgets.queries.finding_details import DETAILS
from budgets.queries.findings import (
    CURES,
    NOUNS,
    SENTENCES,
    SaidFinding,
    say_findings,
    say_linked_spending,
)
from planning.models import Plan
from tests.factories import (
    JANUARY,
    close_month,
    make_allocation,
    make_goal,
    make_initiative,
    make_initiative_budget,
    make_line,
    make_milestone,
    make_month,
    make_not_doing,
    make_person,
    make_year,
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def said(plan: Plan, member: Membership) -> dict[CheckCode | None, SaidFinding]:
    """Return what the plan's own checks say to a member, by code."""
    figures = Figures(plan_facts(plan))
    found = plan_checks(figures.facts, figures)
    return {one.code: one for one in say_findings(plan, figures, found, member=member)}


def test_every_code_has_a_sentence_and_a_cure() -> None:
    assert set(SENTENCES) == set(CheckCode)
    assert set(CURES) == set(CheckCode)


@pytest.mark.parametrize("code", CheckCode)
def test_every_cure_has_an_address(code: CheckCode) -> None:
    cure = CURES[code]
    subject = {cure.key: 1} if cure.key else {}

    assert reverse(cure.url_name, kwargs={"company_slug": "shop", "year": 2026} | subject)


@pytest.mark.parametrize("code", CheckCode)
def test_every_sentence_is_filled(code: CheckCode) -> None:
    text = str(SENTENCES[code])

    has_values = code in DETAILS or code in NOUNS
    assert ("%(" in text) == has_values


def test_an_empty_plan_needs_a_goal(plan: Plan, owner: Membership) -> None:
    found = said(plan, owner)[CheckCode.NO_GOAL]

    assert found.severity is Severity.ERROR
    assert found.text == "The plan has no goal yet."
    assert found.url == "/c/babycare-house/2026/goals/add/"
    assert found.action == "Add goal"


def test_a_goal_is_named_with_what_it_lacks(plan: Plan, owner: Membership) -> None:
    goal = make_goal(plan, target=None, baseline=None, basis="")

    found = said(plan, owner)
    assert found[CheckCode.GOAL_INCOMPLETE].text == (
        "G1 Tăng tổng doanh thu still lacks: target, basis, person in charge."
    )
    assert found[CheckCode.GOAL_INCOMPLETE].url == f"/c/babycare-house/2026/goals/{goal.pk}/edit/"
    assert "starting value" in found[CheckCode.GOAL_WITHOUT_BASELINE].text


def test_an_initiative_is_named_with_what_it_lacks(plan: Plan, owner: Membership) -> None:
    make_initiative(plan, start=None, end=date(2027, 2, 1))

    text = said(plan, owner)[CheckCode.INITIATIVE_INCOMPLETE].text
    assert text == (
        "A1 Gian hàng online chính still lacks: goal, person in charge, start, "
        "months inside the year, money (0 if it costs nothing)."
    )


def test_numbers_stand_in_the_sentence(plan: Plan, owner: Membership) -> None:
    line = make_line(plan, code="MKT", name="Quảng cáo")
    make_month(line, JANUARY, 400_000_000)
    make_initiative_budget(make_initiative(plan), "MKT", 500_000_000)

    found = said(plan, owner)
    assert found[CheckCode.INITIATIVES_OVER_LINE].text == (
        "The initiatives want ₫500M of Quảng cáo, which plans only ₫400M."
    )
    assert found[CheckCode.CASH_NEGATIVE].text == "Cash runs out in January\xa02026: −₫80M."
    assert found[CheckCode.PLAN_MISSING].text.startswith("Quảng cáo has no plan in Feb, Mar,")
    assert found[CheckCode.PLANNED_LOSS].text == "The plan ends with an operating loss of ₫400M."


def test_an_overload_names_person_month_and_load(plan: Plan, owner: Membership) -> None:
    make_allocation(make_person(plan), percent=120)

    text = said(plan, owner)[CheckCode.OVER_CAPACITY].text
    assert text == "Nguyễn Thu Hà has 120% of a month's work in January\xa02026."


def test_a_private_line_is_named_to_those_who_may_know(
    plan: Plan, owner: Membership, accountant: Membership, staff: Membership, viewer: Membership
) -> None:
    make_month(make_line(plan, name="Lương", is_private=True))

    assert CheckCode.PLAN_MISSING in said(plan, owner)
    assert CheckCode.PLAN_MISSING in said(plan, accountant)
    for member in (staff, viewer):
        assert "Lương" not in str(said(plan, member))


def test_a_private_driver_stays_private_too(plan: Plan, viewer: Membership) -> None:
    driver = make_line(plan, name="Thu riêng", kind="revenue", is_private=True)
    make_year(make_line(plan, name="Phí sàn", driver=driver))

    assert CheckCode.DRIVER_WITHOUT_RATE not in said(plan, viewer)


def test_who_may_not_mend_it_gets_no_link(plan: Plan, viewer: Membership) -> None:
    found = said(plan, viewer)[CheckCode.NO_GOAL]

    assert (found.url, found.action) == ("", "")


def test_the_year_has_its_findings(plan: Plan, owner: Membership) -> None:
    make_milestone(make_initiative(plan), "Mở gian hàng", due=date(2026, 1, 20))
    close_month(plan, JANUARY)
    close_month(plan, JANUARY.plus(1))
    facts = replace(plan_facts(plan), decisions=(DecisionFacts(date(2026, 1, 9)),))

    texts = [
        one.text for one in say_findings(plan, Figures(facts), year_checks(facts), member=owner)
    ]
    assert texts == [
        "A1 Gian hàng online chính: overdue is “Mở gian hàng”.",
        "A decision of 9\xa0Jan\xa02026 serves no goal.",
        "January\xa02026 is closed, but was never reviewed.",
    ]


def test_it_says_what_serves_the_goals(plan: Plan, owner: Membership) -> None:
    assert say_linked_spending(plan, Figures(plan_facts(plan))) is None

    make_year(make_line(plan, code="MKT"), 10_000_000)
    work = make_initiative(plan, goals=(make_goal(plan),))
    make_initiative_budget(work, "MKT", 30_000_000)
    found = say_linked_spending(plan, Figures(plan_facts(plan)))
    assert found is not None
    assert found.text.startswith("₫30M of ₫120M planned spending, 25%, serves a goal")


def test_many_findings_take_one_query(
    plan: Plan, owner: Membership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_not_doing(plan)
    for number in range(30):
        make_month(make_line(plan, f"Dòng {number}"))
    figures = Figures(plan_facts(plan))
    found = plan_checks(figures.facts, figures)

    with django_assert_num_queries(1):
        assert len(say_findings(plan, figures, found, member=owner)) > 30
