"""What every template of a company's pages knows without being told."""

from typing import Any

from django.http import HttpRequest

from aop.tenancy.roles import Permission


def company_context(request: HttpRequest) -> dict[str, Any]:
    """Return the company, the member, what they may do, and the currency of the page.

    `may` maps every permission's name to whether this member has it, for
    `{% if may.edit_plan %}`.
    """
    membership = getattr(request, "membership", None)
    if membership is None:
        return {}
    return {
        "company": membership.company,
        "membership": membership,
        "may": {str(p): membership.may(p) for p in Permission},
        "currency": membership.company.currency,
        "plan": getattr(request, "plan", None),
        "today": getattr(request, "today", None),
    }
