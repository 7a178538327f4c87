"""Months in addresses."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from aop.calc.months import Month
from aop.web.converters import MonthConverter


def page(request: HttpRequest, month: Month) -> HttpResponse:
    return HttpResponse(str(month))


PATTERN = path("actuals/<month:month>/", page)


def test_an_address_holds_a_month() -> None:
    found = PATTERN.resolve("actuals/2026-10/")

    assert found is not None
    assert found.kwargs == {"month": Month(2026, 10)}


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026-1", "0026-10", "2026-010", "mai"])
def test_other_texts_match_no_address(text: str) -> None:
    assert PATTERN.resolve(f"actuals/{text}/") is None


@pytest.mark.parametrize("month", [Month(2026, 3), "2026-03"])
def test_a_month_goes_into_an_address(month: Month | str) -> None:
    assert MonthConverter().to_url(month) == "2026-03"


def test_no_other_text_goes_into_an_address() -> None:
    with pytest.raises(ValueError, match="not a month"):
        MonthConverter().to_url("2026-3")
