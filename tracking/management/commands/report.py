"""Print the report of a plan: `report SLUG YEAR [--through 2026-10] --format json|text`."""

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from aop.calc.months import Month
from aop.calc.report.build import build_report
from aop.calc.report.document import report_document
from aop.calc.report.totals import Compare
from planning.models import Plan
from tracking.management.base import PlanCommand, refusal
from tracking.queries.months import closed_through
from tracking.queries.report import report_facts


class Command(PlanCommand):
    """Prints CONTRACT §4 as JSON, or the totals as text."""

    help = "Print the report of a plan up to a closed month."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare company, year, month, comparator and format."""
        parser.add_argument("slug")
        parser.add_argument("year", type=int)
        parser.add_argument("--through", default="", help="a closed month such as 2026-10")
        parser.add_argument("--compare", choices=["current", "baseline"], default="current")
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def work(self, **options: Any) -> None:
        """Build the report and print it."""
        plan = self.find_plan(options["slug"], options["year"])
        through = self.closed_month(plan, options["through"])
        report = build_report(report_facts(plan, through=through), Compare(options["compare"]))
        document = report_document(report)
        if options["format"] == "json":
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(as_text(document))

    def closed_month(self, plan: Plan, text: str) -> Month:
        """Return the month asked for, the last closed one by default; open ones are refused."""
        closed = closed_through(plan)
        if closed is None:
            raise refusal([_("No month is closed yet, so there is nothing to report.")])
        through = self.read_month(text) if text else closed
        if through > closed or through not in plan.year:
            message = _("%(month)s is not a closed month; closed are %(first)s to %(last)s.")
            values = {"month": through, "first": plan.year.first, "last": closed}
            raise refusal([message % values])
        return through


def as_text(document: dict[str, Any]) -> str:
    """Return the totals of a report document as lines of text, amounts in minor units."""
    head = f"{document['company']} {document['fiscal_year']} {document['through']}"
    lines = [f"{head} ({document['currency']}, {document['compare']})"]
    for period in ("month", "ytd"):
        lines.append(f"{period:<20}{'planned':>18}{'actual':>18}{'variance':>18}  meaning")
        for name, cell in document["totals"][period].items():
            amounts = "".join(
                f"{_plain(cell[key]):>18}" for key in ("planned", "actual", "variance")
            )
            lines.append(f"{name:<20}{amounts}  {cell['meaning'] or '-'}")
    lines.append(f"{'year':<20}{'baseline':>18}{'planned':>18}{'forecast':>18}")
    for name, cell in document["totals"]["year"].items():
        amounts = "".join(f"{_plain(cell[key]):>18}" for key in ("baseline", "planned", "forecast"))
        lines.append(f"{name:<20}{amounts}")
    lines += [
        f"{goal['code']:<8}{goal['status'] or '-':<8}"
        f"{_plain(goal['attained']):>18}{_plain(goal['path']):>18}"
        for goal in document["goals"]
    ]
    return "\n".join(lines)


def _plain(value: float | None) -> str:
    return "-" if value is None else f"{value:,}"
