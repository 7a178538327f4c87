"""Load the sample company and its four users, once: `setup_sample`."""

import os
import secrets
from typing import Any

from django.db import transaction

from aop.tenancy.models import Company, Membership, User
from aop.tenancy.roles import Role
from tracking.management.base import PlanCommand
from tracking.services.companies import Destination, load_company, sample_folder

SLUG = "babycare-house"
PEOPLE = {
    Role.OWNER: ("owner@babycare.example", "Nguyễn Thu Hà"),
    Role.ACCOUNTANT: ("accountant@babycare.example", "Hoàng Thị Hạnh"),
    Role.STAFF: ("staff@babycare.example", "Trần Minh Anh"),
    Role.VIEWER: ("viewer@babycare.example", "Lý Quốc Bảo"),
}


class Command(PlanCommand):
    """Makes BabyCare House with owner, accountant, staff and viewer; a second run does nothing."""

    help = "Load the sample company BabyCare House and its four users, once."

    @transaction.atomic
    def work(self, **_options: Any) -> None:
        """Create users and company unless they are there, and say how to sign in."""
        if Company.objects.filter(slug=SLUG).exists():
            self.stdout.write(
                f"{_names()}. The password was printed by the first run; "
                "`manage.py changepassword EMAIL` sets another."
            )
            return
        password = os.environ.get("AOP_SAMPLE_PASSWORD") or secrets.token_urlsafe(9)
        users = {role: self.user(role, password) for role in PEOPLE}
        company = load_company(sample_folder(), Destination(owner=users[Role.OWNER], slug=SLUG))
        for role, user in users.items():
            Membership.objects.for_company(company).get_or_create(
                company=company, user=user, defaults={"role": role}
            )
        self.stdout.write(f"{_names()}. Password: {password}")

    def user(self, role: Role, password: str) -> User:
        """Return the sample user of that role with the password of this run."""
        email, name = PEOPLE[role]
        user = User.objects.filter(email=email).first() or User(email=email)
        user.name = name
        user.set_password(password)
        user.save()
        return user


def _names() -> str:
    people = ", ".join(email for email, _name in PEOPLE.values())
    return f"The sample users are {people}"
