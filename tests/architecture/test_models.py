"""Rules about the tables: every row belongs to a company and can be tied to it."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Model, UniqueConstraint

from aop.tenancy.models import Company, User
from tests.architecture.source import TENANT_APPS

GLOBAL: set[type[Model]] = {Company, User}


def tenant_models() -> list[type[Model]]:
    """Return the tables of the apps whose rows belong to a company."""
    found = [m for app in ("tenancy", *TENANT_APPS) for m in apps.get_app_config(app).get_models()]
    return [model for model in found if model not in GLOBAL]


def ties_rows_to_their_company(model: type[Model]) -> bool:
    """Whether a foreign key can name company and row together, so that both must agree."""
    keys = [c.fields for c in model._meta.constraints if isinstance(c, UniqueConstraint)]
    return ("company", "id") in keys


def test_every_row_belongs_to_a_company() -> None:
    lost = [
        m.__name__ for m in tenant_models() if "company" not in {f.name for f in m._meta.fields}
    ]

    assert not lost, "\n".join(lost)


def test_every_row_can_be_tied_to_its_company() -> None:
    loose = [model.__name__ for model in tenant_models() if not ties_rows_to_their_company(model)]

    assert not loose, "\n".join(loose)


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    output = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=output)
    except SystemExit:
        pytest.fail(f"make one: manage.py makemigrations --name …\n{output.getvalue()}")
