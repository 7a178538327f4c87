"""Background work for one company (see `aop.jobs.runner`)."""

from collections.abc import Iterator
from contextlib import contextmanager

from aop.tenancy.access import tenant
from aop.tenancy.models import Company


@contextmanager
def company_context(company_id: int) -> Iterator[None]:
    """Name the company that a job works for.

    Raises:
        Company.DoesNotExist: The company was deleted meanwhile.
    """
    with tenant(Company.objects.get(pk=company_id)):
        yield
