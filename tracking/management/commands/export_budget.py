"""Write the accountant's budget workbook: `export_budget SLUG YEAR OUT.xlsx`."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from aop.tenancy.access import today_in
from aop.tenancy.models import Language
from tracking.management.base import PlanCommand, refusal
from tracking.queries.decisions import names_by_code
from tracking.queries.workbook import Book, Reader
from tracking.spreadsheets.budget_workbook import budget_workbook


class Command(PlanCommand):
    """Writes the workbook with private lines: who may run commands may read the database."""

    help = "Write the budget workbook of a plan."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare company, year, file and language."""
        parser.add_argument("slug")
        parser.add_argument("year", type=int)
        parser.add_argument("out", type=Path)
        parser.add_argument(
            "--language", choices=Language.values, help="the company's own by default"
        )
        parser.add_argument(
            "--without-private", action="store_true", help="leave private lines out"
        )

    def work(self, **options: Any) -> None:
        """Write the file and say where it is."""
        plan = self.find_plan(options["slug"], options["year"])
        reader = Reader(
            language=options["language"] or plan.company.language,
            today=today_in(plan.company),
            shows_private=not options["without_private"],
        )
        content = budget_workbook(Book(plan, reader), names_by_code(plan))
        self.write_file(options["out"], content)
        message = _("The budget workbook of %(company)s, plan %(year)s, is written to %(out)s.")
        values = {"company": plan.company.name, "year": plan.fiscal_year, "out": options["out"]}
        self.stdout.write(message % values)

    def write_file(self, out: Path, content: bytes) -> None:
        """Write the file, or end the command with a sentence."""
        try:
            out.write_bytes(content)
        except OSError as error:
            message = _("%(out)s cannot be written: %(reason)s.")
            reason = error.strerror or type(error).__name__
            raise refusal([message % {"out": out, "reason": reason}]) from error
