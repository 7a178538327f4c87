"""Companies: started by a person, changed by its owner."""

from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from aop.tenancy import audit
from aop.tenancy.models import SLUG_LENGTH, Company, Membership, User
from aop.tenancy.naming import first_free, slug_of
from aop.tenancy.roles import Role

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class CompanyValues:
    """What a person says about their company."""

    name: str
    industry: str
    language: str
    time_zone: str


@transaction.atomic
def create_company(values: CompanyValues, *, currency: str, owner: User) -> Membership:
    """Start a company and make `owner` its owner.

    Raises:
        ValidationError: A value breaks a field's rule.
    """
    company = Company(currency=currency, **asdict(values))
    _store_under_free_address(company)
    membership = Membership(company=company, user=owner, role=Role.OWNER)
    membership.full_clean()
    membership.save()
    changes = {"name": (None, company.name), "currency": (None, currency)}
    audit.record("tenancy.company.created", company, actor=membership, changes=changes)
    return membership


@transaction.atomic
def update_company(values: CompanyValues, *, actor: Membership) -> Company:
    """Change what is said about the company; its address stays, so links keep working.

    Raises:
        ValidationError: A value breaks a field's rule.
    """
    company = Company.objects.select_for_update().get(pk=actor.company_id)
    changes = audit.changed_fields(company, asdict(values))
    if not changes:
        return company
    for field, (_before, after) in changes.items():
        setattr(company, field, after)
    company.full_clean()
    company.save(update_fields=list(changes))
    audit.record("tenancy.company.updated", company, actor=actor, changes=changes)
    return company


def free_slug(name: str) -> str:
    """Return the address for a company of that name: the first that no other one has."""
    slug = slug_of(name, longest=SLUG_LENGTH, otherwise="company")
    taken = set(
        Company.objects.filter(slug__startswith=slug[: SLUG_LENGTH // 2]).values_list(
            "slug", flat=True
        )
    )
    return first_free(slug, taken, longest=SLUG_LENGTH)


def _store_under_free_address(company: Company) -> None:
    """Store the company; whoever takes the same address at the same moment goes one further."""
    for attempt in range(ATTEMPTS):
        company.slug = free_slug(company.name)
        company.full_clean(validate_unique=False)
        try:
            with transaction.atomic():
                company.save(force_insert=True)
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            return
