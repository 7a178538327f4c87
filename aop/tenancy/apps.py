"""The app of people and companies."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TenancyConfig(AppConfig):
    """Users, companies, memberships, invitations and the history of changes."""

    name = "aop.tenancy"
    label = "tenancy"
    verbose_name = _("People and companies")
