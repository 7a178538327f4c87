"""What every import shares: the plan as files are read against it, and a file refused."""

from django.utils.translation import get_language

from aop.calc.currencies import Currency
from aop.calc.lines import LineKind
from aop.calc.reading.import_result import ImportResult, Rejected, Shape, Status
from budgets.queries.lines import lines_of
from budgets.spreadsheets.cells import ReadLine, ReadPlan
from budgets.spreadsheets.gate import FileRefused
from budgets.spreadsheets.keys import plan_key
from planning.models import Plan
from tracking.queries.months import closed_months
from tracking.services.uploads import SentFile


def refused_result(file: SentFile, shape: Shape, refused: FileRefused) -> ImportResult:
    """Return the result of a file that the gate or the reader does not take at all."""
    whole = Rejected(None, None, file.name, refused.code, str(refused))
    return ImportResult(file.name, file.sha256, shape, Status.REFUSED, rejected=(whole,))


def plan_to_read(plan: Plan) -> ReadPlan:
    """Return the plan as files are read against it."""
    return ReadPlan(
        key=plan_key(plan.company.slug, plan.fiscal_year),
        year=plan.year,
        currency=Currency.of(plan.company.currency),
        language=get_language() or plan.company.language,
        lines=tuple(
            ReadLine(
                code=line.code,
                names=(line.name, line.name_en, *line.aliases),
                kind=LineKind(line.kind),
                is_computed=line.is_computed and not plan.is_frozen,
            )
            for line in lines_of(plan)
        ),
        closed=closed_months(plan),
    )
