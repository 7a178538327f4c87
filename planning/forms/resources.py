"""Forms of people and of what their time goes to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from aop.calc.months import Month
from aop.web.amounts import QuantityField
from planning.models import Initiative, Person, Plan
from planning.models.resources import HOURS_IN_A_WEEK

Cell = tuple[Initiative | None, Month]
MOST_PERCENT = 999


class PersonForm(forms.ModelForm):
    """A person with the hours of a usual week."""

    hours_per_week = QuantityField(
        label=_("Hours per week"), least=Decimal(0), most=Decimal(HOURS_IN_A_WEEK)
    )

    class Meta:
        model = Person
        fields = ["name", "role", "hours_per_week", "email"]
        help_texts = {
            "email": _("Joins the person to the member who signs in with this address."),
        }


@dataclass(frozen=True)
class WorkRow:
    """The twelve inputs of one work; no initiative is daily business."""

    initiative: Initiative | None
    cells: list[tuple[Month, BoundField]]


class AllocationForm(forms.Form):
    """Percents of one person's twelve months, work by work."""

    def __init__(
        self,
        *args: Any,
        plan: Plan,
        works: Iterable[Initiative],
        stored: Mapping[tuple[int | None, Month], Decimal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.works: list[Initiative | None] = [None, *works]
        self.months = plan.year.months
        for work, month in self._keys():
            field = QuantityField(
                least=Decimal(0), most=Decimal(MOST_PERCENT), required=False, label=str(month)
            )
            field.initial = stored.get((work.pk if work else None, month))
            self.fields[_name(work, month)] = field

    @property
    def rows(self) -> list[WorkRow]:
        """The inputs by work, daily business first."""
        return [
            WorkRow(work, [(month, self[_name(work, month)]) for month in self.months])
            for work in self.works
        ]

    @property
    def cells(self) -> dict[Cell, Decimal | None]:
        """What was typed."""
        return {
            (work, month): self.cleaned_data[_name(work, month)] for work, month in self._keys()
        }

    def _keys(self) -> Iterator[Cell]:
        return ((work, month) for work in self.works for month in self.months)


def _name(work: Initiative | None, month: Month) -> str:
    return f"share-{work.pk if work else 'daily'}-{month}"
