"""Write a company's plan as a plan folder: `export_company SLUG FOLDER [--year YEAR]`."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from planning.models import Plan
from tracking.folders.storage import write_directory
from tracking.folders.whole import write_plan_folder
from tracking.management.base import PlanCommand, refusal
from tracking.services.companies import export_folder


class Command(PlanCommand):
    """Writes the format that `load_company` reads."""

    help = "Write a company's plan as a plan folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare company, folder and year."""
        parser.add_argument("slug")
        parser.add_argument("folder", type=Path)
        parser.add_argument("--year", type=int, help="the latest plan by default")

    def work(self, **options: Any) -> None:
        """Write the files and say what a plan folder has no place for."""
        plan = self.choose_plan(options["slug"], options["year"])
        write_directory(options["folder"], write_plan_folder(export_folder(plan)))
        self.stdout.write(
            _("Plan %(year)s of %(company)s is written to %(folder)s.")
            % {
                "year": plan.fiscal_year,
                "company": plan.company.name,
                "folder": options["folder"],
            }
        )
        self.stdout.write(
            _(
                "A plan folder does not hold: members and invitations, the history of changes, "
                "withdrawn entries, who logged an entry, answers to assumptions, notes on cells, "
                "plans of other years."
            )
        )

    def choose_plan(self, slug: str, year: int | None) -> Plan:
        """Return the plan of that year, or the latest one."""
        if year is not None:
            return self.find_plan(slug, year)
        company = self.find_company(slug)
        plan = Plan.objects.for_company(company).select_related("company").first()
        if plan is None:
            raise refusal([_("%(company)s has no plan yet.") % {"company": company}])
        return plan
