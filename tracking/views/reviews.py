"""The monthly review: list, page, counts, close and reopen."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy.roles import Permission
from aop.web.forms import attempt
from budgets.models import PlanMonth
from budgets.services.closing import count_month, reopen_month
from planning.access import PlanRequest, plan_view
from tracking.forms.reviews import CountForm, ReopenForm, ReviewForm
from tracking.queries.reviews import PreparedReview, prepare_review, review_months
from tracking.services.reviews import close_reviewed_month, save_review


@require_GET
@plan_view(Permission.VIEW_PLAN)
def review_list(request: PlanRequest) -> HttpResponse:
    context = {"months": review_months(request.plan)}
    return render(request, "tracking/reviews/list.html", context)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.VIEW_PLAN)
def review_detail(request: PlanRequest, month: Month) -> HttpResponse:
    if request.method == "POST" and request.membership.may(Permission.REVIEW):
        form = ReviewForm(request.POST)
        if (
            form.is_valid()
            and attempt(
                form,
                save_review,
                request.plan,
                month,
                form.values(),
                version=form.cleaned_data["version"],
                actor=request.membership,
            )
            is not None
        ):
            messages.success(request, _("Saved"))
            return redirect(_url("review_detail", request, month))
        return _review_page(request, month, form=form, status=422)
    return _review_page(request, month)


@require_POST
@plan_view(Permission.CLOSE_MONTH)
def month_count(request: PlanRequest, month: Month) -> HttpResponse:
    form = _count_form(request, _state(request, month), request.POST)
    if (
        form.is_valid()
        and attempt(
            form,
            count_month,
            request.plan,
            month,
            cash=form.cleaned_data["cash"],
            stock=form.cleaned_data.get("stock"),
            actor=request.membership,
        )
        is not None
    ):
        messages.success(request, _("Saved"))
        return redirect(_url("review_detail", request, month))
    return _review_page(request, month, count_form=form, status=422)


@require_POST
@plan_view(Permission.CLOSE_MONTH)
def month_close(request: PlanRequest, month: Month) -> HttpResponse:
    _state(request, month)
    try:
        close_reviewed_month(
            request.plan,
            month,
            actor=request.membership,
            now=timezone.now(),
            today=request.today,
        )
    except RuleViolation as refused:
        messages.error(request, str(refused))
        return redirect(_url("review_list", request))
    messages.success(request, _("The month is closed. Its numbers stay as they are now."))
    return redirect(_url("review_detail", request, month))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.REOPEN_MONTH)
def month_reopen(request: PlanRequest, month: Month) -> HttpResponse:
    _state(request, month)
    form = ReopenForm(request.POST or None)
    if (
        form.is_valid()
        and attempt(
            form,
            reopen_month,
            request.plan,
            month,
            actor=request.membership,
            reason=form.cleaned_data["reason"],
        )
        is not None
    ):
        messages.success(
            request, _("The month is open again. Reports end before it until it closes.")
        )
        return redirect(_url("review_detail", request, month))
    context = {"form": form, "month": month}
    status = 422 if form.is_bound else 200
    return render(request, "tracking/reviews/reopen.html", context, status=status)


def _review_page(
    request: PlanRequest, month: Month, *, status: int = 200, **forms: Any
) -> HttpResponse:
    prepared = prepare_review(request.plan, month, request.membership)
    if prepared is None:
        raise Http404
    context = {
        "prepared": prepared,
        "report": prepared.report,
        "month": month,
        "is_closed": prepared.state.is_closed,
        "form": forms.get("form") or ReviewForm(review=prepared.review),
        "count_form": forms.get("count_form") or _count_form(request, prepared.state),
        "previous_url": _neighbour(request, prepared, month.plus(-1)),
        "next_url": _neighbour(request, prepared, month.plus(1)),
    }
    return render(request, "tracking/reviews/detail.html", context, status=status)


def _count_form(request: PlanRequest, state: PlanMonth, data: Any = None) -> CountForm:
    return CountForm(
        data,
        state=state,
        currency=request.company.currency,
        has_stock=request.plan.opening_stock_amount is not None,
    )


def _state(request: PlanRequest, month: Month) -> PlanMonth:
    months = PlanMonth.objects.for_company(request.company).filter(plan=request.plan)
    return get_object_or_404(months, first_day=month.first_day)


def _neighbour(request: PlanRequest, prepared: PreparedReview, month: Month) -> str:
    if not prepared.first_reviewable <= month <= prepared.last_reviewable:
        return ""
    return _url("review_detail", request, month)


def _url(name: str, request: PlanRequest, *more: Month) -> str:
    where = [request.company.slug, request.plan.fiscal_year, *more]
    return reverse(f"tracking:{name}", args=where)
