"""The first step of a person here: a company from nothing, a copy to look round, a folder."""

from dataclasses import dataclass, replace

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Company, Membership, User
from aop.tenancy.services.companies import CompanyValues, create_company, free_slug
from budgets.models import AdjustmentMove, BudgetLine, Commitment, LineMonth
from budgets.services.plans import create_plan
from planning.models import Goal, InitiativeBudget, Kpi, KpiMonth, Plan, Risk, Unit
from tracking.folders.content import PlanFolder
from tracking.models import Entry, ManualForecast
from tracking.services.companies import Destination, load_company, sample_folder

SAMPLE_OWNER_EMAIL = "owner@babycare.example"


@dataclass(frozen=True, slots=True)
class FirstYear:
    """The fiscal year that the first plan is for."""

    first_month: Month
    label: int


@transaction.atomic
def start_company(values: CompanyValues, year: FirstYear, *, currency: str, owner: User) -> Plan:
    """Start a company with the empty plan of its first year.

    Raises:
        RuleViolation: The year's label does not fit its months.
        ValidationError: A value breaks a field's rule.
    """
    membership = create_company(values, currency=currency, owner=owner)
    return create_plan(
        membership.company, first_month=year.first_month, fiscal_year=year.label, actor=membership
    )


@transaction.atomic
def copy_sample(name: str, *, as_draft: bool, owner: User) -> Company:
    """Give `owner` a private copy of BabyCare House to play with, whose owner they play.

    As it is, its year runs and ten months are closed; as a draft, the plan waits for approval.

    Raises:
        ValidationError: The name is too long.
    """
    folder = sample_folder(as_draft=as_draft)
    people = tuple(
        replace(person, email=owner.email if person.email == SAMPLE_OWNER_EMAIL else "")
        for person in folder.people
    )
    return _load(replace(folder, people=people), name, "tracking.company.copied", owner)


@transaction.atomic
def import_company(folder: PlanFolder, *, owner: User) -> Company:
    """Make a company of a plan folder; `owner` owns it.

    Raises:
        ValidationError: A value of the folder breaks a field's rule.
    """
    return _load(folder, folder.company.name, "tracking.company.imported", owner)


def _load(folder: PlanFolder, name: str, action: str, owner: User) -> Company:
    company = load_company(folder, Destination(owner=owner, slug=free_slug(name), name=name))
    membership = Membership.objects.for_company(company).get(user=owner)
    audit.record(action, company, actor=membership)
    return company


@transaction.atomic
def change_currency(currency: str, *, actor: Membership) -> Company:
    """Count the company's plans in another currency, while nothing is counted yet.

    Raises:
        RuleViolation: A plan holds amounts, which would silently mean other money.
    """
    company = Company.objects.select_for_update().get(pk=actor.company_id)
    if company.currency == currency:
        return company
    if holds_amounts(company):
        raise RuleViolation(
            _("The plans hold amounts in %(currency)s. Start another company to plan in another.")
            % {"currency": company.currency},
            field="currency",
        )
    changes = audit.changed_fields(company, {"currency": currency})
    company.currency = currency
    company.full_clean()
    company.save(update_fields=["currency"])
    audit.record("tenancy.company.updated", company, actor=actor, changes=changes)
    return company


def holds_amounts(company: Company) -> bool:
    """Say whether any plan of the company holds an amount of money."""
    some_amount = (
        Plan.objects.for_company(company).filter(
            _any_known("opening_cash_amount", "minimum_cash_amount", "opening_stock_amount")
        ),
        LineMonth.objects.for_company(company).filter(
            _any_known("planned_amount", "baseline_amount", "last_year_amount", "actual_amount")
        ),
        BudgetLine.objects.for_company(company).filter(_any_known("opening_balance_amount")),
        Risk.objects.for_company(company).filter(_any_known("contingency_amount")),
        Goal.objects.for_company(company)
        .filter(models.Q(unit=Unit.MONEY) | models.Q(kpi__unit=Unit.MONEY))
        .filter(_any_known("baseline", "target")),
        Kpi.objects.for_company(company).filter(
            models.Q(floor__isnull=False) | models.Q(cap__isnull=False), unit=Unit.MONEY
        ),
        KpiMonth.objects.for_company(company).filter(kpi__unit=Unit.MONEY),
        InitiativeBudget.objects.for_company(company),
        Commitment.objects.for_company(company),
        AdjustmentMove.objects.for_company(company),
        Entry.objects.for_company(company),
        ManualForecast.objects.for_company(company),
    )
    return any(rows.exists() for rows in some_amount)


def _any_known(*fields: str) -> models.Q:
    known = models.Q()
    for field in fields:
        known |= models.Q(**{f"{field}__isnull": False})
    return known
