"""KPIs: the list with what they came to, and the forms that say what is measured."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aop.calc.checks import CheckCode, plan_checks
from aop.calc.figures import Figures
from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from budgets.forms.kpis import KIND_HELP, KpiForm, PresetForm
from budgets.queries.actions import visible_line_facts
from budgets.queries.facts import plan_facts
from budgets.queries.findings import say_findings
from budgets.queries.kpis import kpi_rows, may_see_kpi
from budgets.queries.kpis_presets import Preset, presets
from budgets.services.kpis import KpiContent, add_kpi, change_kpi
from budgets.views.actions import asked_goal
from planning.access import PlanRequest, plan_view
from planning.models import Kpi, MeasureKind
from planning.queries import parts
from planning.queries.progress import Step
from planning.services.kpis import delete_kpi, move_kpi
from planning.views.answers import (
    Place,
    Question,
    confirm,
    done,
    form_answer,
    form_status,
    list_answer,
    move,
    plan_url,
)
from planning.views.steps import plan_page

EDIT = Place("budgets/kpis/edit.html", "budgets/kpis/_form.html", "")
OWN_CHECKS = frozenset({CheckCode.GOAL_WITHOUT_KPI, CheckCode.TOO_MANY_KPIS})
FIRST_JUDGED = 3  # closed months; before, a colour says little


@require_GET
@plan_view(Permission.VIEW_PLAN)
def kpi_list(request: PlanRequest) -> HttpResponse:
    return render(request, "budgets/kpis/list.html", _list_page(request))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def kpi_new(request: PlanRequest) -> HttpResponse:
    figures, kind = Figures(plan_facts(request.plan)), request.GET.get("measure", "")
    if kind not in MeasureKind.values:
        return _choose(request, figures)
    goal = asked_goal(request)
    lines = visible_line_facts(figures, request.membership)
    chosen = {"goals": [goal], "measures": [goal]} if goal else {}
    form = KpiForm(posted(request), plan=request.plan, kind=kind, lines=lines, initial=chosen)
    if form.is_valid():
        kpi = attempt(form, add_kpi, request.plan, _content(form), actor=request.membership)
        if kpi:
            return done(request, _("%(kpi)s saved") % {"kpi": kpi.code}, _list(request).url)
    return form_answer(request, EDIT, form, **_kind(kind))


@require_POST
@plan_view(Permission.EDIT_PLAN)
def kpi_preset(request: PlanRequest) -> HttpResponse:
    figures = Figures(plan_facts(request.plan))
    found = {one.key: one for one in _presets(request, figures)}
    form, goal = PresetForm(request.POST, keys=list(found)), asked_goal(request)
    if form.is_valid():
        goals = [goal] if goal else []
        content = KpiContent(found[form.cleaned_data["preset"]].values, goals, goals)
        kpi = attempt(form, add_kpi, request.plan, content, actor=request.membership)
        if kpi:
            return done(request, _("%(kpi)s saved") % {"kpi": kpi.code}, _list(request).url)
    return _choose(request, figures, form)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def kpi_edit(request: PlanRequest, kpi_id: int) -> HttpResponse:
    figures = Figures(plan_facts(request.plan))
    kpi = kpi_of(request, kpi_id, figures)
    asked = request.GET.get("measure", "")
    kind = asked if asked in MeasureKind.values else kpi.measure_kind
    lines = visible_line_facts(figures, request.membership)
    form = KpiForm(posted(request), plan=request.plan, kind=kind, lines=lines, kpi=kpi)
    if form.is_valid():
        saved = attempt(form, change_kpi, kpi_id, _content(form), actor=request.membership)
        if saved:
            return done(request, _("%(kpi)s saved") % {"kpi": kpi.code}, _list(request).url)
    return form_answer(request, EDIT, form, kpi=kpi, kinds=_kinds(), **_kind(kind))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def kpi_delete(request: PlanRequest, kpi_id: int) -> HttpResponse:
    kpi = kpi_of(request, kpi_id, Figures(plan_facts(request.plan)))
    measured = len(kpi.headline_goals.all())
    text = ngettext(
        "%(count)s goal is then measured by nothing.",
        "%(count)s goals are then measured by nothing.",
        measured,
    )
    ask = Question(
        title=_("Delete KPI"),
        question=_("Delete the KPI “%(name)s”?") % {"name": kpi},
        consequence=text % {"count": measured} if measured else _("Its targets go with it."),
        done=_("Deleted"),
        back_url=_list(request).url,
        area="kpis",
    )
    return confirm(request, kpi, delete_kpi, ask)


@require_POST
@plan_view(Permission.EDIT_PLAN)
def kpi_move(request: PlanRequest, kpi_id: int) -> HttpResponse:
    kpi = get_object_or_404(parts.plain_kpis_of(request.plan), pk=kpi_id)
    form = move(request, kpi, move_kpi)
    return list_answer(request, _list(request), form, _list_page(request))


def kpi_of(request: PlanRequest, kpi_id: int, figures: Figures) -> Kpi:
    """Return a KPI of the plan that the member may know of; 404 for any other."""
    kpi = get_object_or_404(parts.kpis_of(request.plan), pk=kpi_id)
    if not may_see_kpi(kpi, figures, request.membership):
        raise Http404
    kpi.plan, kpi.company = request.plan, request.company
    return kpi


def _list_page(request: PlanRequest) -> dict[str, Any]:
    figures = Figures(plan_facts(request.plan))
    found = [one for one in plan_checks(figures.facts, figures) if one.code in OWN_CHECKS]
    is_draft = not request.plan.is_frozen
    said = say_findings(request.plan, figures, found, member=request.membership) if is_draft else []
    return plan_page(
        request,
        Step.KPIS,
        rows=kpi_rows(parts.kpis_of(request.plan), figures, request.membership),
        months=request.plan.year.months,
        last=figures.facts.through,
        is_early=figures.closed < FIRST_JUDGED,
        missing=said,
    )


def _choose(request: PlanRequest, figures: Figures, form: PresetForm | None = None) -> HttpResponse:
    context = {
        "kinds": _kinds(),
        "presets": [] if request.plan.is_frozen else _presets(request, figures),
        "form": form,
        "goal": asked_goal(request),
        "area": "kpis",
    }
    status = form_status(form) if form else 200
    return render(request, "budgets/kpis/choose.html", context, status=status)


def _presets(request: PlanRequest, figures: Figures) -> list[Preset]:
    kpis = list(parts.plain_kpis_of(request.plan))
    return presets(request.plan, figures.facts.lines, kpis)


def _kinds() -> list[tuple[str, Any, Any]]:
    return [(value, label, KIND_HELP[value]) for value, label in MeasureKind.choices]


def _kind(kind: str) -> dict[str, Any]:
    return {"kind_label": MeasureKind(kind).label, "kind_help": KIND_HELP[kind]}


def _content(form: KpiForm) -> KpiContent:
    goals, measures = form.chosen("goals"), form.chosen("measures")
    return KpiContent(form.changes, goals, measures, form.targets)


def _list(request: PlanRequest) -> Place:
    url = plan_url(request, "budgets:kpi_list")
    return Place("budgets/kpis/list.html", "budgets/kpis/_list.html", url)
