"""Decisions and monthly reviews in a plan folder: `decisions.json` and `reviews.json`."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from aop.calc.months import Month
from aop.calc.reading.folder_fields import DAY, MonthOf
from aop.calc.reading.folder_json import json_bytes
from aop.calc.reading.folder_names import Items, Names, sound
from aop.calc.reading.folder_records import Record

DECISIONS_FILE = "decisions.json"
REVIEWS_FILE = "reviews.json"


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """Something that was decided, for which goals and why.

    `decided_by` is the code of a person, or the name of somebody who is none of the plan.
    """

    date: dt.date
    title: str
    goals: tuple[str, ...]
    decision: str
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What was seen and agreed in the review of one month."""

    month: Month
    held_on: dt.date | None
    note: str
    agreed: str


def read_decisions(items: Items, names: Names) -> tuple[DecisionRow, ...]:
    """Read `decisions.json`."""
    return tuple(_decision(record, names) for record in sound(items))


def write_decisions(decisions: Iterable[DecisionRow]) -> bytes:
    """Write `decisions.json`."""
    return json_bytes(
        [
            {
                "date": each.date,
                "title": each.title,
                "goals": each.goals,
                "decision": each.decision,
                "reason": each.reason,
                "decided_by": each.decided_by,
            }
            for each in decisions
        ]
    )


def read_reviews(items: Items, names: Names) -> tuple[ReviewRow, ...]:
    """Read `reviews.json`."""
    taken: dict[Month, int | None] = {}
    return tuple(_review(record, names, taken) for record in sound(items))


def write_reviews(reviews: Iterable[ReviewRow]) -> bytes:
    """Write `reviews.json`."""
    return json_bytes(
        [
            {
                "month": each.month,
                "held_on": each.held_on,
                "note": each.note,
                "agreed": each.agreed,
            }
            for each in reviews
        ]
    )


def _decision(record: Record, names: Names) -> DecisionRow:
    decision = DecisionRow(
        date=record.required("date", DAY),
        title=record.name("title"),
        goals=record.references("goals", names.goals, "goal"),
        decision=record.note("decision"),
        reason=record.note("reason"),
        decided_by=record.text("decided_by"),
    )
    record.finish()
    return decision


def _review(record: Record, names: Names, taken: dict[Month, int | None]) -> ReviewRow:
    month = record.required("month", MonthOf(names.year))
    record.once("month", month, taken)
    review = ReviewRow(
        month=month,
        held_on=record.optional("held_on", DAY),
        note=record.note("note"),
        agreed=record.note("agreed"),
    )
    record.finish()
    return review
