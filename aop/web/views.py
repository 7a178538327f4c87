"""What a visitor sees when a page cannot be shown: what happened, and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from aop.web.middleware import current_request_id


def _page(request: HttpRequest, template: str, status: int, **values: object) -> HttpResponse:
    context = {"request_id": current_request_id(), **values}
    return render(request, template, context, status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request could not be read."""
    return _page(request, "400.html", 400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The member's role does not reach that far."""
    return _page(request, "403.html", 403, reason=str(exception))


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is there, or nothing that this visitor may know of."""
    return _page(request, "404.html", 404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Something of ours broke: a page that reads neither the database nor the visitor."""
    page = loader.render_to_string("500.html", {"request_id": current_request_id()})
    return HttpResponse(page, status=500)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without the sign that it was ours, often after a new sign-in."""
    return _page(request, "csrf.html", 403)
