"""Adding and changing KPIs: the way of measuring first, then exactly what it needs."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy.models import Membership
from budgets.services.kpis import KpiContent, add_kpi
from planning.models import Kpi, MeasureKind, Plan, PlanStatus
from tests.factories import (
    JANUARY,
    close_month,
    link_kpi,
    make_channel,
    make_goal,
    make_kpi,
    make_kpi_month,
    make_line,
    make_person,
    make_plan,
)

URL = "/c/babycare-house/2026/kpis/"


def typed(**values: Any) -> dict[str, Any]:
    return {"name": "Chỉ số", "better": "higher", "headline": "on", **values}


def add(client: Client, kind: str, goal: str = "", **values: Any) -> Any:
    return client.post(f"{URL}add/?measure={kind}&goal={goal}", typed(**values))


def approve(plan: Plan) -> None:
    plan.status, plan.approved_on = PlanStatus.APPROVED, date(2025, 12, 22)
    plan.save()


@pytest.fixture
def lines(plan: Plan) -> None:
    make_line(plan, "Cửa hàng", code="STO", kind="revenue", group="Doanh thu")
    make_line(plan, "Online", code="ONL", kind="revenue", group="Doanh thu")
    make_line(plan, "Giá vốn", code="COG", kind="cogs")


def test_the_way_of_measuring_comes_first(plan: Plan, as_owner: Client) -> None:
    page = as_owner.get(f"{URL}add/?goal=G1").content.decode()

    for kind in MeasureKind.values:
        assert f"{URL}add/?measure={kind}" in page


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize(
    ("kind", "values", "measure", "unit"),
    [
        ("total", {"lines": ["STO", "ONL"]}, {"total": ["STO", "ONL"]}, "money"),
        ("attainment", {"lines": ["STO"]}, {"attainment": ["STO"]}, "ratio"),
        (
            "ratio",
            {"of": ["ONL"], "to": ["STO", "ONL"]},
            {"ratio": {"of": ["ONL"], "to": ["STO", "ONL"]}},
            "ratio",
        ),
        (
            "margin",
            {"revenue": ["STO"], "cost": ["COG"]},
            {"margin": {"revenue": ["STO"], "cost": ["COG"]}},
            "ratio",
        ),
        ("closing_stock", {}, {"closing_stock": True}, "money"),
        ("closing_cash", {}, {"closing_cash": True}, "money"),
        ("manual", {"unit": "number"}, {"manual": True}, "number"),
    ],
)
def test_every_way_is_stored_with_its_unit(
    plan: Plan,
    as_owner: Client,
    kind: str,
    values: dict[str, Any],
    measure: dict[str, Any],
    unit: str,
) -> None:
    answer = add(as_owner, kind, **values)

    kpi = Kpi.objects.get()
    assert answer.headers["Location"] == URL
    assert (kpi.code, kpi.measure, kpi.unit, kpi.headline) == ("K1", measure, unit, True)


def test_a_load_names_a_person(plan: Plan, as_owner: Client) -> None:
    person = make_person(plan)
    add(as_owner, "load_of", person=person.pk)

    kpi = Kpi.objects.get()
    assert (kpi.measure, kpi.unit) == ({"load_of": "P1"}, "ratio")
    assert as_owner.get(f"{URL}{kpi.pk}/edit/").context["form"]["person"].value() == person.pk


@pytest.mark.usefixtures("lines")
def test_a_form_has_only_what_its_way_needs(plan: Plan, as_owner: Client) -> None:
    def fields(kind: str) -> set[str]:
        form = as_owner.get(f"{URL}add/?measure={kind}").context["form"]
        return {name for name in form.fields if not name.startswith("target-")}

    common = {"name", "better", "floor", "cap", "measures", "goals", "headline", "owner"}
    assert fields("closing_cash") == common
    assert fields("total") == common | {"lines"}
    assert fields("ratio") == common | {"of", "to"}
    assert fields("margin") == common | {"revenue", "cost"}
    assert fields("load_of") == common | {"person"}
    assert fields("manual") == common | {"unit"}


@pytest.mark.usefixtures("lines")
def test_a_margin_takes_revenue_and_costs_apart(plan: Plan, as_owner: Client) -> None:
    answer = add(as_owner, "margin", revenue=["COG"], cost=["STO"])

    assert answer.status_code == 422
    assert {"revenue", "cost"} <= set(answer.context["form"].errors)


@pytest.mark.usefixtures("lines")
def test_numbers_are_read_in_the_unit(plan: Plan, as_owner: Client) -> None:
    targets = {"target-2026-01": "45,5 %", "target-2026-12": "50"}
    add(as_owner, "ratio", of=["ONL"], to=["STO"], floor="40 %", cap="60", **targets)

    kpi = Kpi.objects.get()
    assert (kpi.floor, kpi.cap) == (Decimal("0.4"), Decimal("0.6"))
    stored = {Month.of(row.first_day): row.target_value for row in kpi.months.all()}
    assert stored == {JANUARY: Decimal("0.455"), Month(2026, 12): Decimal("0.5")}


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        ("total", {}, "lines"),
        ("total", {"lines": ["NOPE"]}, "lines"),
        ("closing_cash", {"name": ""}, "name"),
        ("closing_cash", {"better": "sideways"}, "better"),
        ("closing_cash", {"floor": "nhiều"}, "floor"),
        ("closing_cash", {"target-2026-03": "12.5.1"}, "target-2026-03"),
        ("manual", {"unit": "bananas"}, "unit"),
        ("load_of", {}, "person"),
    ],
)
@pytest.mark.usefixtures("lines")
def test_what_makes_no_sense_is_said_beside_it(
    plan: Plan, as_owner: Client, kind: str, values: dict[str, Any], field: str
) -> None:
    answer = add(as_owner, kind, **values)

    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Kpi.objects.exists()


def test_it_measures_the_goal_that_asked(plan: Plan, as_owner: Client) -> None:
    goal = make_goal(plan)
    form = as_owner.get(f"{URL}add/?measure=closing_cash&goal=G1").context["form"]
    assert form["measures"].value() == [goal.pk]

    add(as_owner, "closing_cash", "G1", measures=[goal.pk], goals=[goal.pk])
    goal.refresh_from_db()
    assert goal.kpi == Kpi.objects.get()
    assert [link.goal for link in Kpi.objects.get().goal_links.all()] == [goal]


def test_a_unit_that_does_not_fit_changes_nothing(plan: Plan, as_owner: Client) -> None:
    goal = make_goal(plan, unit="money")
    make_line(plan, code="STO", kind="revenue")

    answer = add(as_owner, "attainment", lines=["STO"], measures=[goal.pk])

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Kpi.objects.exists()


def test_it_changes_what_is_measured(plan: Plan, as_owner: Client) -> None:
    make_line(plan, code="STO", kind="revenue")
    kpi = make_kpi(plan, measure={"total": ["STO"]})
    old, new = make_goal(plan, kpi=kpi), make_goal(plan, "Mới", target=None, baseline=None)
    make_kpi_month(kpi, JANUARY, target_value=7)

    page = as_owner.get(f"{URL}{kpi.pk}/edit/")
    assert page.context["form"]["target-2026-01"].value() == "7"
    as_owner.post(
        f"{URL}{kpi.pk}/edit/",
        typed(name="Tên mới", lines=["STO"], measures=[new.pk], **{"target-2026-01": "9"}),
    )

    for row in (kpi, old, new):
        row.refresh_from_db()
    assert (kpi.name, kpi.months.get().target_value) == ("Tên mới", Decimal(9))
    assert (old.kpi, old.unit, new.kpi) == (None, "money", kpi)


def test_another_way_starts_without_the_old_numbers(plan: Plan, as_owner: Client) -> None:
    make_line(plan, code="STO", kind="revenue")
    kpi = make_kpi(plan, measure={"total": ["STO"]}, floor=5)
    make_kpi_month(kpi, JANUARY, target_value=7)

    form = as_owner.get(f"{URL}{kpi.pk}/edit/?measure=attainment").context["form"]
    assert (form["floor"].value(), form["target-2026-01"].value()) == (None, None)
    as_owner.post(f"{URL}{kpi.pk}/edit/?measure=attainment", typed(lines=["STO"]))

    kpi.refresh_from_db()
    assert (kpi.unit, kpi.measure, kpi.floor) == ("ratio", {"attainment": ["STO"]}, None)
    assert kpi.months.get().target_value is None


def test_the_approval_freezes_all_but_name_and_person(plan: Plan, as_owner: Client) -> None:
    kpi = make_kpi(plan, measure={"closing_cash": True})
    approve(plan)

    form = as_owner.get(f"{URL}{kpi.pk}/edit/").context["form"]
    assert set(form.fields) == {"name", "owner"}
    as_owner.post(f"{URL}{kpi.pk}/edit/", typed(name="Tên mới", better="lower"))
    kpi.refresh_from_db()
    assert (kpi.name, kpi.better) == ("Tên mới", "higher")
    assert as_owner.post(f"{URL}{kpi.pk}/delete/").status_code == 422


def test_afterwards_a_kpi_only_feeds_a_risk(plan: Plan, as_owner: Client) -> None:
    approve(plan)

    page = as_owner.get(f"{URL}add/")
    assert page.context["presets"] == []
    add(as_owner, "closing_cash")
    kpi = Kpi.objects.get()
    assert not kpi.headline
    assert "better" in as_owner.get(f"{URL}{kpi.pk}/edit/").context["form"].fields


def test_it_removes_and_says_what_is_lost(plan: Plan, as_owner: Client) -> None:
    kpi = make_kpi(plan)
    goal = make_goal(plan, kpi=kpi)

    assert "1" in as_owner.get(f"{URL}{kpi.pk}/delete/").context["consequence"]
    as_owner.post(f"{URL}{kpi.pk}/delete/")
    goal.refresh_from_db()
    assert (goal.kpi, Kpi.objects.exists()) == (None, False)


def test_it_moves(plan: Plan, as_owner: Client) -> None:
    make_kpi(plan, "Một")
    second = make_kpi(plan, "Hai")

    answer = as_owner.post(f"{URL}{second.pk}/move/", {"to": "up"}, headers={"HX-Request": "true"})

    assert 'id="kpis"' in answer.content.decode()
    assert list(plan.kpis.values_list("name", flat=True)) == ["Hai", "Một"]


@pytest.mark.parametrize("path", ["edit/", "delete/", "log/"])
def test_another_plan_s_kpi_is_not_found(
    plan: Plan, as_owner: Client, owner: Membership, path: str
) -> None:
    other = make_kpi(make_plan(owner.company, 2027, plan.year.last.plus(1)))

    assert as_owner.get(f"{URL}{other.pk}/{path}").status_code == 404


def offered(client: Client) -> list[str]:
    return [one.key for one in client.get(f"{URL}add/").context["presets"]]


@pytest.mark.usefixtures("lines")
def test_usual_kpis_are_ready_made(plan: Plan, as_owner: Client) -> None:
    assert offered(as_owner) == ["total-revenue", "gross-margin", "closing-cash"]

    channel = make_channel(plan.company, "ONL", name="Online")
    plan.lines.filter(code="ONL").update(channel=channel)
    make_line(plan, "Quảng cáo", code="MKT")
    assert offered(as_owner) == [
        *("total-revenue", "share-ONL", "gross-margin", "marketing-to-revenue", "closing-cash")
    ]


@pytest.mark.usefixtures("lines")
def test_one_press_adds_a_usual_kpi(plan: Plan, as_owner: Client) -> None:
    goal = make_goal(plan)

    as_owner.post(f"{URL}preset/?goal=G1", {"preset": "total-revenue"})
    as_owner.post(f"{URL}preset/", {"preset": "closing-cash"})

    revenue, cash = Kpi.objects.all()
    goal.refresh_from_db()
    assert (revenue.measure, revenue.unit) == ({"total": ["STO", "ONL"]}, "money")
    assert goal.kpi == revenue
    assert (cash.measure, cash.floor) == ({"closing_cash": True}, Decimal(200_000_000))
    assert offered(as_owner) == ["gross-margin"]


@pytest.mark.parametrize("key", ["", "nothing", "gross-margin"])
def test_a_usual_kpi_that_does_not_fit_is_refused(plan: Plan, as_owner: Client, key: str) -> None:
    answer = as_owner.post(f"{URL}preset/", {"preset": key})

    assert answer.status_code == 422
    assert not Kpi.objects.exists()


def test_the_goal_s_unit_refuses_a_usual_kpi(plan: Plan, as_owner: Client) -> None:
    make_goal(plan, unit="ratio")

    answer = as_owner.post(f"{URL}preset/?goal=G1", {"preset": "closing-cash"})
    assert answer.status_code == 422
    assert not Kpi.objects.exists()


def test_an_unknown_line_is_refused(plan: Plan, owner: Membership) -> None:
    values = {"name": "X", "unit": "money", "better": "higher", "measure": {"total": ["NOPE"]}}

    with pytest.raises(RuleViolation, match="NOPE"):
        add_kpi(plan, KpiContent(values), actor=owner)


def test_values_are_logged_by_hand(plan: Plan, as_staff: Client) -> None:
    kpi = make_kpi(plan, unit="ratio")
    link_kpi(kpi, make_goal(plan))
    close_month(plan, JANUARY)

    page = as_staff.get(f"{URL}{kpi.pk}/log/")
    months = [str(month) for month, _field in page.context["form"].value_fields]
    assert "2026-01" not in months
    assert "2026-02" in months
    as_staff.post(f"{URL}{kpi.pk}/log/", {"value-2026-02": "12,5 %", "value-2026-01": "99 %"})
    assert [(row.first_day.month, row.actual_value) for row in kpi.months.all()] == [
        (2, Decimal("0.125"))
    ]


def test_a_value_that_is_no_number_is_refused(plan: Plan, as_staff: Client) -> None:
    kpi = make_kpi(plan, unit="number")

    answer = as_staff.post(f"{URL}{kpi.pk}/log/", {"value-2026-02": "nhiều"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["value-2026-02"]


def test_a_computed_kpi_is_not_logged(plan: Plan, as_owner: Client) -> None:
    kpi = make_kpi(plan, measure={"closing_cash": True})

    assert as_owner.get(f"{URL}{kpi.pk}/log/").status_code == 404
