"""The usual lines of a small shop, so that nobody starts from a blank table."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aop.calc.lines import LineKind
from aop.errors import RuleViolation
from aop.tenancy.models import Language, Membership
from budgets.models import BudgetLine
from budgets.services.lines import add_line
from planning.services.parts import locked_plan, refuse_frozen


@dataclass(frozen=True, slots=True)
class Starter:
    """One usual line; `is_usual` is ticked from the start."""

    key: str
    name: Promise
    kind: LineKind
    cash_lag: str = "1"
    is_private: bool = False
    is_usual: bool = True


STARTERS = (
    Starter("store_revenue", _("Store revenue"), LineKind.REVENUE),
    Starter("online_revenue", _("Online revenue"), LineKind.REVENUE, is_usual=False),
    Starter("service_revenue", _("Service revenue"), LineKind.REVENUE, is_usual=False),
    Starter("cogs", _("Cost of goods sold"), LineKind.COGS, cash_lag=""),
    Starter("purchases", _("Stock purchases"), LineKind.PURCHASE),
    Starter("ads", _("Advertising"), LineKind.MARKETING),
    Starter("content", _("Content and photos"), LineKind.MARKETING, is_usual=False),
    Starter("rent", _("Rent"), LineKind.OPEX),
    Starter("salaries", _("Salaries"), LineKind.OPEX, is_private=True),
    Starter("insurance", _("Social insurance"), LineKind.OPEX, is_private=True),
    Starter("utilities", _("Electricity and water"), LineKind.OPEX),
    Starter("software", _("Software and internet"), LineKind.OPEX),
    Starter("accounting", _("Accounting service"), LineKind.OPEX),
    Starter("supplies", _("Supplies and small repairs"), LineKind.OPEX),
    Starter("fees", _("Marketplace and payment fees"), LineKind.VARIABLE, is_usual=False),
    Starter("delivery", _("Packaging and delivery"), LineKind.VARIABLE),
    Starter("equipment", _("Equipment"), LineKind.CAPEX, is_usual=False),
    Starter("tax", _("Taxes"), LineKind.TAX),
    Starter("contingency", _("Contingency"), LineKind.CONTINGENCY, cash_lag=""),
    Starter("loans", _("Loans and owner's money"), LineKind.FINANCING, is_usual=False),
)


@transaction.atomic
def start_lines(plan_id: int, keys: Collection[str], *, actor: Membership) -> list[BudgetLine]:
    """Add the chosen usual lines in their order, named in the company's language.

    Raises:
        RuleViolation: The plan is approved, or nothing was chosen.
    """
    refuse_frozen(locked_plan(plan_id, actor))
    chosen = [starter for starter in STARTERS if starter.key in keys]
    if not chosen:
        raise RuleViolation(_("Tick at least one line."))
    return [_add(plan_id, starter, actor) for starter in chosen]


def _add(plan_id: int, starter: Starter, actor: Membership) -> BudgetLine:
    with translation.override(actor.company.language):
        name = str(starter.name)
    with translation.override(Language.ENGLISH):
        english = str(starter.name)
    values = {
        "name": name,
        "name_en": "" if english == name else english,
        "kind": starter.kind.value,
        "cash_lag": starter.cash_lag,
        "is_private": starter.is_private,
    }
    return add_line(plan_id, values, actor=actor)
