from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from aop.calc.months import Month
from aop.tenancy import audit
from aop.tenancy.history import Change, HistoryLine, lines_of
from aop.tenancy.models import AppendOnlyError, AuditEntry, Company, Membership
from aop.tenancy.queries import HistoryFilter, history_of
from aop.tenancy.sentences import UnknownAction, sentence_of
from planning.models import Plan
from tests.factories import make_goal, make_initiative, make_kpi, make_line, make_risk


def told(company: Company, language: str = "en") -> HistoryLine:
    """Return the newest line of the history in words."""
    with override(language):
        return next(lines_of(AuditEntry.objects.for_company(company), company))


def shown(subject: Any, field: str, after: Any, actor: Membership) -> str:
    """Record that `field` changed, and return how the history writes its new value."""
    audit.record("planning.goal.updated", subject, actor=actor, changes={field: (None, after)})
    return told(actor.company).changes[0].after


def test_it_composes_sentences_of_noun_and_verb() -> None:
    with override("en"):
        assert sentence_of("planning.goal.updated") == "changed goal"
        assert sentence_of("tenancy.company.created") == "started the company"


@pytest.mark.parametrize(
    "action", ["planning.goal.exploded", "planning.unicorn.updated", "goal.updated", "x.goal.moved"]
)
def test_it_refuses_an_action_without_words(action: str, owner: Membership) -> None:
    with pytest.raises(UnknownAction):
        audit.record(action, owner, actor=owner)

    assert not AuditEntry.objects.for_company(owner.company).exists()


def test_it_says_who_what_and_why(plan: Plan, owner: Membership) -> None:
    goal = make_goal(plan, name="Grow revenue")
    changes = {"name": ("Grow", "Grow revenue"), "why": ("", "To feed six people")}
    audit.record("planning.goal.updated", goal, actor=owner, changes=changes, reason="New shop")

    line = told(plan.company)

    assert (line.who, line.sentence, line.subject) == ("Owner", "changed goal", "Grow revenue")
    assert (line.plan_year, line.reason) == (2026, "New shop")
    assert line.changes == (
        Change("Goal", "Grow", "Grow revenue"),
        Change("Why this goal", "—", "To feed six people"),
    )


def test_it_writes_values_with_the_unit_of_their_column(plan: Plan, owner: Membership) -> None:
    money_goal = make_goal(plan, unit="money")
    share_goal = make_goal(plan, kpi=make_kpi(plan, unit="ratio"))
    line = make_line(plan)

    assert shown(money_goal, "target", Decimal(7_200_000_000), owner) == "7,200,000,000\xa0₫"
    assert shown(share_goal, "target", Decimal("0.450000"), owner) == "45%"
    assert shown(money_goal, "kind", "at_least", owner) == "Stay at or above"
    assert shown(money_goal, "rank", 2, owner) == "2"
    assert shown(line, "is_private", True, owner) == "yes"
    assert shown(line, "opening_balance_amount", 5_000_000, owner) == "5,000,000\xa0₫"
    assert shown(line, "driver_ratio", Decimal("0.065"), owner) == "6.5%"
    assert shown(make_initiative(plan), "start", date(2026, 2, 1), owner) == "1\xa0Feb\xa02026"
    assert shown(plan, "first_month", date(2026, 4, 1), owner) == "Apr\xa02026"


def test_it_writes_what_is_no_column(plan: Plan, owner: Membership) -> None:
    changes = {
        "2026-03": (None, 1_000_000),
        "BAU 2026-04": (None, Decimal("62.50")),
        "MKT-SOCIAL": (2, 3_000),
        "goals": (["G1"], ["G1", "G2"]),
        "measure": ({"manual": True}, {"total": ["REV", "ONL"]}),
    }
    audit.record("planning.goal.updated", make_goal(plan), actor=owner, changes=changes)

    assert told(plan.company).changes == (
        Change("Mar\xa02026", "—", "1,000,000\xa0₫"),
        Change("BAU Apr\xa02026", "—", "62.5"),
        Change("MKT-SOCIAL", "2\xa0₫", "3,000\xa0₫"),
        Change("Goals", "G1", "G1, G2"),
        Change("measure", "manual: yes", "total: REV, ONL"),
    )


def test_it_writes_amounts_in_the_currency_of_the_company(plan: Plan, owner: Membership) -> None:
    plan.company.currency = "USD"
    plan.company.save()
    risk = make_risk(plan)
    changes = {"contingency_amount": (None, 123_456)}
    audit.record("planning.risk.updated", risk, actor=owner, changes=changes)

    assert told(plan.company).changes[0].after == "$1,234.56"


