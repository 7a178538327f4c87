"""Puts the worst text into every field of a company that holds free text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models

from aop.tenancy.models import Company, User

if TYPE_CHECKING:
    Field = models.Field[Any, Any]

APPS = ("tenancy", "planning", "budgets", "tracking")
BAIT = """"'><img data-bait src=x onerror=alert(1)><b data-bait>{{7*7}}</b>&lt;"""
LONGEST = 200
FILLING = " “Nhà” ‘Bé’ 👶🏽 và" + "Khôngcódấucáchnàotrongtênnày" * 3 + " ngày mai" * 20
# Words of our own, addresses, and codes that other rows name.
OURS = {
    "code",
    "line_code",
    "cash_lag",
    "currency",
    "language",
    "time_zone",
    "slug",
    "unit",
    "measure",
    "password",
    "email",
    "action",
    "subject_type",
    "request_id",
    "token_digest",
    "digest",
    "key",
    "value_unit",
    "thresholds",
    "snapshot",
    "approved_by",
}


def poison(company: Company) -> int:
    """Fill every free text of the company and its people; return how many fields there are."""
    count = 0
    for model in (one for app in APPS for one in apps.get_app_config(app).get_models()):
        fields = list(texts_of(model))
        for row in rows_of(model, company) if fields else ():
            for field in fields:
                setattr(row, field.name, poisoned(field, row))
            row.save_base(raw=True)
        count += len(fields)
    return count


def texts_of(model: type[models.Model]) -> Iterator["Field"]:
    """Yield the fields of a model that hold free text."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
        if is_text and not field.choices and field.name not in OURS:
            yield field


def rows_of(model: type[models.Model], company: Company) -> Any:
    """Return the rows of the company, or of its people."""
    rows: Any = model._default_manager
    if model is Company:
        return rows.filter(pk=company.pk)
    if model is User:
        return rows.filter(memberships__company=company)
    return rows.filter(company=company)


def poisoned(field: "Field", row: models.Model) -> Any:
    """Return the text for a field, different in each row; in JSON, each text is replaced."""
    if isinstance(field, models.JSONField):
        return infected(getattr(row, field.name))
    long = min(field.max_length or LONGEST, LONGEST)
    return f"{BAIT}{row.pk}{FILLING}"[:long]


def infected(value: Any, name: str = "") -> Any:
    """Return a JSON value with free text in the place of each text that is not ours."""
    if isinstance(value, dict):
        return {key: infected(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [infected(one, name) for one in value]
    return (
        BAIT if isinstance(value, str) and name in {"", "name", "reason", "why", "what"} else value
    )
