"""The app's addresses and one page more: the floor, which is a page with nothing on it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from aop.tenancy.roles import Permission
from aop.urls import handler400, handler403, handler404, handler500
from aop.urls import urlpatterns as patterns_of_the_app
from planning.access import PlanRequest, plan_view

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@require_GET
@plan_view(Permission.VIEW_PLAN)
def floor(request: PlanRequest) -> HttpResponse:
    """Answer with the frame of every page: session, membership, plan, base template."""
    return render(request, "base.html")


urlpatterns = [
    *patterns_of_the_app,
    path("c/<slug:company_slug>/<int:year>/floor/", floor, name="floor"),
]
