"""What is wrong with a plan folder, in words: the place, what is wrong, and what to do."""

from django.utils.translation import gettext as _

from aop.calc.reading.folder_problems import Ignored, Problem
from planning.folders.messages import MESSAGES


def problem_sentence(problem: Problem) -> str:
    """Return the place, and in full sentences what is wrong there and what to do."""
    params = dict(problem.params)
    if problem.code == "duplicate":
        params["first"] = _row_in_words(problem.file, params["first"])
    what = str(MESSAGES[problem.code]) % params
    return _placed(problem.file, problem.row, problem.field, what)


def ignored_sentence(ignored: Ignored) -> str:
    """Return the place, and a full sentence about something that was not used."""
    if ignored.field:
        what = _("This is not used.")
    else:
        what = _("This file is no part of a plan folder and was left out.")
    return _placed(ignored.file, ignored.row, ignored.field, what)


def _placed(file: str, row: int | None, field: str, what: str) -> str:
    rows = [] if row is None else [_row_in_words(file, str(row))]
    place = ", ".join([part for part in [file, *rows, field] if part])
    return _("%(place)s: %(what)s") % {"place": place, "what": what} if place else what


def _row_in_words(file: str, row: str) -> str:
    text = _("item %(row)s") if file.endswith(".json") else _("row %(row)s")
    return text % {"row": row}
