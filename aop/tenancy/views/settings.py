"""What a company says about itself, and its sales channels."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aop.tenancy import queries
from aop.tenancy.access import CompanyRequest, company_view
from aop.tenancy.forms import ChannelForm, ChannelNameForm, CompanyForm
from aop.tenancy.roles import Permission
from aop.tenancy.services.channels import add_channel, remove_channel, rename_channel
from aop.tenancy.services.companies import update_company
from aop.web.forms import attempt, posted


@require_http_methods(["GET", "POST"])
@company_view(Permission.EDIT_SETTINGS)
def settings(request: CompanyRequest) -> HttpResponse:
    company = request.company
    initial = {field: getattr(company, field) for field in CompanyForm.base_fields}
    form = CompanyForm(posted(request), initial=initial)
    if form.is_valid():
        saved = attempt(form, update_company, form.values, actor=request.membership)
        if saved is not None:
            messages.success(request, _("Saved"))
            return redirect(_settings_url(request))
    context = {"form": form, "channels": queries.channels_of(company)}
    status = 422 if form.is_bound else 200
    return render(request, "tenancy/settings/edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
@company_view(Permission.EDIT_SETTINGS)
def channel_add(request: CompanyRequest) -> HttpResponse:
    form = ChannelForm(posted(request))
    if form.is_valid():
        name, code = form.cleaned_data["name"], form.cleaned_data["code"]
        if attempt(form, add_channel, name, code, actor=request.membership):
            messages.success(request, _("Saved"))
            return redirect(_settings_url(request))
    status = 422 if form.is_bound else 200
    return render(request, "tenancy/channels/add.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@company_view(Permission.EDIT_SETTINGS)
def channel_edit(request: CompanyRequest, channel_id: int) -> HttpResponse:
    channel = get_object_or_404(queries.channels_of(request.company), pk=channel_id)
    form = ChannelNameForm(posted(request), initial={"name": channel.name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        if attempt(form, rename_channel, channel.pk, name, actor=request.membership):
            messages.success(request, _("Saved"))
            return redirect(_settings_url(request))
    context = {"form": form, "channel": channel}
    status = 422 if form.is_bound else 200
    return render(request, "tenancy/channels/edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
@company_view(Permission.EDIT_SETTINGS)
def channel_remove(request: CompanyRequest, channel_id: int) -> HttpResponse:
    channel = get_object_or_404(queries.channels_of(request.company), pk=channel_id)
    form = forms.Form(posted(request))
    if form.is_bound:
        attempt(form, remove_channel, channel.pk, actor=request.membership)
        if form.is_valid():
            return redirect(_settings_url(request))
    context = {"form": form, "channel": channel}
    status = 422 if form.is_bound else 200
    return render(request, "tenancy/channels/remove.html", context, status=status)


def _settings_url(request: CompanyRequest) -> str:
    return reverse("tenancy:settings", args=[request.company.slug])
