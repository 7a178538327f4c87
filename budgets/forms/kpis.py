"""The form of a KPI: exactly the fields that its way of measuring needs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from aop.calc.lines import LineKind
from aop.calc.months import Month
from aop.calc.report.facts import LineFacts
from aop.tenancy.models import NAME_LENGTH
from planning.forms.choices import person_field
from planning.forms.values import read_value, show_value
from planning.models import Better, Goal, Kpi, MeasureKind, Person, Plan, Unit
from planning.queries import parts
from planning.services.kpis import ALIVE_FIELDS

VALUE_ATTRS = {"inputmode": "decimal", "autocomplete": "off", "data-look": "money"}
LINES_OF: dict[str, tuple[tuple[str, Any], ...]] = {
    MeasureKind.TOTAL: (("lines", _("Which lines are added up?")),),
    MeasureKind.ATTAINMENT: (("lines", _("Which lines are compared with their plan?")),),
    MeasureKind.RATIO: (
        ("of", _("Which lines are divided …")),
        ("to", _("… by which lines?")),
    ),
    MeasureKind.MARGIN: (
        ("revenue", _("Which revenue?")),
        ("cost", _("Less which costs?")),
    ),
}
UNITS: dict[str, Unit] = {
    MeasureKind.TOTAL: Unit.MONEY,
    MeasureKind.CLOSING_STOCK: Unit.MONEY,
    MeasureKind.CLOSING_CASH: Unit.MONEY,
    MeasureKind.RATIO: Unit.RATIO,
    MeasureKind.MARGIN: Unit.RATIO,
    MeasureKind.ATTAINMENT: Unit.RATIO,
    MeasureKind.LOAD_OF: Unit.RATIO,
}
KIND_HELP: dict[str, Any] = {
    MeasureKind.TOTAL: _("The sum of some lines, such as all revenue."),
    MeasureKind.RATIO: _("A share, such as online revenue of all revenue."),
    MeasureKind.MARGIN: _("What is left of revenue after some costs."),
    MeasureKind.CLOSING_STOCK: _("The value of the goods at the end of the month."),
    MeasureKind.CLOSING_CASH: _("Cash and bank at the end of the month."),
    MeasureKind.ATTAINMENT: _("How much of the plan of some lines was reached or used."),
    MeasureKind.LOAD_OF: _("How full the month of one person is."),
    MeasureKind.MANUAL: _("A number that the budget does not know: orders, ratings, days."),
}


class KpiForm(forms.Form):
    """A KPI of one kind; of a KPI that the approval froze only name and person."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Whose load?"), empty_label=None)
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit.choices)
    better = forms.ChoiceField(
        label=_("Which way is good?"),
        choices=Better.choices,
        widget=forms.RadioSelect(attrs={"data_look": "choice"}),
        initial=Better.HIGHER,
    )
    floor = forms.CharField(
        label=_("Not below"), required=False, widget=forms.TextInput(attrs=VALUE_ATTRS)
    )
    cap = forms.CharField(
        label=_("Not above"), required=False, widget=forms.TextInput(attrs=VALUE_ATTRS)
    )
    measures = forms.ModelMultipleChoiceField(
        Goal.objects.none(),
        label=_("It measures the goal"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every goal is measured by exactly one KPI, in the KPI's unit."),
    )
    goals = forms.ModelMultipleChoiceField(
        Goal.objects.none(),
        label=_("It tells about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    headline = forms.BooleanField(
        label=_("Shown among the KPIs"),
        required=False,
        initial=True,
        help_text=_("Without this it only tells when a risk has arrived."),
    )

    def __init__(
        self,
        *args: Any,
        plan: Plan,
        kind: str,
        lines: Sequence[LineFacts],
        kpi: Kpi | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.kind, self.kpi = plan, kind, kpi
        self.fields["owner"] = person_field(plan)
        self._offer(lines)
        if kpi is not None:
            self.initial = {**_initial(kpi, kind, plan), **self.initial}
        self._leave_out()

    def _offer(self, lines: Sequence[LineFacts]) -> None:
        for name in ("measures", "goals"):
            goals: Any = self.fields[name]
            goals.queryset = parts.goals_of(self.plan)
            goals.label_from_instance = _goal_label if name == "measures" else _coded
        person: Any = self.fields["person"]
        person.queryset = parts.people_of(self.plan)
        for name, label in LINES_OF.get(self.kind, ()):
            self.fields[name] = forms.MultipleChoiceField(
                label=label,
                choices=_by_group(line for line in lines if _fits(line, name)),
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Choose at least one line.")},
            )
        for month in self.plan.year:
            self.fields[_target_name(month)] = forms.CharField(
                required=False, label=str(month), widget=forms.TextInput(attrs=VALUE_ATTRS)
            )

    def _leave_out(self) -> None:
        """Keep the fields that this kind has and that are not frozen."""
        useless = set()
        if self.kind in UNITS:
            useless.add("unit")
        if self.kind != MeasureKind.LOAD_OF:
            useless.add("person")
        if self.is_frozen:
            useless.update(name for name in self.fields if name not in ALIVE_FIELDS)
        elif self.plan.is_frozen:
            useless.update({"headline", "measures"})
        for name in useless:
            del self.fields[name]

    @property
    def is_frozen(self) -> bool:
        """Whether the approval froze this KPI: it is shown, or it measures a goal."""
        if self.kpi is None or not self.plan.is_frozen:
            return False
        return self.kpi.headline or bool(self.kpi.headline_goals.all())

    @property
    def line_fields(self) -> Iterator[BoundField]:
        """The lists of lines to choose from."""
        names = (name for name, _label in LINES_OF.get(self.kind, ()))
        return (self[name] for name in names if name in self.fields)

    @property
    def target_fields(self) -> list[tuple[Month, BoundField]]:
        """The twelve targets, none for a frozen KPI."""
        named = ((month, _target_name(month)) for month in self.plan.year)
        return [(month, self[name]) for month, name in named if name in self.fields]

    @property
    def has_targets(self) -> bool:
        """Whether a target is typed or shown, so that the twelve inputs stand open."""
        return any(field.value() or field.errors for _month, field in self.target_fields)

    def clean(self) -> dict[str, Any]:
        """Read limits and targets in the unit that the KPI has now."""
        values = super().clean() or self.cleaned_data
        names = ["floor", "cap", *map(_target_name, self.plan.year)]
        unit = self._unit(values)
        for name in (name for name in names if name in self.fields):
            values[name] = self._value(name, unit)
        return values

    def _unit(self, values: Mapping[str, Any]) -> str:
        return UNITS.get(self.kind) or values.get("unit") or Unit.NUMBER

    def _value(self, name: str, unit: str) -> Decimal | None:
        try:
            text = self.cleaned_data.get(name) or ""
            return read_value(text, unit, self.plan.company.currency)
        except ValidationError as error:
            self.add_error(name, error)
            return None

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed of the KPI itself, its measure and its unit included."""
        typed = self.cleaned_data
        if self.is_frozen:
            return {name: typed[name] for name in sorted(ALIVE_FIELDS)}
        values = {name: typed[name] for name in ("name", "better", "floor", "cap", "owner")}
        headline = False if self.plan.is_frozen else typed["headline"]
        unit, measure = self._unit(typed), self._measure()
        return {**values, "headline": headline, "unit": unit, "measure": measure}

    def _measure(self) -> dict[str, Any]:
        typed, names = self.cleaned_data, [name for name, _label in LINES_OF.get(self.kind, ())]
        if names == ["lines"]:
            return {str(self.kind): typed["lines"]}
        if names:
            return {str(self.kind): {name: typed[name] for name in names}}
        is_load = self.kind == MeasureKind.LOAD_OF
        return {str(self.kind): typed["person"].code if is_load else True}

    def chosen(self, name: str) -> list[Goal] | None:
        """Return the goals that were ticked; None where none could be."""
        return list(self.cleaned_data[name]) if name in self.fields else None

    @property
    def targets(self) -> dict[Month, Decimal | None]:
        """The twelve targets as they were typed."""
        typed = self.cleaned_data
        return {month: typed[_target_name(month)] for month, _field in self.target_fields}


class PresetForm(forms.Form):
    """Which of the usual KPIs is wanted."""

    preset = forms.ChoiceField()

    def __init__(self, *args: Any, keys: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preset"] = forms.ChoiceField(choices=[(key, key) for key in keys])


class KpiLogForm(forms.Form):
    """What a KPI came to in the months that are open."""

    def __init__(self, *args: Any, kpi: Kpi, months: Sequence[Month], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kpi, self.months, self.currency = kpi, months, kpi.plan.company.currency
        stored = {Month.of(row.first_day): row.actual_value for row in kpi.months.all()}
        for month in months:
            shown = show_value(stored.get(month), kpi.unit, self.currency)
            self.fields[f"value-{month}"] = forms.CharField(
                required=False,
                label=str(month),
                initial=shown,
                widget=forms.TextInput(attrs=VALUE_ATTRS),
            )

    @property
    def value_fields(self) -> list[tuple[Month, BoundField]]:
        """The inputs by month."""
        return [(month, self[f"value-{month}"]) for month in self.months]

    def clean(self) -> dict[str, Any]:
        """Read every value in the KPI's unit."""
        values = super().clean() or self.cleaned_data
        for month in self.months:
            name = f"value-{month}"
            try:
                values[name] = read_value(values.get(name) or "", self.kpi.unit, self.currency)
            except ValidationError as error:
                self.add_error(name, error)
        return values

    @property
    def values(self) -> dict[Month, Decimal | None]:
        """What was typed, by month."""
        return {month: self.cleaned_data[f"value-{month}"] for month in self.months}


def _initial(kpi: Kpi, kind: str, plan: Plan) -> dict[str, Any]:
    """Return what a stored KPI shows; what another way of measuring had is left behind."""
    shown: dict[str, Any] = {"name": kpi.name, "better": kpi.better, "owner": kpi.owner_id}
    shown |= {
        "unit": kpi.unit,
        "headline": kpi.headline,
        "goals": [link.goal_id for link in kpi.goal_links.all()],
        "measures": [goal.pk for goal in kpi.headline_goals.all()],
    }
    if kind == kpi.measure_kind:
        shown |= _measured(kpi, plan)
    if UNITS.get(kind, kpi.unit) == kpi.unit:
        currency = plan.company.currency
        values = {"floor": kpi.floor, "cap": kpi.cap}
        values |= {
            _target_name(Month.of(row.first_day)): row.target_value for row in kpi.months.all()
        }
        shown |= {name: show_value(value, kpi.unit, currency) for name, value in values.items()}
    return shown


def _measured(kpi: Kpi, plan: Plan) -> dict[str, Any]:
    match kpi.measured_on:
        case list() as codes:
            return {"lines": codes}
        case dict() as named:
            return dict(named)
        case str() as code:
            return {"person": parts.people_of(plan).filter(code=code).first()}
    return {}


def _fits(line: LineFacts, name: str) -> bool:
    """Say whether a line can stand in the list of that name: a margin has two of their own."""
    if name in ("revenue", "cost"):
        return (line.kind is LineKind.REVENUE) == (name == "revenue")
    return True


def _by_group(lines: Iterable[LineFacts]) -> list[tuple[str, Any]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        found.setdefault(line.group, []).append((line.code, line.name))
    loose = found.pop("", [])
    return [*loose, *found.items()]


def _target_name(month: Month) -> str:
    return f"target-{month}"


def _coded(goal: Goal) -> str:
    return f"{goal.code} {goal.name}"


def _goal_label(goal: Goal) -> str:
    if goal.kpi is None:
        return _coded(goal)
    return str(_("%(goal)s (now: %(kpi)s)") % {"goal": _coded(goal), "kpi": goal.kpi.name})
