"""Members: their roles, and how they leave."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Company, Membership
from aop.tenancy.roles import Role


@transaction.atomic
def change_role(member_id: int, role: Role, *, actor: Membership) -> Membership:
    """Give a member another role.

    Raises:
        RuleViolation: The member is the last owner.
        Membership.DoesNotExist: No such member in the actor's company.
    """
    member = _locked_member(member_id, actor)
    if member.role == role:
        return member
    _keep_an_owner(member)
    change = {"role": (member.role, role)}
    member.role = role
    member.full_clean()
    member.save(update_fields=["role"])
    audit.record("tenancy.member.updated", member, actor=actor, changes=change)
    return member


@transaction.atomic
def remove_member(member_id: int, *, actor: Membership) -> None:
    """End a membership; it counts from the member's next click.

    Raises:
        RuleViolation: The member is the last owner.
        Membership.DoesNotExist: No such member in the actor's company.
    """
    member = _locked_member(member_id, actor)
    _keep_an_owner(member)
    audit.record("tenancy.member.removed", member, actor=actor)
    member.delete()


def _locked_member(member_id: int, actor: Membership) -> Membership:
    """Return the member; the company is locked, so two owners cannot both stop being one."""
    Company.objects.select_for_update().get(pk=actor.company_id)
    members = Membership.objects.for_company(actor.company)
    return members.select_related("user", "company").get(pk=member_id)


def _keep_an_owner(member: Membership) -> None:
    owners = Membership.objects.for_company(member.company).filter(role=Role.OWNER)
    if member.role == Role.OWNER and not owners.exclude(pk=member.pk).exists():
        raise RuleViolation(
            _("A company needs an owner. Make somebody else an owner first."), field="role"
        )
