"""People of the plan: alive after approval, with history."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aop.errors import RuleViolation
from aop.tenancy.models import Membership
from planning.models import Goal, Kpi, MeasureKind, Person, Plan
from planning.services.parts import (
    Values,
    add_row,
    change_row,
    locked_part,
    locked_plan,
    move_row,
    next_code,
    next_position,
    remove_row,
)


@transaction.atomic
def create_person(plan: Plan, values: Values, *, actor: Membership) -> Person:
    """Add a person behind the others and give them the next code (P1, P2 …).

    `values`: name, role, hours_per_week, email.

    Raises:
        RuleViolation: Another person has the same e-mail address.
        ValidationError: A value breaks a field or database constraint.
    """
    plan = locked_plan(plan.pk, actor)
    rows = Person.objects.for_company(actor.company).filter(plan=plan)
    person = Person(
        company=actor.company,
        plan=plan,
        code=next_code(rows, "P"),
        position=next_position(rows),
        **values,
    )
    _check_email(person, str(values.get("email", "")))
    return add_row(person, values, actor=actor)


@transaction.atomic
def update_person(person_id: int, changes: Values, *, actor: Membership) -> Person:
    """Change a person.

    Raises:
        RuleViolation: Another person has the same e-mail address.
        ValidationError: A new value breaks a field or database constraint.
    """
    person = _locked(person_id, actor)
    _check_email(person, str(changes.get("email", "")))
    return change_row(person, changes, actor=actor)


@transaction.atomic
def delete_person(person_id: int, *, actor: Membership) -> None:
    """Remove a person with their time; what they were in charge of has nobody then.

    Raises:
        RuleViolation: A KPI measures the person's load, or the plan is approved and the
            person answers for one of its goals.
    """
    person = _locked(person_id, actor)
    for kpi in Kpi.objects.for_company(actor.company).filter(plan=person.plan):
        if kpi.measure_kind == MeasureKind.LOAD_OF and kpi.measured_on == person.code:
            raise RuleViolation(
                _("The KPI “%(kpi)s” measures this person's load. Change the KPI first.")
                % {"kpi": kpi.name}
            )
    owned = Goal.objects.for_company(actor.company).filter(owner=person)
    if person.plan.is_frozen and owned.exists():
        raise RuleViolation(
            _("The plan is approved and this person answers for a goal. Hand the goal over first.")
        )
    remove_row(person, actor=actor)


@transaction.atomic
def move_person(person_id: int, *, up: bool, actor: Membership) -> None:
    """Move a person one place up or down."""
    person = _locked(person_id, actor)
    rows = Person.objects.for_company(actor.company).filter(plan=person.plan)
    move_row(person, rows, up=up, actor=actor)


def _locked(person_id: int, actor: Membership) -> Person:
    return locked_part(Person.objects.for_company(actor.company), person_id, actor)


def _check_email(person: Person, email: str) -> None:
    if not email:
        return
    others = Person.objects.for_company(person.company).filter(plan=person.plan)
    if others.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise RuleViolation(_("Another person already has this e-mail address."), field="email")
