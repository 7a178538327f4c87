"""Choosing among the usual lines of a small shop."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aop.calc.lines import LineKind
from budgets.models import KIND_CHOICES
from budgets.services.starters import STARTERS


class StartForm(forms.Form):
    """Ticks for the usual lines, by kind."""

    lines = forms.MultipleChoiceField(
        label=_("Usual lines"),
        choices=[(starter.key, starter.name) for starter in STARTERS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one line.")},
    )

    def __init__(self, data: Any = None) -> None:
        usual = [starter.key for starter in STARTERS if starter.is_usual]
        super().__init__(data, initial={"lines": usual})

    @property
    def by_kind(self) -> list[tuple[LineKind, Any, list[Any]]]:
        """The ticks of each kind that has any: the kind, its name, the ticks."""
        kind_of = {starter.key: starter.kind for starter in STARTERS}
        found = []
        for value, label in KIND_CHOICES:
            ticks = [tick for tick in self["lines"] if kind_of[tick.data["value"]] == value]
            if ticks:
                found.append((LineKind(value), label, ticks))
        return found
