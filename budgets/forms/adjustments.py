"""The form of an adjustment: why, what is given up, and rows of from and to."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aop.calc.lines import LineKind
from aop.calc.months import Month
from aop.tenancy.models import NOTE_LENGTH, Membership
from aop.web.amounts import AmountField, AmountInput, MonthChoiceField, use_currency
from budgets.models import Adjustment, BudgetLine
from budgets.queries.lines import open_months, visible_lines
from budgets.services.adjustment_rules import LineMove, Proposal
from planning.models import Goal, Plan

ROWS = 12
SHOWN_ROWS = 3


class MoveRow(forms.Form):
    """One line that gives or gets the same amount in one month or in several."""

    line = forms.ChoiceField(label=_("Budget line"), required=False)
    first = MonthChoiceField(label=_("From month"), required=False)
    last = MonthChoiceField(label=_("To month"), required=False)
    amount = AmountField(
        label=_("Each month"), required=False, least=1, widget=AmountInput(reads_back=False)
    )

    def __init__(
        self, *args: Any, lines: dict[str, BudgetLine], months: list[Month], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        self.fields["line"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", "—"),
            *((key, line.label) for key, line in lines.items()),
        ]
        for name in ("first", "last"):
            self.fields[name].use_months(months)  # type: ignore[attr-defined]  # month choices

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        needed = ("line", "first", "amount")
        if any(found.get(name) or name in self.errors for name in needed):
            for name in needed:
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, _("Needed here."))
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error("last", _("This month lies before the first."))
        return found

    def moves(self, sign: int) -> list[LineMove]:
        """Return the row as moves, one for each of its months; none from an unused row."""
        found = self.cleaned_data
        if not found.get("line"):
            return []
        first, last = found["first"], found["last"] or found["first"]
        line = self.lines[found["line"]]
        return [
            LineMove(line, first.plus(i), sign * found["amount"])
            for i in range(last.minus(first) + 1)
        ]


class AdjustmentForm(forms.Form):
    """Why, from which month on, for which goals; with its rows in `take` and `give`."""

    reason = forms.CharField(
        label=_("Reason"), max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    trade_off = forms.CharField(
        label=_("What do we give up?"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What will not be done, or done less, so that this can be done."),
    )
    goals = forms.ModelMultipleChoiceField(
        Goal.objects.none(),
        label=_("Which goals does this protect?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    effective_from = MonthChoiceField(label=_("In force from"))
    source = forms.CharField(
        label=_("Where the money comes from"),
        max_length=NOTE_LENGTH,
        required=False,
        help_text=_("Only when what is given and what is taken differ."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        plan: Plan,
        member: Membership,
        adjustment: Adjustment | None = None,
        start: Sequence[BudgetLine] = (),
    ) -> None:
        super().__init__(data, initial=_initial(adjustment) if adjustment else {})
        months = open_months(plan)
        goals = Goal.objects.for_company(plan.company).filter(plan=plan)
        self.fields["goals"].queryset = goals  # type: ignore[attr-defined]  # model choices
        self.fields["effective_from"].use_months(months)  # type: ignore[attr-defined]  # months
        self.fields["effective_from"].initial = months[0] if months else None
        lines = visible_lines(plan, member).exclude(kind=LineKind.COGS.value)
        by_key = {str(line.pk): line for line in lines}
        rows = _rows_of(adjustment) if adjustment else [[{"line": one.pk} for one in start], []]
        self.take, self.give = (
            [
                MoveRow(
                    data,
                    prefix=f"{name}-{number}",
                    lines=by_key,
                    months=months,
                    initial=filled[number] if number < len(filled) else {},
                )
                for number in range(max(ROWS, len(filled)))
            ]
            for name, filled in zip(("take", "give"), rows, strict=True)
        )
        for form in (self, *self.take, *self.give):
            use_currency(form, plan.company.currency)

    @property
    def rows(self) -> list[tuple[str, Any, list[MoveRow], list[MoveRow]]]:
        """The two sides: key, heading, the rows in sight, the rows folded away."""
        sides = (("take", _("Take from"), self.take), ("give", _("Give to"), self.give))
        return [(key, label, *_folded(rows)) for key, label, rows in sides]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        valid = [row.is_valid() for row in (*self.take, *self.give)]
        if not all(valid):
            self.add_error(None, _("Look at the rows marked red."))
        return found

    @property
    def moves(self) -> list[LineMove]:
        """Every move of the rows that can be read, even while others cannot."""
        sides = ((self.take, -1), (self.give, 1))
        return [
            move
            for rows, sign in sides
            for row in rows
            if row.is_valid()
            for move in row.moves(sign)
        ]

    def proposal(self) -> Proposal:
        """Return what was typed as the service takes it."""
        found = self.cleaned_data
        return Proposal(
            reason=found.get("reason", ""),
            trade_off=found.get("trade_off", ""),
            effective_from=found["effective_from"],
            moves=self.moves,
            source=found.get("source", ""),
            goals=list(found.get("goals", ())),
        )


def _folded(rows: list[MoveRow]) -> tuple[list[MoveRow], list[MoveRow]]:
    """Part the rows: those in use and a few more stay in sight."""
    used = [number for number, row in enumerate(rows) if row.has_changed() or row.initial]
    shown = max(SHOWN_ROWS, max(used, default=-1) + 1)
    return rows[:shown], rows[shown:]


def _initial(adjustment: Adjustment) -> dict[str, Any]:
    return {
        "reason": adjustment.reason,
        "trade_off": adjustment.trade_off,
        "source": adjustment.source,
        "effective_from": Month.of(adjustment.effective_from),
        "goals": [link.goal_id for link in adjustment.goal_links.all()],
    }


def _rows_of(adjustment: Adjustment) -> list[list[dict[str, Any]]]:
    """Return the moves as rows: months in a row with the same amount are one."""
    sides: list[list[dict[str, Any]]] = [[], []]
    moves = sorted(adjustment.moves.all(), key=lambda one: (one.line_id, one.first_day))
    numbered = ((Month.of(one.first_day).minus(_ORIGIN) - i, one) for i, one in enumerate(moves))
    for (line_id, amount, _run), run in groupby(
        numbered, key=lambda pair: (pair[1].line_id, pair[1].amount, pair[0])
    ):
        months = [Month.of(one.first_day) for _place, one in run]
        sides[amount > 0].append(
            {
                "line": line_id,
                "first": months[0],
                "last": months[-1] if len(months) > 1 else None,
                "amount": abs(amount),
            }
        )
    return sides


_ORIGIN = Month(1900, 1)
