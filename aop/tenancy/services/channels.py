"""Sales channels: added, renamed, and removed while nothing stands on them."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import CODE_LENGTH, Channel, Company, Membership
from aop.tenancy.naming import first_free, slug_of


@transaction.atomic
def add_channel(name: str, code: str, *, actor: Membership) -> Channel:
    """Add a channel behind the others; without a code, one is made of the name.

    Raises:
        RuleViolation: The code is taken.
        ValidationError: A value breaks a field's rule.
    """
    Company.objects.select_for_update().get(pk=actor.company_id)
    channels = Channel.objects.for_company(actor.company)
    taken = set(channels.values_list("code", flat=True))
    if code in taken:
        raise RuleViolation(_("Another channel has this code."), field="code")
    channel = Channel(
        company=actor.company,
        name=name,
        code=code or _code_of(name, taken),
        position=len(taken),
    )
    channel.full_clean()
    channel.save()
    changes = {"code": (None, channel.code), "name": (None, channel.name)}
    audit.record("tenancy.channel.created", channel, actor=actor, changes=changes)
    return channel


@transaction.atomic
def rename_channel(channel_id: int, name: str, *, actor: Membership) -> Channel:
    """Give a channel another name; its code stays, because files name it by that.

    Raises:
        ValidationError: The name is empty or too long.
        Channel.DoesNotExist: No such channel in the actor's company.
    """
    channel = Channel.objects.for_company(actor.company).select_for_update().get(pk=channel_id)
    changes = audit.changed_fields(channel, {"name": name})
    if changes:
        channel.name = name
        channel.full_clean()
        channel.save(update_fields=["name"])
        audit.record("tenancy.channel.updated", channel, actor=actor, changes=changes)
    return channel


@transaction.atomic
def remove_channel(channel_id: int, *, actor: Membership) -> None:
    """Remove a channel that nothing belongs to.

    Raises:
        RuleViolation: Budget lines belong to it.
        Channel.DoesNotExist: No such channel in the actor's company.
    """
    channel = Channel.objects.for_company(actor.company).select_for_update().get(pk=channel_id)
    if is_used(channel):
        raise RuleViolation(
            _("Budget lines belong to this channel. Give them another channel first.")
        )
    audit.record("tenancy.channel.deleted", channel, actor=actor)
    channel.delete()


def is_used(row: models.Model) -> bool:
    """Say whether a row of any table points to this one; apps above need not be known."""
    relations: Any = row._meta.related_objects
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in relations
    )


def _code_of(name: str, taken: set[str]) -> str:
    code = slug_of(name, longest=CODE_LENGTH, otherwise="channel").upper()
    return first_free(code, taken, longest=CODE_LENGTH)
