"""The months of one line: typed all at once, or filled by a rule with a preview."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aop.calc.currencies import Currency
from aop.errors import RuleViolation
from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from aop.web.templatetags.aop_format import amount
from budgets.forms.months import FillForm, YearForm
from budgets.models import BudgetLine
from budgets.queries.lines import months_of, open_months
from budgets.services.fills import Change, fill_line, fingerprint, preview_fill
from budgets.services.months import Conflict, VersionConflict, set_cells
from budgets.views.lines import line_of
from planning.access import PlanRequest, plan_view
from planning.views.answers import done, form_status, plan_url


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_BUDGET)
def line_months(request: PlanRequest, line_id: int) -> HttpResponse:
    line = line_of(request, line_id)
    form = _year_form(request, line)
    if form.is_valid() and _stored(form, line, request):
        url = plan_url(request, "budgets:line_detail", line_id=line.pk)
        return done(request, _("Saved"), url)
    return render(
        request, "budgets/lines/months.html", {"line": line, "form": form}, status=form_status(form)
    )


def _year_form(request: PlanRequest, line: BudgetLine) -> YearForm:
    is_open = set(open_months(line.plan))
    return YearForm(posted(request), line=line, stored=months_of(line), is_open=is_open)


def _stored(form: YearForm, line: BudgetLine, request: PlanRequest) -> bool:
    """Write the year; what somebody else wrote meanwhile is said beside its month."""
    try:
        return attempt(form, set_cells, line.pk, form.typed, actor=request.membership) is not None
    except VersionConflict as refused:
        for conflict in refused.conflicts:
            form.show_conflict(conflict.month, conflict.version, _theirs(conflict, request))
        return False


def _theirs(conflict: Conflict, request: PlanRequest) -> str:
    is_empty = conflict.theirs is None
    theirs = _("no plan") if is_empty else amount(conflict.theirs, request.company.currency)
    return _("%(who)s wrote %(amount)s meanwhile. Save again to keep yours.") % {
        "who": conflict.who or _("Somebody"),
        "amount": theirs,
    }


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_BUDGET)
def line_fill(request: PlanRequest, line_id: int) -> HttpResponse:
    line = line_of(request, line_id)
    currency = Currency.of(request.company.currency)
    asked = posted(request) or (request.GET if "kind" in request.GET else None)
    form = FillForm(asked, currency=currency.code, units=currency.units)
    if request.method == "POST" and form.is_valid():
        fill, seen = form.fill(currency.minor_units), form.cleaned_data["seen"]
        if attempt(form, fill_line, line.pk, fill, seen=seen, actor=request.membership) is not None:
            url = plan_url(request, "budgets:line_detail", line_id=line.pk)
            return done(request, _("Saved"), url)
    changes = _preview(form, line, currency.minor_units)
    context = {
        "line": line,
        "form": form,
        "changes": changes,
        "count": sum(change.is_change for change in changes),
        "seen": fingerprint(changes),
        "year_after": sum(change.after or 0 for change in changes),
    }
    return render(request, "budgets/lines/fill.html", context, status=form_status(form))


def _preview(form: FillForm, line: BudgetLine, minor_units: int) -> list[Change]:
    if not form.is_bound or not form.is_valid():
        return []
    try:
        return preview_fill(line, form.fill(minor_units))
    except RuleViolation as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, str(refused))
        return []
