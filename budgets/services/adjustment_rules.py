"""What an adjustment may do: one place for the preview, the proposal and the approval."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aop.calc.calendar_text import format_month_long
from aop.calc.currencies import Currency
from aop.calc.limits import limit_of
from aop.calc.lines import LineKind
from aop.calc.money_text import format_money
from aop.calc.months import MONTHS_PER_YEAR, Month
from aop.calc.report.facts import LineFacts
from aop.calc.scenario import Move, with_moves
from aop.errors import RuleViolation
from budgets.models import BudgetLine
from budgets.queries.facts import line_facts
from budgets.queries.lines import plan_months
from budgets.queries.table import budget_facts
from planning.models import Goal, Plan

_SIGNED_KINDS = (LineKind.REVENUE, LineKind.FINANCING)


@dataclass(frozen=True, slots=True)
class LineMove:
    """Money added to (+) or taken from (−) one line in one month."""

    line: BudgetLine
    month: Month
    amount: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything that an adjustment says; `source` names where money comes from if Σ ≠ 0."""

    reason: str
    trade_off: str
    effective_from: Month
    moves: Sequence[LineMove]
    source: str = ""
    goals: Sequence[Goal] = ()


def spending_change(moves: Iterable[LineMove]) -> int:
    """Return by how much all moves together change what may be spent; 0 is a pure transfer."""
    return sum(move.amount for move in moves if move.line.rule.is_spending)


def check_proposal(plan: Plan, proposal: Proposal) -> None:
    """Refuse what an adjustment may not do.

    Raises:
        RuleViolation: The plan is a draft, a month is closed or lies before the start, a
            move concerns cost of goods sold, the spending changes without a source, an
            amount would fall below 0, or a line below what is spent and promised on it.
    """
    if not plan.is_frozen:
        raise RuleViolation(_("The plan is a draft: change its amounts in the budget itself."))
    if not proposal.moves:
        raise RuleViolation(_("Say from where to where money moves."))
    _check_months(plan, proposal)
    for move in proposal.moves:
        if move.line.kind == LineKind.COGS:
            raise RuleViolation(
                _("%(line)s follows the sales; it is no money that can be moved.")
                % {"line": move.line}
            )
    if spending_change(proposal.moves) and not proposal.source.strip():
        raise RuleViolation(
            _("What is taken and what is given differ by %(amount)s. Say where it comes from.")
            % {"amount": _money(plan, abs(spending_change(proposal.moves)))},
            field="source",
        )
    _check_amounts(plan, proposal.moves)


def _check_months(plan: Plan, proposal: Proposal) -> None:
    is_open = {Month.of(row.first_day) for row in plan_months(plan) if not row.is_closed}
    if proposal.effective_from not in is_open:
        raise RuleViolation(
            _("%(month)s is closed. Start from an open month.")
            % {"month": capfirst(_name(proposal.effective_from))},
            field="effective_from",
        )
    for move in proposal.moves:
        if move.month < proposal.effective_from:
            raise RuleViolation(
                _("%(line)s would change in %(month)s, before the adjustment starts.")
                % {"line": move.line, "month": _name(move.month)}
            )
        if move.month not in is_open:
            raise RuleViolation(
                _("%(month)s is closed, so its plan stays as it is.")
                % {"month": capfirst(_name(move.month))}
            )


def _check_amounts(plan: Plan, moves: Sequence[LineMove]) -> None:
    facts = budget_facts(plan, plan_months(plan), line_facts(plan))
    moved = [Move(move.line.code, move.month, move.amount) for move in moves]
    after = {line.code: line for line in with_moves(facts, moved).lines}
    before = {line.code: line for line in facts.lines}
    names = {move.line.code: move.line for move in moves}
    for code, line in names.items():
        _refuse_below_zero(plan, line, after[code])
        _refuse_below_spent(plan, line, before[code], after[code])


def _refuse_below_zero(plan: Plan, line: BudgetLine, after: LineFacts) -> None:
    if after.kind in _SIGNED_KINDS:
        return
    for month, amount in zip(plan.year, after.planned, strict=True):
        if amount is not None and amount < 0:
            raise RuleViolation(
                _("%(line)s has less than that in %(month)s: %(amount)s would be missing.")
                % {"line": line, "month": _name(month), "amount": _money(plan, -amount)}
            )


def _refuse_below_spent(plan: Plan, line: BudgetLine, before: LineFacts, after: LineFacts) -> None:
    """Refuse a cut below what is spent and promised; a line that is over may still gain."""
    left = limit_of(after, 0, MONTHS_PER_YEAR).left
    was = limit_of(before, 0, MONTHS_PER_YEAR).left
    is_cut = left is not None and (was is None or left < was)
    if line.rule.is_spending and is_cut and left is not None and left < 0:
        raise RuleViolation(
            _("%(line)s cannot give that much: %(amount)s of it is already spent or promised.")
            % {"line": line, "amount": _money(plan, -left)}
        )


def merged(moves: Sequence[LineMove]) -> list[LineMove]:
    """Return the moves with those on the same line and month added up, nothing of 0."""
    lines = {move.line.pk: move.line for move in moves}
    sums: dict[tuple[int, Month], int] = defaultdict(int)
    for move in moves:
        sums[move.line.pk, move.month] += move.amount
    return [LineMove(lines[pk], month, amount) for (pk, month), amount in sums.items() if amount]


def _money(plan: Plan, amount: int) -> str:
    return format_money(amount, Currency.of(plan.company.currency), get_language())


def _name(month: Month) -> str:
    return format_month_long(month, get_language())
