"""What one cell of a foreign file says, or the sentence why it cannot be taken."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from aop.calc.amount_grammar import AmbiguousNumber, NotANumber
from aop.calc.calendar_text import format_month_long
from aop.calc.currencies import Currency
from aop.calc.lines import LineKind
from aop.calc.money import LARGEST_AMOUNT, parse_cell
from aop.calc.months import FiscalYear, Month
from aop.calc.reading.days import NotADay, read_day
from aop.calc.reading.import_result import Code
from aop.calc.reading.line_names import LineNames, Named
from aop.calc.reading.tables import Found, Unsaved, is_blank, text_of
from aop.web.amount_messages import AmountWords


class CellRefused(ValueError):
    """A cell that cannot be taken: the code of CONTRACT §5, and a sentence with its cure."""

    def __init__(self, code: Code, reason: str, column: int | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.column = column


_WHOLE = re.compile(r"-?[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A budget line as files may name it."""

    code: str
    names: tuple[str, ...]
    kind: LineKind
    is_computed: bool = False


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """The plan that a file is read for; `closed` months take no entries."""

    key: str
    year: FiscalYear
    currency: Currency
    language: str
    lines: tuple[ReadLine, ...]
    closed: frozenset[Month] = frozenset()

    def names(self) -> LineNames:
        """Return the names of the lines, ready to be looked up."""
        return LineNames(Named(line.code, line.names) for line in self.lines)


def read_amount(found: Found, plan: ReadPlan, unit: int) -> int:
    """Return an amount in minor units by the rules for files.

    Raises:
        CellRefused: No number, or one that can be read in two ways.
    """
    words = AmountWords(plan.currency, plan.language)
    if isinstance(found, Unsaved):
        raise CellRefused(
            Code.NO_CACHED_VALUE,
            _("The formula has no stored result. Open the file in Excel, save it, send it again."),
        )
    if is_blank(found):
        raise CellRefused(Code.NOT_A_NUMBER, _("The amount is missing. Type it in this cell."))
    try:
        return parse_cell(found, plan.currency, unit)
    except AmbiguousNumber as error:
        raise CellRefused(Code.AMBIGUOUS_NUMBER, words.asked(error)) from error
    except NotANumber as error:
        raise CellRefused(Code.NOT_A_NUMBER, words.refused(error)) from error


def read_minor(found: Found, plan: ReadPlan) -> int:
    """Return an amount as the files of a plan folder hold it: a whole number of minor units.

    Raises:
        CellRefused: It is none.
    """
    text = text_of(found)
    if not _WHOLE.fullmatch(text) or abs(int(text)) > LARGEST_AMOUNT:
        message = _("“%(found)s” is no whole number of the smallest unit of %(currency)s.")
        values = {"found": text, "currency": plan.currency.code}
        raise CellRefused(Code.NOT_A_NUMBER, message % values)
    return int(text)


def read_date(found: Found, plan: ReadPlan, *, counts_from_1904: bool) -> date:
    """Return a day of an open month of the plan.

    Raises:
        CellRefused: No date, outside the fiscal year, or in a closed month.
    """
    try:
        day = read_day(found, counts_from_1904=counts_from_1904)
    except NotADay as error:
        raise CellRefused(Code.BAD_DATE, _bad_date(found)) from error
    month = Month.of(day)
    if month not in plan.year:
        message = _("%(date)s is outside the fiscal year, %(first)s to %(last)s.")
        raise CellRefused(
            Code.OUTSIDE_YEAR,
            message
            % {
                "date": text_of(found),
                "first": format_month_long(plan.year.first, plan.language),
                "last": format_month_long(plan.year.last, plan.language),
            },
        )
    if month in plan.closed:
        message = _("%(month)s is closed. Date it in an open month, or ask to reopen the month.")
        name = format_month_long(month, plan.language)
        raise CellRefused(Code.CLOSED_MONTH, message % {"month": name[:1].upper() + name[1:]})
    return day


def _bad_date(found: Found) -> str:
    if is_blank(found):
        return _("The date is missing. Type it as day/month/year, such as 31/10/2026.")
    message = _("“%(found)s” is no date. Type day/month/year, such as 31/10/2026.")
    return message % {"found": text_of(found)}


def unknown_line(found: Found) -> CellRefused:
    """Return the refusal of a name that no line has."""
    if is_blank(found):
        return CellRefused(
            Code.UNKNOWN_LINE, _("The budget line is missing. Type its code or its name.")
        )
    message = _(
        "No budget line is called “%(found)s”. Use its code or name, or add this as another name "
        "of the line."
    )
    return CellRefused(Code.UNKNOWN_LINE, message % {"found": text_of(found)})
