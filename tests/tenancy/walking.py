"""Every address of the app, a real one to open, and who is let in."""

import csv
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from aop.tenancy.models import Company

TABLE = Path(__file__).parent / "permissions.csv"
SUBJECTS = ("anonymous", "outsider", "viewer", "staff", "accountant", "owner")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
YEAR, MONTH, ADJUSTMENT = 2026, "2026-11", 1
LOGIN = "/accounts/login/"
FOUND, FORBIDDEN, NOT_FOUND, NOT_ALLOWED = 302, 403, 404, 405
ALIASES = {"member": "membership"}
# Whose rows a page needs, where any row of the company would not do.
STAFF = "staff@babycare.example"
PICKS: dict[str, dict[str, Any]] = {
    "budgets:kpi_log": {"measure": {"manual": True}},
    "tracking:entry_edit": {"line__owner__email": STAFF},
    "tracking:entry_restore": {"line__owner__email": STAFF},
    "tracking:entry_withdraw": {"line__owner__email": STAFF},
    "tracking:milestone_done": {"initiative__owner__email": STAFF, "done": None},
}
LET_IN = frozenset({200, 201, 204, 302, 303, 409, 422})


@dataclass(frozen=True)
class Address:
    """One URL pattern: its name, and the names of what varies in it."""

    name: str
    params: tuple[str, ...]
    pattern: URLPattern


@dataclass(frozen=True)
class Row:
    """One line of the table: the methods an address takes and the word for each subject.

    The words: `in`, `login` (sent to sign in), `403`, `404`.
    """

    name: str
    methods: tuple[str, ...]
    words: Mapping[str, str]

    def expected(self, method: str, subject: str) -> str:
        """Return the word for one request; a method that is not listed is refused with 405."""
        return self.words[subject] if method in self.methods else str(NOT_ALLOWED)


@cache
def table() -> dict[str, Row]:
    """Return the table by the name of the address."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            line["address"]: Row(
                line["address"], tuple(line["methods"].split()), {s: line[s] for s in SUBJECTS}
            )
            for line in csv.DictReader(file)
        }


def addresses(
    resolver: URLResolver | None = None, prefix: str = "", params: tuple[str, ...] = ()
) -> Iterator[Address]:
    """Yield every URL pattern of ours with its full name; allauth tests its own."""
    for entry in (resolver or get_resolver()).url_patterns:
        found = (*params, *entry.pattern.converters)
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from addresses(entry, space, found)
        elif not entry.callback.__module__.startswith("allauth."):
            yield Address(f"{prefix}{entry.name}", found, entry)


@cache
def known() -> dict[str, Address]:
    """Return the addresses that have a row, by name."""
    return {found.name: found for found in addresses() if found.name in table()}


def url_of(address: Address, company: Company) -> str:
    """Return a real URL: everything that varies is taken from the company."""
    values = {param: _value(param, company, address.name) for param in address.params}
    return reverse(address.name, kwargs=values)


def _value(param: str, company: Company, name: str) -> Any:
    fixed: dict[str, Any] = {
        "company_slug": company.slug,
        "year": YEAR,
        "month": MONTH,
        "number": ADJUSTMENT,
        "token": "a-token-that-nobody-was-given",
    }
    if param in fixed:
        return fixed[param]
    noun, _underscore, column = param.rpartition("_")
    row = _first_row(noun, company, PICKS.get(name, {}))
    if row is None:
        raise LookupError(f"Nothing of the company can stand for <{param}>.")
    return getattr(row, "pk" if column == "id" else column)


def _first_row(noun: str, company: Company, filters: dict[str, Any]) -> Model | None:
    wanted = ALIASES.get(noun, noun.replace("_", ""))
    models = [m for m in apps.get_models() if (m._meta.model_name or "").endswith(wanted)]
    for model in sorted(models, key=lambda m: m._meta.model_name != wanted):
        if hasattr(model, "company"):
            rows = model._default_manager.filter(company=company, **filters)
            return rows.order_by("pk").first()
    return None


def word_for(response: HttpResponseBase) -> str:
    """Return the table's word for an answer; an answer without a word is its status."""
    if response.status_code == FOUND and response.headers["Location"].startswith(LOGIN):
        return "login"
    return "in" if response.status_code in LET_IN else str(response.status_code)


def ask(client: Client, method: str, url: str) -> str:
    """Send a request, undo what it changed, and return the word for its answer."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        word = word_for(client.generic(method, url))
        transaction.set_rollback(True)
    client.cookies = cookies
    return word


def proposal(address: Address, company: Company, clients: Mapping[str, Client]) -> str:
    """Return the line that an address would need, to be read before it is believed."""
    url = url_of(address, company)
    methods = [m for m in METHODS if ask(clients["owner"], m, url) != str(NOT_ALLOWED)]
    words = [ask(clients[s], methods[0], url) if methods else "?" for s in SUBJECTS]
    return ",".join((address.name, " ".join(methods), *words))
