"""The codes and months that the files of one plan folder may name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aop.calc.months import FiscalYear, Month
from aop.calc.reading.folder_records import Record

Items = Sequence[Record] | None


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of the folder before its values are read.

    Each mapping goes from a code to one word about it: the kind of a line, the direction of
    a KPI, otherwise nothing. None means that the file cannot be read: then nothing is said
    about the codes and months that other files take from it.
    """

    year: FiscalYear | None = None
    channels: Mapping[str, str] | None = None
    lines: Mapping[str, str] | None = None
    people: Mapping[str, str] | None = None
    goals: Mapping[str, str] | None = None
    kpis: Mapping[str, str] | None = None
    initiatives: Mapping[str, str] | None = None


def names_in(records: Items, word: str = "") -> dict[str, str] | None:
    """Return the codes of a file with the text of one more field, None when it is unreadable."""
    if records is None:
        return None
    return {code: record.peek(word) for record in records if (code := record.peek("code"))}


def year_in(plan: Record | None) -> FiscalYear | None:
    """Return the fiscal year that `first_month` starts, None when it cannot be read."""
    try:
        return None if plan is None else FiscalYear(Month.parse(plan.peek("first_month")))
    except ValueError:
        return None


def sound(records: Items) -> Iterable[Record]:
    """Return the records whose values can be read."""
    return (record for record in records or () if record.is_sound)
