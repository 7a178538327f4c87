from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from aop.calc.months import Month
from aop.tenancy.models import Company
from planning.models import Plan
from planning.templatetags.planning_text import sentence_of_goal, value_text
from tests.factories import make_company, make_goal, make_kpi, make_plan

REVENUE: dict[str, Any] = {"baseline": Decimal(6_000_000_000), "target": Decimal(7_200_000_000)}
SHARE: dict[str, Any] = {"baseline": Decimal("0.3"), "target": Decimal("0.45"), "unit": "ratio"}


def said(plan: Plan, language: str = "en", **values: Any) -> str:
    with translation.override(language):
        return str(sentence_of_goal(make_goal(plan, **values), plan)).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"kind": "grow", "basis": "full_year", "unit": "money", **REVENUE},
            "Grow from ₫6B to ₫7.2B added up over all 12 months",
        ),
        (
            {"kind": "reach", "basis": "exit_month", **SHARE},
            "Get from 30% to 45% in December 2026 alone",
        ),
        (
            {"kind": "reach", "basis": "exit_quarter", **SHARE, "baseline": None},
            "Reach 45% in the last quarter, Oct 2026 to Dec 2026",
        ),
        (
            {"kind": "at_least", "basis": "full_year", **SHARE},
            "Stay at or above 45% taken together over the whole year",
        ),
        ({"kind": "at_most", "basis": "", **SHARE}, "Stay at or below 45%"),
        ({"kind": "grow", "basis": "full_year", **SHARE, "target": None}, "Grow from 30% to"),
    ],
)
def test_it_says_a_goal_with_its_basis(plan: Plan, values: dict[str, Any], sentence: str) -> None:
    assert said(plan, **values) == sentence


def test_it_names_what_is_measured(plan: Plan) -> None:
    kpi = make_kpi(plan, "Online share", unit="ratio")
    values: dict[str, Any] = SHARE | {"unit": "", "kpi": kpi}

    text = said(plan, kind="reach", basis="exit_month", **values)

    assert text == "Bring online share from 30% to 45% in December 2026 alone"


def test_it_keeps_the_capitals_of_an_abbreviation(plan: Plan) -> None:
    kpi = make_kpi(plan, "NPS", unit="number")

    text = said(plan, kind="at_least", kpi=kpi, target=Decimal("42.5"), basis="full_year")

    assert text == "Keep NPS at or above 42.5 taken together over the whole year"


def test_it_speaks_of_the_end_of_the_year_for_a_closing(plan: Plan) -> None:
    kpi = make_kpi(plan, "Closing cash", measure={"closing_cash": True})

    text = said(plan, kind="at_least", kpi=kpi, target=Decimal(200_000_000), basis="full_year")

    assert text == "Keep closing cash at or above ₫200M at the end of the year"


def test_it_ends_in_march_when_the_year_starts_in_april(company: Company) -> None:
    plan = make_plan(company, 2026, Month(2026, 4))

    assert said(plan, kind="reach", basis="exit_month", **SHARE).endswith("in March 2027 alone")


@pytest.mark.parametrize(
    ("value", "unit", "currency", "text"),
    [
        ("7200000000", "money", "VND", "7,2 tỷ"),
        ("7234567890", "money", "VND", "7.234.567.890 ₫"),
        ("123450", "money", "USD", "1.234,50 $"),
        ("0.0625", "ratio", "VND", "6,25 %"),
        ("1250.5", "number", "VND", "1.250,5"),
        (None, "money", "VND", "—"),
    ],
)
def test_it_writes_values_short_only_where_nothing_is_lost(
    value: str | None, unit: str, currency: str, text: str
) -> None:
    with translation.override("vi"):
        shown = value_text(Decimal(value) if value else None, unit, currency)

    assert shown.replace("\xa0", " ") == text


def test_it_reads_the_currency_of_the_company(db: None) -> None:
    plan = make_plan(make_company("other", currency="USD"))

    text = said(plan, kind="grow", unit="money", basis="", baseline=None, target=Decimal(500_000))

    assert text == "Grow to $5K"
