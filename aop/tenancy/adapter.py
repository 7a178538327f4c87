"""How sign-in and sign-up by django-allauth behave here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest
from django.utils.translation import get_language

from aop.tenancy.models import Language, User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Anybody may sign up; a new account speaks the language of the page it was made on."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say yes: a stranger may sign up and start a company."""
        return True

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Store a new account with its name and the language of the page."""
        user.name = form.cleaned_data.get("name", "")
        language = get_language()
        user.language = language if language in Language.values else Language.VIETNAMESE
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords by account and address of the network together.

        Counted by account alone, anybody could lock the owner out by guessing on purpose;
        who guesses on many accounts is stopped by the limit of the address alone.
        """
        login = str(credentials.get("email", "")).strip().lower()
        return f"{login}:{get_ip(request)}"
