"""Fields that offer parts of one plan: its people and its KPIs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.models import Kpi, Person, Plan
from planning.queries import parts

NOBODY = "—"


def person_field(plan: Plan) -> "forms.ModelChoiceField[Person]":
    """Return a field for the person in charge, or nobody."""
    return forms.ModelChoiceField(
        parts.people_of(plan), label=_("Person in charge"), required=False, empty_label=NOBODY
    )


def kpi_field(plan: Plan) -> "forms.ModelChoiceField[Kpi]":
    """Return a field for one KPI, or none; the form gives it label and hint."""
    return forms.ModelChoiceField(parts.plain_kpis_of(plan), required=False, empty_label=NOBODY)
