"""Every page speaks the language that the signed-in user chose."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from aop.web.middleware import Answer


class UserLanguageMiddleware:
    """Put the user's own language above the browser's; stands behind the authentication."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
