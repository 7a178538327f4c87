"""Adjustments: the versions of the budget, a proposal with its effect, the approval."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aop.calc.months import Month
from aop.calc.scenario import Move
from aop.errors import RuleViolation
from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from budgets.forms.adjustments import AdjustmentForm
from budgets.models import Adjustment
from budgets.queries.adjustments import adjustments_of, moves_of
from budgets.queries.facts import plan_facts
from budgets.queries.lines import visible_lines
from budgets.services.adjustment_rules import (
    LineMove,
    check_proposal,
    merged,
    spending_change,
)
from budgets.services.adjustments import (
    approve_adjustment,
    propose_adjustment,
    update_adjustment,
    withdraw_adjustment,
)
from budgets.views.adjusted import Effect, Timeline, effect_of
from planning.access import PlanRequest, plan_view
from planning.forms.lists import ConfirmForm
from planning.views.answers import Question, confirm, done, form_status, plan_url


@require_GET
@plan_view(Permission.VIEW_PLAN)
def adjustment_list(request: PlanRequest) -> HttpResponse:
    context = {"timeline": Timeline(request.plan, request.membership)}
    return render(request, "budgets/adjustments/list.html", context)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.PROPOSE)
def adjustment_add(request: PlanRequest) -> HttpResponse:
    start = visible_lines(request.plan, request.membership).filter(
        pk__in=[pk for pk in request.GET.getlist("line") if pk.isdigit()]
    )
    form = AdjustmentForm(
        posted(request), plan=request.plan, member=request.membership, start=list(start)
    )
    if form.is_valid() and (
        adjustment := attempt(
            form,
            propose_adjustment,
            request.plan.pk,
            form.proposal(),
            today=request.today,
            actor=request.membership,
        )
    ):
        return done(request, _("The adjustment was proposed."), _address(request, adjustment))
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.PROPOSE)
def adjustment_edit(request: PlanRequest, number: int) -> HttpResponse:
    adjustment = _adjustment(request, number)
    form = AdjustmentForm(
        posted(request), plan=request.plan, member=request.membership, adjustment=adjustment
    )
    if form.is_valid() and (
        saved := attempt(
            form, update_adjustment, adjustment.pk, form.proposal(), actor=request.membership
        )
    ):
        return done(request, _("Saved"), _address(request, saved))
    return _form_page(request, form, adjustment)


def _form_page(
    request: PlanRequest, form: AdjustmentForm, adjustment: Adjustment | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "adjustment": adjustment}
    if form.is_bound or adjustment:
        context |= _preview(request, form, adjustment)
    return render(request, "budgets/adjustments/edit.html", context, status=form_status(form))


@require_POST
@plan_view(Permission.PROPOSE)
def adjustment_preview(request: PlanRequest) -> HttpResponse:
    form = AdjustmentForm(request.POST, plan=request.plan, member=request.membership)
    form.is_valid()
    context = _preview(request, form, None)
    return render(request, "budgets/adjustments/_effect.html", context)


def _preview(
    request: PlanRequest, form: AdjustmentForm, adjustment: Adjustment | None
) -> dict[str, Any]:
    """Return what the moves typed so far would do, and what stands in their way."""
    moves = merged(form.moves) if form.is_bound else _stored(adjustment)
    found: dict[str, Any] = {"spending": spending_change(moves), "count": len(moves)}
    if not moves:
        return found
    if form.is_bound and form.cleaned_data.get("effective_from"):
        try:
            check_proposal(request.plan, form.proposal())
        except RuleViolation as refused:
            found["refused"] = str(refused)
    plain = [Move(move.line.code, move.month, move.amount) for move in moves]
    return found | {"effect": _effect(request, plain, applied=False)}


def _stored(adjustment: Adjustment | None) -> list[LineMove]:
    rows = adjustment.moves.all() if adjustment else ()
    return [LineMove(row.line, Month.of(row.first_day), row.amount) for row in rows]


def _effect(request: PlanRequest, moves: list[Move], *, applied: bool) -> Effect:
    return effect_of(plan_facts(request.plan), moves, applied=applied)


@require_GET
@plan_view(Permission.VIEW_PLAN)
def adjustment_detail(request: PlanRequest, number: int) -> HttpResponse:
    return _detail(request, number, ConfirmForm())


def _detail(request: PlanRequest, number: int, form: ConfirmForm) -> HttpResponse:
    timeline = Timeline(request.plan, request.membership)
    version = timeline.version_of(number)
    if version is None:
        raise Http404
    adjustment = version.page.adjustment
    is_own = adjustment.proposed_by_id == request.user.pk
    may_change = not adjustment.is_approved and (
        is_own or request.membership.may(Permission.APPROVE)
    )
    context = {
        "adjustment": adjustment,
        "shown": version.page,
        "version": version,
        "timeline": timeline,
        "effect": _effect(request, moves_of([adjustment]), applied=adjustment.is_approved),
        "may_change": may_change,
        "form": form,
    }
    return render(request, "budgets/adjustments/detail.html", context, status=form_status(form))


@require_POST
@plan_view(Permission.APPROVE)
def adjustment_approve(request: PlanRequest, number: int) -> HttpResponse:
    adjustment = _adjustment(request, number)
    form = ConfirmForm(request.POST)
    if form.is_valid() and (
        approved := attempt(
            form, approve_adjustment, adjustment.pk, today=request.today, actor=request.membership
        )
    ):
        text = _("The adjustment is in force.")
        return done(request, text, _address(request, approved))
    return _detail(request, number, form)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.PROPOSE)
def adjustment_withdraw(request: PlanRequest, number: int) -> HttpResponse:
    adjustment = _adjustment(request, number)
    ask = Question(
        title=_("Withdraw the adjustment"),
        question=_("Withdraw adjustment %(number)s?") % {"number": adjustment.number},
        consequence=_("Nothing of it counts; the history keeps what it said."),
        done=_("The adjustment was withdrawn."),
        back_url=plan_url(request, "budgets:adjustment_list"),
        area="adjustments",
        verb=_("Withdraw the adjustment"),
    )
    return confirm(request, adjustment, withdraw_adjustment, ask)


def _adjustment(request: PlanRequest, number: int) -> Adjustment:
    adjustment = get_object_or_404(adjustments_of(request.plan), number=number)
    adjustment.plan, adjustment.company = request.plan, request.company
    return adjustment


def _address(request: PlanRequest, adjustment: Adjustment) -> str:
    return plan_url(request, "budgets:adjustment_detail", number=adjustment.number)
