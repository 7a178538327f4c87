"""What every answer needs: an id to find it again by, and no copy of private pages."""

import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]

META_KEY = "AOP_REQUEST_ID"

_request_id: ContextVar[str] = ContextVar("request_id", default="-")


def current_request_id() -> str:
    """Return the id of the request being answered, or a dash outside of one."""
    return _request_id.get()


class RequestIdMiddleware:
    """Give each request an id; error pages show it and every log line carries it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = secrets.token_hex(6)
        token = _request_id.set(request_id)
        request.META[META_KEY] = request_id
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        response.headers["X-Request-ID"] = request_id
        return response


class NoStoreMiddleware:
    """Keep pages out of every cache, the browser's own included, unless a view says otherwise."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class RequestIdFilter(logging.Filter):
    """Put the id of the current request on each log record.

    Django writes down answers of 400 and above after all middleware, hence the second look.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        kept = request.META.get(META_KEY) if isinstance(request, HttpRequest) else None
        record.request_id = kept or current_request_id()
        return True
