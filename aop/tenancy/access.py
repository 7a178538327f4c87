"""Who may call a view: non-members get 404, so nothing leaks; weak roles get 403."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from aop.tenancy.models import Company, Membership, User
from aop.tenancy.roles import Permission
from aop.web.htmx import HtmxRequest

_current_company: ContextVar[int | None] = ContextVar("current_company", default=None)
_SERVER_ERROR = 500


class NestedTenantError(RuntimeError):
    """Code that works for one company tried to switch to another one."""


class CompanyRequest(HtmxRequest):
    """A request of a signed-in member inside one company."""

    company: Company
    membership: Membership
    today: date
    user: User


@contextmanager
def tenant(company: Company) -> Iterator[None]:
    """Name the company that everything inside works for.

    On PostgreSQL this is one transaction whose setting `app.company` feeds row level
    security. On SQLite only the context is set: a transaction there would make every
    page wait for every writer.

    Raises:
        NestedTenantError: Another company is already named.
    """
    if _current_company.get() not in (None, company.pk):
        raise NestedTenantError
    token = _current_company.set(company.pk)
    try:
        if connection.vendor != "postgresql":
            yield
            return
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('app.company', %s, true)", [str(company.pk)])
            yield
    finally:
        _current_company.reset(token)


def current_company_id() -> int | None:
    """Return the id of the company named by `tenant`, None outside of it."""
    return _current_company.get()


def today_in(company: Company) -> date:
    """Return the present date where the company is."""
    return timezone.now().astimezone(ZoneInfo(company.time_zone)).date()


View = Callable[..., HttpResponseBase]


def company_view(permission: Permission) -> Callable[[View], View]:
    """Let members with `permission` in; give the view its company, member and date."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def checked(request: HttpRequest, company_slug: str, **kwargs: Any) -> HttpResponseBase:
            membership = get_object_or_404(
                Membership.objects.select_related("company", "user"),
                company__slug=company_slug,
                user=request.user,
            )
            _enter(request, membership)
            if not membership.may(permission):
                raise PermissionDenied
            with tenant(membership.company):
                response = view(request, **kwargs)
                _undo_after_error(response)
                return response

        checked.required_permission = permission  # type: ignore[attr-defined]  # read by the guards
        return checked

    return decorate


def _enter(request: Any, membership: Membership) -> None:
    request.membership = membership
    request.company = membership.company
    request.today = today_in(membership.company)


def _undo_after_error(response: HttpResponseBase) -> None:
    if response.status_code >= _SERVER_ERROR and connection.in_atomic_block:
        transaction.set_rollback(True)
