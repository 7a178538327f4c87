"""What the commands of CONTRACT §1 share: the language, the plan, and exit status 2."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from aop.calc.months import Month
from aop.calc.reading.folder_problems import FolderRefused
from aop.errors import RuleViolation
from aop.tenancy.models import Company
from planning.folders.sentences import problem_sentence
from planning.models import Plan

REFUSED = 2


def refusal(sentences: Iterable[str]) -> CommandError:
    """Return the error that ends a command: sentences on standard error, exit status 2."""
    return CommandError("\n".join(sentences), returncode=REFUSED)


class PlanCommand(BaseCommand):
    """A command that speaks the terminal's language and refuses with exit status 2."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run `work`; whatever the user can mend is told in sentences."""
        language = "vi" if os.environ.get("LANG", "").lower().startswith("vi") else "en"
        with translation.override(language):
            try:
                self.work(**options)
            except FolderRefused as refused:
                raise refusal(map(problem_sentence, refused.problems)) from refused
            except RuleViolation as refused:
                raise refusal([str(refused)]) from refused

    def work(self, **options: Any) -> None:
        """Do what the command is for."""
        raise NotImplementedError(type(self))

    def find_company(self, slug: str) -> Company:
        """Return the company at `slug`, or end the command with a sentence."""
        company = Company.objects.filter(slug=slug).first()
        if company is None:
            raise refusal([_("There is no company at “%(slug)s”.") % {"slug": slug}])
        return company

    def find_plan(self, slug: str, year: int) -> Plan:
        """Return the plan of that year, or end the command with a sentence."""
        company = self.find_company(slug)
        plans = Plan.objects.for_company(company).select_related("company")
        plan = plans.filter(fiscal_year=year).first()
        if plan is None:
            years = ", ".join(str(found.fiscal_year) for found in plans) or _("none yet")
            message = _("%(company)s has no plan for %(year)s; its plans are: %(years)s.")
            raise refusal([message % {"company": company, "year": year, "years": years}])
        return plan

    def read_month(self, text: str) -> Month:
        """Return the month written as `2026-10`, or end the command with a sentence."""
        try:
            return Month.parse(text)
        except ValueError as error:
            message = _("“%(text)s” is not a month. Write it like 2026-10.")
            raise refusal([message % {"text": text}]) from error
