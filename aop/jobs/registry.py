"""Tasks by name: an app's `tasks.py` registers them, the runner finds them."""

from collections.abc import Callable
from typing import Any

Handler = Callable[..., None]

_handlers: dict[str, Handler] = {}


class UnknownTaskError(LookupError):
    """A job names a task that no installed app registers."""


def task(name: str) -> Callable[[Handler], Handler]:
    """Register a function as the task `name`, such as `"tracking.send_review_notice"`.

    The function is called as `handler(company_id, **ids)` when its company has been named to
    the database (see `aop.jobs.runner`). It calls one service and must be safe to run twice:
    a worker that dies after the work and before the tick mark leaves a job that runs again.
    """

    def register(handler: Handler) -> Handler:
        if _handlers.setdefault(name, handler) is not handler:
            raise ValueError(f"Two tasks are called {name}.")
        return handler

    return register


def handler_of(name: str) -> Handler:
    """Return the function behind a name.

    Raises:
        UnknownTaskError: No task has this name.
    """
    try:
        return _handlers[name]
    except KeyError:
        raise UnknownTaskError(name) from None


def registered_tasks() -> dict[str, Any]:
    """Return all tasks by name."""
    return dict(_handlers)
