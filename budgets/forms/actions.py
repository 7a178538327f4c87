"""Forms of initiatives and milestones: what is done, for which goal, by whom, with which money."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aop.calc.cells import total_or_zero
from aop.calc.currencies import Currency
from aop.calc.lines import RULES
from aop.calc.money_text import format_short
from aop.calc.report.facts import LineFacts
from aop.tenancy.models import NAME_LENGTH, NOTE_LENGTH
from aop.web.amounts import AmountField, AmountInput, use_currency
from planning.forms.choices import NOBODY, person_field
from planning.models import Goal, Initiative, Plan
from planning.queries import parts

SPARE_ROWS = 3
DATE = {"type": "date"}


class DayField(forms.DateField):
    """A day, picked with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs=DATE, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, **options})


@dataclass(frozen=True)
class MoneyRow:
    """The two inputs of one row of money."""

    line: BoundField
    amount: BoundField


@dataclass(frozen=True)
class MoneyChoices:
    """The lines that may pay for an initiative, and what the others leave of them."""

    lines: Sequence[LineFacts]
    claimed: Mapping[str, int]
    stored: Mapping[str, int]

    def groups(self, currency: str) -> list[tuple[str, Any]]:
        """Return the lines by group, as a select shows them."""
        found: dict[str, list[tuple[str, str]]] = {}
        for line in self.lines:
            if RULES[line.kind].is_spending or line.code in self.stored:
                found.setdefault(line.group, []).append((line.code, self._label(line, currency)))
        loose = found.pop("", [])
        return [("", NOBODY), *loose, *found.items()]

    def _label(self, line: LineFacts, currency: str) -> str:
        others = self.claimed.get(line.code, 0) - self.stored.get(line.code, 0)
        left = total_or_zero(line.planned) - others
        shown = format_short(left, Currency.of(currency), get_language())
        return str(_("%(line)s (%(amount)s left)") % {"line": line.name, "amount": shown})

    @property
    def usual(self) -> str:
        """The line that a row of 0 stands on when somebody ticks that it costs nothing."""
        lines = [line.code for line in self.lines if RULES[line.kind].is_spending]
        return next(iter(lines), "")


