"""From a form to a service and back: refusals become messages beside the fields."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from aop.errors import RuleViolation

P = ParamSpec("P")
T = TypeVar("T")


def attempt(form: BaseForm, service: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """Call `service`; when it refuses, put its message on `form` and return None.

    A view writes `if form.is_valid() and (saved := attempt(form, update_goal, …)):`, and
    answers 422 with the form otherwise.
    """
    try:
        return service(*args, **kwargs)
    except RuleViolation as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, str(refused))
    except ValidationError as error:
        _show(form, error)
    return None


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, even when it is nothing; None when a page is only looked at."""
    return request.POST if request.method == "POST" else None


def _show(form: BaseForm, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        known = field in form.fields and field != NON_FIELD_ERRORS
        form.add_error(field if known else None, errors)
