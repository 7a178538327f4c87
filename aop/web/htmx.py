"""The one place that decides between a whole page and a fragment."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import trigger_client_event
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request that passed the htmx middleware."""

    htmx: HtmxDetails


def wants_fragment(request: HtmxRequest) -> bool:
    """Whether htmx will swap the answer into a page it already has."""
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(
    request: HtmxRequest,
    page: str,
    fragment: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Render `fragment` for htmx and `page` (which includes it) for everyone else."""
    template = fragment if wants_fragment(request) else page
    response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def with_toast(response: HttpResponse, text: str, level: str = "success") -> HttpResponse:
    """Let js/toast.js show `text` when htmx has this answer; level is a Django message tag."""
    trigger_client_event(response, "toast", {"text": str(text), "level": level})
    return response


def plan_changed(response: HttpResponse) -> HttpResponse:
    """Let parts of the page that listen to `plan-changed from:body` load themselves anew."""
    trigger_client_event(response, "plan-changed")
    return response
