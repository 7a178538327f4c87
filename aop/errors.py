"""The one exception for a refusal that a person caused and can mend."""

from django.utils.functional import Promise


class RuleViolation(Exception):
    """A rule of the plan refuses a change; the message tells the person what to do instead.

    Services raise it; views show the message beside the form and answer 422; commands
    write it to standard error and exit with 2. `field` names the form field it belongs to.
    """

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)