def test_it_writes_a_moment_in_the_time_zone_of_the_company(plan: Plan, owner: Membership) -> None:
    month = plan.months.first()
    assert month is not None
    closed_at = datetime(2026, 2, 4, 18, 30, tzinfo=UTC)
    changes = {"closed_at": (None, closed_at)}
    audit.record("budgets.month.closed", month, actor=owner, changes=changes)

    line = told(plan.company, "vi")

    assert line.subject == "T1/2026"
    assert line.changes[0].after == "05/02/2026 01:30"


def test_it_names_the_system_for_commands(company: Company) -> None:
    audit.record_by_system("tracking.company.loaded", company, plan_year=2026)

    assert told(company).who == "the system"


def test_nobody_rewrites_it(owner: Membership) -> None:
    entry = audit.record("tenancy.member.joined", owner, actor=owner)

    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.for_company(owner.company).update(reason="")
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.for_company(owner.company).delete()


def test_private_lines_are_for_those_who_may_see_them(plan: Plan, owner: Membership) -> None:
    line, company = make_line(plan, name="Lương", is_private=True), plan.company
    audit.record("budgets.line.created", line, actor=owner, is_private=True)
    audit.record("planning.goal.created", make_goal(plan), actor=owner)
    everything = HistoryFilter()

    assert history_of(company, everything, with_private=True).count() == 2
    public = history_of(company, everything, with_private=False).get()
    assert public.action == "planning.goal.created"


@pytest.fixture
def busy(plan: Plan, owner: Membership, accountant: Membership) -> Company:
    """A company with three lines of history by two people."""
    audit.record("planning.goal.created", make_goal(plan, name="Tăng trưởng"), actor=owner)
    line = make_line(plan, name="Thuê nhà")
    audit.record("budgets.line.updated", line, actor=accountant, reason="Hợp đồng mới")
    audit.record("budgets.line.deleted", line, actor=owner)
    return plan.company


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 3),
        ("?q=Thu%C3%AA", 2),
        ("?q=H%E1%BB%A3p+%C4%91%E1%BB%93ng", 1),
        ("?q=Accountant", 1),
        ("?subject=goal", 1),
        ("?subject=line&q=m%E1%BB%9Bi", 1),
        ("?subject=unicorn", 3),
        ("?person=nobody", 3),
        ("?q=nothing-like-it", 0),
        ("?page=99", 3),
    ],
)
def test_the_page_finds(query: str, expected: int, busy: Company, as_owner: Client) -> None:
    response = as_owner.get(f"/c/{busy.slug}/history/{query}")

    assert response.status_code == 200
    assert len(response.context["lines"]) == expected


def test_the_page_finds_a_person(busy: Company, accountant: Membership, as_owner: Client) -> None:
    response = as_owner.get(f"/c/{busy.slug}/history/?person={accountant.user.pk}")

    assert [line.who for line in response.context["lines"]] == ["Accountant"]


def test_the_page_answers_htmx_with_the_lines_alone(busy: Company, as_owner: Client) -> None:
    response = as_owner.get(f"/c/{busy.slug}/history/", headers={"hx-request": "true"})

    assert response.content.lstrip().startswith(b'<section class="card c12" id="history-lines"')
    assert "HX-Request" in response.headers["Vary"]


def test_the_page_shows_moments_where_the_company_is(
    owner: Membership, as_owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = datetime(2026, 11, 21, 18, 5, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: evening)
    audit.record("tenancy.member.joined", owner, actor=owner)

    page = as_owner.get(f"/c/{owner.company.slug}/history/").content.decode()

    assert "22/11/2026" in page
    assert "01:05" in page


@pytest.mark.parametrize("number", [10, 200])
def test_the_page_costs_the_same_for_a_long_history(
    number: int,
    plan: Plan,
    owner: Membership,
    as_owner: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    goal = make_goal(plan)
    for amount in range(number):
        changes = {str(Month(2026, 1)): (None, amount)}
        audit.record("planning.goal.updated", goal, actor=owner, changes=changes)

    with django_assert_max_num_queries(12):
        response = as_owner.get(f"/c/{plan.company.slug}/history/")

    assert len(response.context["lines"]) == min(number, 50)


def test_what_people_typed_stays_text(plan: Plan, owner: Membership, as_owner: Client) -> None:
    attack = "<script>alert(1)</script>"
    goal = make_goal(plan, name=attack)
    audit.record("planning.goal.created", goal, actor=owner, reason=attack)

    page = as_owner.get(f"/c/{plan.company.slug}/history/?q={attack}").content.decode()

    assert attack not in page
    assert "&lt;script&gt;" in page
