"""People, companies, memberships, invitations and the history of changes."""

from datetime import datetime
from typing import Any, ClassVar, NoReturn, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aop.tenancy.roles import ROLE_PERMISSIONS, Permission, Role

CODE_LENGTH = 40
SLUG_LENGTH = 60
NAME_LENGTH = 200
NOTE_LENGTH = 2000


class Language(models.TextChoices):
    """A language that every page speaks."""

    VIETNAMESE = "vi", "Tiếng Việt"
    ENGLISH = "en", "English"


class UserManager(BaseUserManager["User"]):
    """Creates users, who are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **values: Any) -> "User":
        """Create an ordinary user; the address is kept in lower case."""
        user = self.model(email=email.strip().lower(), **values)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **values: Any) -> "User":
        """Create somebody who may enter the administration site."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **values)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, with the same account in every company."""

    email = models.EmailField(_("E-mail address"), unique=True)
    name = models.CharField(_("Name"), max_length=NAME_LENGTH, blank=True)
    language = models.CharField(
        _("Language"), max_length=2, choices=Language.choices, default=Language.VIETNAMESE
    )
    is_staff = models.BooleanField(_("May enter the administration site"), default=False)
    is_active = models.BooleanField(_("Active"), default=True)
    date_joined = models.DateTimeField(_("Signed up at"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return the name, or the address while there is no name."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the same as the full name: names are one field here."""
        return str(self)


class Company(models.Model):
    """One firm with its own plans, people and history."""

    name = models.CharField(_("Name"), max_length=NAME_LENGTH)
    slug = models.SlugField(
        _("Address"),
        max_length=SLUG_LENGTH,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$")],
    )
    industry = models.CharField(_("Trade"), max_length=NAME_LENGTH, blank=True)
    currency = models.CharField(_("Currency"), max_length=3)
    language = models.CharField(
        _("Language"), max_length=2, choices=Language.choices, default=Language.VIETNAMESE
    )
    time_zone = models.CharField(_("Time zone"), max_length=64, default="Asia/Ho_Chi_Minh")
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("Company")
        verbose_name_plural = _("Companies")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the company's home."""
        return reverse("tracking:home", args=[self.slug])


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or remove a line of the history."""


_Row = TypeVar("_Row", bound=models.Model, covariant=True)


class TenantQuerySet(models.QuerySet[_Row]):
    """Rows of companies, read one company at a time."""

    def for_company(self, company: Company) -> Self:
        """Narrow to the rows of `company`; the start of every read."""
        return self.filter(company=company)

    def update(self, **values: Any) -> int:
        """Change rows in place; refused for rows that are only ever added."""
        self._refuse_append_only()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove rows; refused for rows that are only ever added."""
        self._refuse_append_only()
        return super().delete()

    def _refuse_append_only(self) -> None:
        if getattr(self.model, "is_append_only", False):
            raise AppendOnlyError(self.model)


class TenantModel(models.Model):
    """A row that belongs to one company, its children too."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="+", editable=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["company", "id"], name="%(app_label)s_%(class)s_company_id"
            )
        ]


class Channel(TenantModel):
    """A sales channel that lines may belong to."""

    code = models.CharField(_("Code"), max_length=CODE_LENGTH)
    name = models.CharField(_("Name"), max_length=NAME_LENGTH)
    position = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["company", "code"], name="channel_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(TenantModel):
    """A user in a company, with one role."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    joined_at = models.DateTimeField(_("Joined at"), auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ["joined_at", "id"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["company", "user"], name="member_once"),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything that this member may do."""
        return ROLE_PERMISSIONS[Role(self.role)]

    def may(self, permission: Permission) -> bool:
        """Say whether the role allows `permission`."""
        return permission in self.permissions


class Invitation(TenantModel):
    """A link that lets one person join with a role; only its digest is stored."""

    email = models.EmailField(_("E-mail address"), blank=True)
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("Valid until"))
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", editable=False
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta(TenantModel.Meta):
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.email or f"#{self.pk}"

    def is_open(self, now: datetime) -> bool:
        """Say whether somebody can still join with it."""
        is_untouched = self.accepted_at is None and self.withdrawn_at is None
        return is_untouched and now < self.expires_at

    def is_for(self, user: User) -> bool:
        """Say whether `user` is the one it is meant for; without an address, anybody is."""
        return self.email in ("", user.email)


class AuditEntry(TenantModel):
    """Who changed what, when, from what to what, and why."""

    is_append_only = True

    company = models.ForeignKey(Company, models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=NAME_LENGTH)
    action = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.BigIntegerField(null=True)
    subject_name = models.CharField(max_length=300)
    plan_year = models.IntegerField(null=True)
    changes = models.JSONField(default=dict)
    value_unit = models.CharField(max_length=10, blank=True)  # of KPI values in `changes`
    reason = models.CharField(max_length=NOTE_LENGTH, blank=True)
    is_private = models.BooleanField(default=False)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["company", "subject_type", "subject_id"], name="audit_subject"),
            models.Index(fields=["company", "-id"], name="audit_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new line; a stored one is never written again."""
        if not self._state.adding:
            raise AppendOnlyError(type(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: history is never removed."""
        raise AppendOnlyError(type(self))
