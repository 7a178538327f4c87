"""The app's addresses and one that breaks."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from aop.urls import handler400, handler403, handler404, handler500
from aop.urls import urlpatterns as patterns_of_the_app

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def broken(request: HttpRequest) -> HttpResponse:
    """Fail with a text that nobody outside may read."""
    raise RuntimeError("a secret of the inside")


urlpatterns = [*patterns_of_the_app, path("broken/", broken)]
