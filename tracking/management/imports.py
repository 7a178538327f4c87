"""What the two import commands share: the file, the JSON on standard output, the refusal."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aop.calc.reading.import_result import ImportResult, Shape, Status, result_document
from budgets.spreadsheets.gate import FileRefused
from planning.models import Plan
from tracking.management.base import PlanCommand, refusal
from tracking.services.imports import refused_result
from tracking.services.uploads import SentFile

SHOWN = 20


class ImportCommand(PlanCommand):
    """Reads one file for one plan; nothing is written when the file is refused."""

    shape: Shape

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare company, year, file and what to do with it."""
        parser.add_argument("slug")
        parser.add_argument("year", type=int)
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")
        parser.add_argument("--partial", action="store_true", help="leave out rows with problems")
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def work(self, **options: Any) -> None:
        """Read the file, write what it says unless it is a dry run, and print the result."""
        plan = self.find_plan(options["slug"], options["year"])
        file = self.read_file(options["file"])
        try:
            result = self.take(plan, file, options)
        except FileRefused as refused:
            result = refused_result(file, self.shape, refused)
        self.write_result(result, options["format"])
        if result.status is Status.REFUSED and not options["dry_run"]:
            self.refuse(plan, result)

    def take(self, plan: Plan, file: SentFile, options: dict[str, Any]) -> ImportResult:
        """Read the file and, unless it is a dry run, write what it says."""
        raise NotImplementedError(type(self))

    def read_file(self, path: Path) -> SentFile:
        """Return the file, or end the command with a sentence."""
        try:
            return SentFile(path.name, path.read_bytes())
        except OSError as error:
            message = _("%(file)s cannot be read: %(reason)s.")
            reason = error.strerror or type(error).__name__
            raise refusal([message % {"file": path, "reason": reason}]) from error

    def write_result(self, result: ImportResult, form: str) -> None:
        """Print the result as CONTRACT §5 has it, or as lines of text."""
        if form == "json":
            document = result_document(result)
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))
            return
        self.stdout.write(
            _("%(file)s: %(status)s, %(accepted)d rows read, %(changed)d amounts changed.")
            % {
                "file": result.file,
                "status": result.status.value,
                "accepted": result.accepted,
                "changed": result.changed,
            }
        )
        for sentence in row_sentences(result):
            self.stdout.write(sentence)

    def refuse(self, plan: Plan, result: ImportResult) -> NoReturn:
        """End the command, as nothing of `plan` was changed, with the sentences why."""
        count = len(result.rejected) + len(result.to_confirm)
        if result.rejected and result.rejected[0].row is None:
            raise refusal([result.rejected[0].reason])
        message = ngettext(
            "%(count)d row of %(file)s cannot be taken, so nothing was written. Mend it, or "
            "leave it out with --partial.",
            "%(count)d rows of %(file)s cannot be taken, so nothing was written. Mend them, or "
            "leave them out with --partial.",
            count,
        )
        sentences = [message % {"count": count, "file": result.file}]
        raise refusal([*sentences, *list(row_sentences(result))[:SHOWN]])


def row_sentences(result: ImportResult) -> Iterator[str]:
    """Yield a sentence for each row that cannot be taken, in the order of the file."""
    for rejected in result.rejected:
        where = f"{rejected.column or ''}{rejected.row or ''}"
        yield f"{where}: {rejected.reason}" if where else rejected.reason
    for doubt in result.to_confirm:
        message = _("Row %(row)d: “%(found)s”. %(reason)s %(suggested)s")
        yield message % {
            "row": doubt.row,
            "found": doubt.found,
            "reason": doubt.reason,
            "suggested": doubt.suggested,
        }
