"""What a person may change about their own account."""

from django.db import transaction

from aop.tenancy.audit import SYSTEM
from aop.tenancy.models import Company, Language, Membership, User
from aop.tenancy.roles import Role

SYSTEM_EMAIL = "manage.py@aop.invalid"


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


def system_member(company: Company) -> Membership:
    """Return who stands behind what a command changes in a company; nobody can sign in as it.

    The membership is not stored: the company's list of members stays a list of people.
    """
    user, is_new = User.objects.get_or_create(
        email=SYSTEM_EMAIL, defaults={"name": SYSTEM, "is_active": False}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return Membership(company=company, user=user, role=Role.OWNER)
