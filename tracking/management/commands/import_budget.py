"""Take a budget out of a file: `import_budget SLUG YEAR FILE [--dry-run] --format json`."""

from dataclasses import replace
from typing import Any, NoReturn

from aop.calc.reading.import_result import ImportResult, Shape, Status
from aop.errors import RuleViolation
from aop.tenancy.services.users import system_member
from planning.models import Plan
from tracking.management.imports import ImportCommand
from tracking.services.budget_imports import import_budget, read_budget, refuse_frozen_budget
from tracking.services.uploads import SentFile


class Command(ImportCommand):
    """Shows the differences to the plan and writes them into a draft, all or none."""

    help = "Import a budget workbook of ours, or a grid of lines and months, into a draft plan."
    shape = Shape.GRID

    def take(self, plan: Plan, file: SentFile, options: dict[str, Any]) -> ImportResult:
        """Read the budget and write what differs; an approved plan stays as it is."""
        budget = read_budget(plan, file)
        if options["dry_run"]:
            self.warn_frozen(plan)
            return budget.result
        if plan.is_frozen:
            return replace(budget.result, status=Status.REFUSED)
        actor = system_member(plan.company)
        return import_budget(plan, budget, partial=options["partial"], actor=actor)

    def warn_frozen(self, plan: Plan) -> None:
        """Say on standard error that only the differences can be looked at."""
        try:
            refuse_frozen_budget(plan)
        except RuleViolation as refused:
            self.stderr.write(str(refused))

    def refuse(self, plan: Plan, result: ImportResult) -> NoReturn:
        """End the command with the way to change an approved plan, else with the bad rows."""
        refuse_frozen_budget(plan)
        super().refuse(plan, result)
