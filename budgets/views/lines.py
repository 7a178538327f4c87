"""Budget lines: choosing the usual ones, adding, changing, ordering, removing."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aop.calc.lines import LineKind
from aop.tenancy.history import lines_of as history_lines
from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from aop.web.htmx import render_page
from budgets.forms.lines import KIND_HELP, LineForm
from budgets.forms.starters import StartForm
from budgets.models import KIND_CHOICES, BudgetLine
from budgets.queries.line_page import LinePage
from budgets.queries.lines import grouped, history_of, visible_lines
from budgets.services.lines import add_line, move_group, move_line, remove_line, update_line
from budgets.services.starters import start_lines
from planning.access import PlanRequest, plan_view
from planning.views.answers import (
    Place,
    Question,
    confirm,
    done,
    form_status,
    list_answer,
    move,
    plan_url,
)

LINES_ON_A_PAGE = 100
CHANGES_SHOWN = 12


@require_GET
@plan_view(Permission.VIEW_PLAN)
def line_list(request: PlanRequest) -> HttpResponse:
    return render_page(
        request,
        page="budgets/lines/list.html",
        fragment="budgets/lines/_list.html",
        context=_list_context(request),
    )


def _list_context(request: PlanRequest) -> dict[str, object]:
    lines = visible_lines(request.plan, request.membership)
    in_order = [line for group in grouped(lines) for line in group]
    page = Paginator(in_order, LINES_ON_A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "groups": grouped(page)}


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_BUDGET)
def line_start(request: PlanRequest) -> HttpResponse:
    form = StartForm(posted(request))
    if form.is_valid() and (
        lines := attempt(
            form, start_lines, request.plan.pk, form.cleaned_data["lines"], actor=request.membership
        )
    ):
        text = _("%(count)s lines added. Type their amounts.") % {"count": len(lines)}
        return done(request, text, plan_url(request, "budgets:budget"))
    return render(request, "budgets/lines/start.html", {"form": form}, status=form_status(form))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_BUDGET)
def line_add(request: PlanRequest) -> HttpResponse:
    kind = (posted(request) or request.GET).get("kind", "")
    if kind not in list(LineKind):
        kinds = [(value, label, KIND_HELP[LineKind(value)]) for value, label in KIND_CHOICES]
        return render(request, "budgets/lines/kinds.html", {"kinds": kinds})
    group = {"group": request.GET.get("group", "")}
    form = LineForm(posted(request), plan=request.plan, kind=LineKind(kind), initial=group)
    if form.is_valid() and (
        line := attempt(form, add_line, request.plan.pk, form.values(), actor=request.membership)
    ):
        text = _("%(line)s was added.") % {"line": line}
        return done(request, text, plan_url(request, "budgets:line_detail", line_id=line.pk))
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_BUDGET)
def line_edit(request: PlanRequest, line_id: int) -> HttpResponse:
    line = line_of(request, line_id)
    form = LineForm(posted(request), plan=request.plan, kind=LineKind(line.kind), line=line)
    if form.is_valid() and (
        saved := attempt(form, update_line, line_id, form.values(), actor=request.membership)
    ):
        url = plan_url(request, "budgets:line_detail", line_id=saved.pk)
        return done(request, _("Saved"), url)
    return _form_page(request, form, line)


def _form_page(
    request: PlanRequest, form: LineForm, line: BudgetLine | None = None
) -> HttpResponse:
    context = {"form": form, "line": line, "kind_help": KIND_HELP[form.line_kind]}
    return render(request, "budgets/lines/edit.html", context, status=form_status(form))


@require_GET
@plan_view(Permission.VIEW_PLAN)
def line_detail(request: PlanRequest, line_id: int) -> HttpResponse:
    line = line_of(request, line_id)
    history = None
    if request.membership.may(Permission.VIEW_HISTORY):
        history = list(history_lines(history_of(line)[:CHANGES_SHOWN], request.company))
    context = {
        "line": line,
        "shown": LinePage(line),
        "history": history,
        "kind_help": KIND_HELP[LineKind(line.kind)],
    }
    return render(request, "budgets/lines/detail.html", context)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_BUDGET)
def line_delete(request: PlanRequest, line_id: int) -> HttpResponse:
    line = line_of(request, line_id)
    ask = Question(
        title=_("Delete the line"),
        question=_("Delete “%(line)s” with its twelve months?") % {"line": line},
        consequence=_("It leaves the budget and all totals; the history keeps its amounts."),
        done=_("The line was deleted."),
        back_url=plan_url(request, "budgets:line_list"),
        area="budget",
    )
    return confirm(request, line, remove_line, ask)


@require_POST
@plan_view(Permission.EDIT_BUDGET)
def line_move(request: PlanRequest, line_id: int) -> HttpResponse:
    return _moved(request, line_of(request, line_id), move_line)


@require_POST
@plan_view(Permission.EDIT_BUDGET)
def line_group_move(request: PlanRequest, line_id: int) -> HttpResponse:
    return _moved(request, line_of(request, line_id), move_group)


def _moved(request: PlanRequest, line: BudgetLine, service: Callable[..., None]) -> HttpResponse:
    form = move(request, line, service)
    where = Place(
        page="budgets/lines/list.html",
        fragment="budgets/lines/_list.html",
        url=plan_url(request, "budgets:line_list"),
    )
    return list_answer(request, where, form, _list_context(request))


def line_of(request: PlanRequest, line_id: int) -> BudgetLine:
    """Return a line that the member may see, with the plan it belongs to; 404 for any other."""
    line = get_object_or_404(visible_lines(request.plan, request.membership), pk=line_id)
    line.plan, line.company = request.plan, request.company
    return line
