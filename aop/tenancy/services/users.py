"""What a person may change about their own account."""

from django.db import transaction

from aop.tenancy.models import Language, User


@transaction.atomic
def update_user(user_id: int, *, name: str, language: Language) -> User:
    """Change the name and the language of a user.

    Raises:
        ValidationError: The name is too long.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    user.name = name.strip()
    user.language = language
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name", "language"])
    return user


@transaction.atomic
def set_language(user_id: int, language: Language) -> None:
    """Let every page speak `language` to the user from now on."""
    User.objects.filter(pk=user_id).update(language=language)
