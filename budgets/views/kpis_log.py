"""The values of a KPI that nobody can compute, logged by hand for the open months."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aop.calc.figures import Figures
from aop.calc.months import Month
from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from budgets.forms.kpis import KpiLogForm
from budgets.queries.facts import plan_facts
from budgets.queries.lines import open_months
from budgets.services.kpis import log_kpi
from budgets.views.kpis import kpi_of
from planning.access import PlanRequest, plan_view
from planning.models import MeasureKind
from planning.views.answers import Place, done, form_answer, plan_url

LOG = Place("budgets/kpis/log.html", "budgets/kpis/_log_form.html", "")


@require_http_methods(["GET", "POST"])
@plan_view(Permission.LOG_ACTUALS)
def kpi_log(request: PlanRequest, kpi_id: int) -> HttpResponse:
    kpi = kpi_of(request, kpi_id, Figures(plan_facts(request.plan)))
    if kpi.measure_kind != MeasureKind.MANUAL:
        raise Http404
    this_month = Month.of(request.today)
    months = [month for month in open_months(request.plan) if month <= this_month]
    form = KpiLogForm(posted(request), kpi=kpi, months=months)
    if form.is_valid():
        saved = attempt(form, log_kpi, kpi.pk, form.values, actor=request.membership)
        if saved:
            return done(request, _("Saved"), plan_url(request, "budgets:kpi_list"))
    return form_answer(request, LOG, form, kpi=kpi, area="kpis")
