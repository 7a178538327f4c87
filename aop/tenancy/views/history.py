"""The history: who changed what, when, from what to what, and why."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from aop.tenancy import queries
from aop.tenancy.access import CompanyRequest, company_view
from aop.tenancy.forms import HistoryForm
from aop.tenancy.history import lines_of
from aop.tenancy.roles import Permission
from aop.web.htmx import render_page

LINES_PER_PAGE = 50


@require_GET
@company_view(Permission.VIEW_HISTORY)
def history(request: CompanyRequest) -> HttpResponse:
    company = request.company
    form = HistoryForm(request.GET, company=company)
    entries = queries.history_of(
        company, form.wanted, with_private=request.membership.may(Permission.VIEW_PRIVATE)
    )
    page = Paginator(entries, LINES_PER_PAGE).get_page(request.GET.get("page"))
    kept = {name: value for name in form.fields if (value := request.GET.get(name))}
    context = {
        "form": form,
        "page": page,
        "lines": list(lines_of(page.object_list, company)),
        "is_filtered": bool(kept),
        "url_prefix": f"?{urlencode({**kept, 'page': ''})}",
    }
    return render_page(
        request,
        page="tenancy/history/list.html",
        fragment="tenancy/history/_lines.html",
        context=context,
    )
