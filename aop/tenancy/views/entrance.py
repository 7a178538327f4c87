"""The front door: landing page, list of companies, language."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language as set_language_cookie

from aop.tenancy import queries
from aop.tenancy.models import Language, User
from aop.tenancy.services.users import set_language


@require_GET
def landing(request: HttpRequest) -> HttpResponse:
    """Show visitors what this is; lead members to their company, newcomers to the start."""
    if not request.user.is_authenticated:
        return render(request, "landing.html")
    memberships = queries.memberships_of(request.user)[:2]
    if not memberships:
        return redirect("tracking:start")
    if len(memberships) == 1:
        return redirect(memberships[0].company)
    return redirect("tenancy:company_list")


@require_GET
@login_required
def company_list(request: HttpRequest) -> HttpResponse:
    memberships = queries.memberships_of(cast(User, request.user))
    return render(request, "tenancy/companies/list.html", {"memberships": memberships})


@require_POST
def language_set(request: HttpRequest) -> HttpResponseBase:
    """Keep the language in the browser, and with the account of who is signed in."""
    language = request.POST.get("language")
    if request.user.is_authenticated and language in Language.values:
        set_language(request.user.pk, Language(language))
    return set_language_cookie(request)