class InitiativeForm(forms.ModelForm):
    """An initiative; its money can be typed as long as `money` is given."""

    main_goal = forms.ModelChoiceField(
        Goal.objects.none(),
        label=_("Which goal does this serve?"),
        required=False,
        empty_label=NOBODY,
        help_text=_("The main one. What serves no goal is not done this year."),
    )
    other_goals = forms.ModelMultipleChoiceField(
        Goal.objects.none(),
        label=_("Also helps"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    start = DayField(label=_("Start"), required=False)
    end = DayField(label=_("End"), required=False)
    costs_nothing = forms.BooleanField(
        label=_("It costs nothing"),
        required=False,
        help_text=_("Only time. Without this and without money it counts as not thought through."),
    )
    reason = forms.CharField(
        label=_("Where does the money come from?"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The plan is approved: its lines do not grow. The reason stays on record."),
    )

    class Meta:
        model = Initiative
        fields = ["name", "owner", "start", "end", "status"]

    def __init__(
        self, *args: Any, plan: Plan, money: MoneyChoices | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.money = plan, money
        self.fields["owner"] = person_field(plan)
        for name in ("main_goal", "other_goals"):
            goals: Any = self.fields[name]
            goals.queryset = parts.goals_of(plan)
            goals.label_from_instance = _coded
        for name, day in (("start", plan.first_day), ("end", plan.last_day)):
            limits = {"min": plan.first_day.isoformat(), "max": plan.last_day.isoformat()}
            self.fields[name].widget.attrs.update(limits)
            if not self.instance.pk:
                self.initial.setdefault(name, day)
        if self.instance.pk:
            served = [link.goal_id for link in self.instance.goal_links.all()]
            self.initial.update(main_goal=next(iter(served), None), other_goals=served[1:])
        self._add_money()

    def _add_money(self) -> None:
        if self.money is None or not plan_lets_money_change(self.plan, self.money.stored):
            del self.fields["costs_nothing"], self.fields["reason"]
            self.numbers = range(0)
            return
        if not self.plan.is_frozen:
            del self.fields["reason"]
        stored = dict(self.money.stored)
        is_free = bool(stored) and not any(stored.values())
        self.initial["costs_nothing"] = is_free
        rows = [] if is_free else list(stored.items())
        self.numbers = range(len(rows) + SPARE_ROWS)
        groups = self.money.groups(self.plan.company.currency)
        for number in self.numbers:
            code, amount = rows[number] if number < len(rows) else ("", None)
            self.fields[f"line-{number}"] = forms.ChoiceField(
                label=_("Budget line"), choices=groups, required=False, initial=code
            )
            self.fields[f"amount-{number}"] = AmountField(
                label=_("Amount"),
                least=0,
                required=False,
                initial=amount,
                widget=AmountInput(reads_back=False),
            )
        use_currency(self, self.plan.company.currency)

    @property
    def money_rows(self) -> Iterator[MoneyRow]:
        """The rows of money, some of them empty."""
        return (MoneyRow(self[f"line-{n}"], self[f"amount-{n}"]) for n in self.numbers)

    def clean(self) -> dict[str, Any]:
        """Read the rows of money: a line and an amount each, every line once."""
        values = super().clean() or self.cleaned_data
        wanted: dict[str, int] = {}
        for number in self.numbers:
            code, amount = values.get(f"line-{number}"), values.get(f"amount-{number}")
            if code and amount is None and f"amount-{number}" not in self.errors:
                self.add_error(f"amount-{number}", _("How much? 0 if it costs nothing."))
            elif amount is not None and not code:
                self.add_error(f"line-{number}", _("Which line pays for it?"))
            elif code and code in wanted:
                self.add_error(f"line-{number}", _("This line stands above already."))
            elif code and amount is not None:
                wanted[code] = amount
        values["money"] = self._free(wanted) if values.get("costs_nothing") else wanted
        if any(wanted.values()) and "reason" in self.fields and not values.get("reason"):
            self.add_error("reason", _("Say which line gives the money and why."))
        return values

    def _free(self, wanted: Mapping[str, int]) -> dict[str, int]:
        """Return the row that says that it costs nothing."""
        stored = dict(self.money.stored) if self.money else {}
        if any(wanted.values()):
            self.add_error("costs_nothing", _("It cannot cost nothing and have money on a line."))
        if stored and not any(stored.values()):
            return stored
        usual = self.money.usual if self.money else ""
        if not usual:
            self.add_error("costs_nothing", _("Add a budget line first."))
        return {usual: 0}

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed of the initiative itself."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    @property
    def goals(self) -> list[Goal]:
        """The goals that it serves, the main one first."""
        main = self.cleaned_data["main_goal"]
        others = [goal for goal in self.cleaned_data["other_goals"] if goal != main]
        return [main, *others] if main else others

    @property
    def money_reason(self) -> str:
        """Why an initiative gets money on an approved plan."""
        return self.cleaned_data.get("reason") or str(_("It costs nothing"))

    @property
    def wanted_money(self) -> dict[str, int | None]:
        """The money by line code; None for a line that shall no longer pay."""
        if not self.numbers:
            return {}
        stored = self.money.stored if self.money else {}
        return {**dict.fromkeys(stored), **self.cleaned_data["money"]}


def _coded(goal: Goal) -> str:
    return f"{goal.code} {goal.name}"


def plan_lets_money_change(plan: Plan, stored: Mapping[str, int]) -> bool:
    """Say whether the money can be typed: in a draft, and once for what comes after approval."""
    return not plan.is_frozen or not stored


class MilestoneForm(forms.Form):
    """A dated, checkable result."""

    name = forms.CharField(
        label=_("Milestone"),
        max_length=NAME_LENGTH,
        help_text=_("Something that is there or not, such as: 200 product pages are rewritten."),
    )
    due = DayField(label=_("Due date"))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = {"min": plan.first_day.isoformat(), "max": plan.last_day.isoformat()}
        self.fields["due"].widget.attrs.update(limits)


class DoneForm(forms.Form):
    """The day on which a milestone was reached."""

    done = DayField(label=_("Done on"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done"].widget.attrs["max"] = today.isoformat()
        self.initial.setdefault("done", today)
