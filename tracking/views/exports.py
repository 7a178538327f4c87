"""What leaves the app as a file: the budget workbook, a month's variance, the plan folder."""

import re

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from aop.calc.months import Month
from aop.tenancy.roles import Permission
from planning.access import PlanRequest, plan_view
from tracking.queries.decisions import names_by_code
from tracking.queries.months import closed_through
from tracking.queries.workbook import Book, Reader
from tracking.services.folder_downloads import download_folder
from tracking.spreadsheets.budget_workbook import budget_workbook, variance_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REFUSED = 422
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')


@require_GET
@plan_view(Permission.EXPORT)
def budget_export(request: PlanRequest) -> HttpResponse:
    book = Book(request.plan, _reader(request))
    content = budget_workbook(book, names_by_code(request.plan))
    version = f" v{book.version.number}" if book.version.number else ""
    name = f"{_('Budget')} {request.plan.fiscal_year}{version}"
    return _attachment(content, XLSX, f"{request.company.name} - {name}.xlsx")


@require_GET
@plan_view(Permission.EXPORT)
def variance_export(request: PlanRequest, month: Month) -> HttpResponse:
    if month not in request.plan.year:
        raise Http404
    closed = closed_through(request.plan)
    if closed is None or month > closed:
        context = {"month": month, "closed": closed}
        return render(request, "tracking/exports/open_month.html", context, status=REFUSED)
    content = variance_workbook(Book(request.plan, _reader(request), through=month))
    return _attachment(
        content, XLSX, f"{request.company.name} - {_('Plan and actual')} {month}.xlsx"
    )


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EXPORT_FOLDER)
def folder_export(request: PlanRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "tracking/exports/folder.html", {"area": "settings"})
    content = download_folder(request.plan, actor=request.membership)
    name = f"{request.company.slug}-{request.plan.fiscal_year}.zip"
    return _attachment(content, "application/zip", name)


def _reader(request: PlanRequest) -> Reader:
    return Reader(
        language=get_language() or request.company.language,
        today=request.today,
        shows_private=request.membership.may(Permission.VIEW_PRIVATE),
    )


def _attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    plain = " ".join(_NOT_IN_NAMES.sub(" ", name).split())
    header = content_disposition_header(True, plain)
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": header or "attachment"}
    )
