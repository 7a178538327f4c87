"""Take entries out of a file: `import_actuals SLUG YEAR FILE [--dry-run] --format json`."""

from typing import Any

from aop.calc.reading.import_result import ImportResult, Shape
from aop.tenancy.services.users import system_member
from planning.models import Plan
from tracking.management.imports import ImportCommand
from tracking.services.actual_imports import import_actuals, preview_actuals, read_actuals
from tracking.services.uploads import SentFile


class Command(ImportCommand):
    """Books all entries of a file or none; with --partial those that are right."""

    help = "Import entries from an .xlsx or .csv file into open months."
    shape = Shape.ENTRIES

    def take(self, plan: Plan, file: SentFile, options: dict[str, Any]) -> ImportResult:
        """Read the entries and book them."""
        actuals = read_actuals(plan, file)
        if options["dry_run"]:
            return preview_actuals(plan, actuals).result
        actor = system_member(plan.company)
        return import_actuals(plan, actuals, partial=options["partial"], actor=actor)
