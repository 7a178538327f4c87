"""Create a company from a plan folder: `load_company FOLDER [--owner EMAIL] [--slug SLUG]`."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from aop.tenancy.models import User
from planning.folders.sentences import ignored_sentence
from tracking.folders.storage import read_directory
from tracking.folders.whole import read_plan_folder
from tracking.management.base import PlanCommand, refusal
from tracking.services.companies import Destination, load_company


class Command(PlanCommand):
    """Loads all or nothing; every problem of the folder is told at once."""

    help = "Create a company from a plan folder, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare folder, owner, address and replacement."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--owner", default="", help="e-mail address of a user who exists")
        parser.add_argument("--slug", default="", help="another address than the folder's own")
        parser.add_argument("--replace", action="store_true", help="replace the plans at the slug")

    def work(self, **options: Any) -> None:
        """Read the folder, store it, and say what stood in it that has no place here."""
        folder = read_plan_folder(read_directory(options["folder"]))
        destination = Destination(
            owner=self.find_owner(options["owner"]),
            slug=options["slug"],
            replace=options["replace"],
        )
        company = load_company(folder, destination)
        self.stdout.write(
            _("%(company)s is loaded at /c/%(slug)s/, plan %(year)s, %(lines)d lines.")
            % {
                "company": company.name,
                "slug": company.slug,
                "year": folder.plan.fiscal_year,
                "lines": len(folder.lines),
            }
        )
        for ignored in folder.ignored:
            self.stdout.write(ignored_sentence(ignored))
        if folder.absent:
            message = _("The folder does not hold: %(files)s.")
            self.stdout.write(message % {"files": ", ".join(folder.absent)})

    def find_owner(self, email: str) -> User | None:
        """Return the user with that address; None when no owner was asked for."""
        if not email:
            return None
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            message = _("Nobody has signed up as “%(email)s”. Sign up first, then load again.")
            raise refusal([message % {"email": email}])
        return user
