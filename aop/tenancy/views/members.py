"""The members of a company, and the people invited to it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aop.tenancy import queries
from aop.tenancy.access import CompanyRequest, company_view
from aop.tenancy.forms import InvitationForm, MemberForm
from aop.tenancy.models import Invitation
from aop.tenancy.roles import Permission, Role
from aop.tenancy.services.invitations import create_invitation, withdraw_invitation
from aop.tenancy.services.members import change_role, remove_member
from aop.web.forms import attempt, posted


@require_GET
@company_view(Permission.MANAGE_MEMBERS)
def member_list(request: CompanyRequest) -> HttpResponse:
    context = {
        "members": queries.members_of(request.company),
        "invitations": queries.open_invitations_of(request.company, timezone.now()),
    }
    return render(request, "tenancy/members/list.html", context)


@require_http_methods(["GET", "POST"])
@company_view(Permission.MANAGE_MEMBERS)
def member_edit(request: CompanyRequest, member_id: int) -> HttpResponse:
    member = get_object_or_404(queries.members_of(request.company), pk=member_id)
    form = MemberForm(posted(request), initial={"role": member.role})
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        if attempt(form, change_role, member.pk, role, actor=request.membership):
            messages.success(request, _("Saved"))
            # Who gives up their own owner's role may not see the list of members any more.
            is_self = member.pk == request.membership.pk
            return redirect("tenancy:landing" if is_self else _list_url(request))
    context = {"form": form, "member": member}
    status = 422 if form.is_bound else 200
    return render(request, "tenancy/members/edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
@company_view(Permission.MANAGE_MEMBERS)
def member_remove(request: CompanyRequest, member_id: int) -> HttpResponse:
    member = get_object_or_404(queries.members_of(request.company), pk=member_id)
    form = forms.Form(posted(request))
    if form.is_bound:
        attempt(form, remove_member, member.pk, actor=request.membership)
        if form.is_valid():
            messages.success(request, _("%(name)s is no longer a member.") % {"name": member.user})
            is_self = member.pk == request.membership.pk
            return redirect("tenancy:landing" if is_self else _list_url(request))
    context = {"form": form, "member": member}
    status = 422 if form.is_bound else 200
    return render(request, "tenancy/members/remove.html", context, status=status)


@require_http_methods(["GET", "POST"])
@company_view(Permission.MANAGE_MEMBERS)
def invitation_add(request: CompanyRequest) -> HttpResponse:
    """Answer the POST with the link itself: it is in this one answer and nowhere else."""
    form = InvitationForm(posted(request))
    if form.is_valid():
        role, email = Role(form.cleaned_data["role"]), form.cleaned_data["email"]
        made = attempt(
            form, create_invitation, role, email, actor=request.membership, now=timezone.now()
        )
        if made:
            address = reverse("tenancy:invitation_accept", args=[made.token])
            context = {
                "invitation": made.invitation,
                "link": request.build_absolute_uri(address),
            }
            return render(request, "tenancy/invitations/link.html", context, status=201)
    status = 422 if form.is_bound else 200
    return render(request, "tenancy/invitations/add.html", {"form": form}, status=status)


@require_POST
@company_view(Permission.MANAGE_MEMBERS)
def invitation_withdraw(request: CompanyRequest, invitation_id: int) -> HttpResponse:
    invitations = Invitation.objects.for_company(request.company)
    invitation = get_object_or_404(invitations, pk=invitation_id)
    form = forms.Form(request.POST)
    attempt(form, withdraw_invitation, invitation.pk, actor=request.membership, now=timezone.now())
    if form.is_valid():
        messages.success(request, _("The invitation no longer works."))
    else:
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect(_list_url(request))


def _list_url(request: CompanyRequest) -> str:
    return reverse("tenancy:member_list", args=[request.company.slug])
