"""The same file, imported by several people at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import Sum

from aop.calc.reading.import_result import Status
from budgets.models import LineMonth
from tests.factories import make_company, make_line, make_member, make_plan
from tests.tracking.import_files import csv_file
from tracking.models import Entry
from tracking.services.actual_imports import import_actuals, read_actuals

PEOPLE, ROWS = 4, 40


@pytest.mark.django_db(transaction=True)
def test_every_entry_is_booked_once() -> None:
    company = make_company()
    owner = make_member(company)
    plan = make_plan(company, status="approved")
    line = make_line(plan, code="RENT")
    rows = [f"{1 + n % 28}/1/2026,RENT,{n + 1},R{n}" for n in range(ROWS)]
    actuals = read_actuals(plan, csv_file("Ngày,Khoản mục,Số tiền,Số chứng từ", *rows))
    start = Barrier(PEOPLE)

    def run(_person: int) -> Status:
        try:
            start.wait()
            return import_actuals(plan, actuals, partial=False, actor=owner).status
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        found = sorted(pool.map(run, range(PEOPLE)))

    assert found == [*[Status.ALREADY_IMPORTED] * (PEOPLE - 1), Status.IMPORTED]
    entries = Entry.objects.for_company(company)
    total = sum(range(1, ROWS + 1))
    assert (entries.count(), entries.aggregate(total=Sum("amount"))["total"]) == (ROWS, total)
    kept = LineMonth.objects.for_company(company).get(line=line)
    assert kept.actual_amount == total
