"""The page behind an invitation's link, for whoever holds it."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aop.tenancy import queries
from aop.tenancy.models import Invitation, Membership, User
from aop.tenancy.services.invitations import (
    InvitationGone,
    accept_invitation,
    digest_of,
)
from aop.web.forms import attempt

GONE = 410


@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Let the holder of the link join; a link that no longer works says no more than that."""
    digest = digest_of(token)
    invitation = queries.invitation_with(digest) if digest else None
    if invitation is None:
        raise Http404
    if (membership := _membership(request, invitation)) is not None:
        return redirect(membership.company)
    if not invitation.is_open(timezone.now()):
        return _gone(request)
    if request.method == "POST" and request.user.is_authenticated:
        return _accept(request, invitation)
    return _page(request, invitation, forms.Form())


def _membership(request: HttpRequest, invitation: Invitation) -> Membership | None:
    """Return the membership of a reader who is in the company already."""
    if not request.user.is_authenticated:
        return None
    return queries.members_of(invitation.company).filter(user=request.user).first()


def _accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = forms.Form(request.POST)
    user = cast(User, request.user)
    try:
        membership = attempt(form, accept_invitation, invitation.pk, user=user, now=timezone.now())
    except InvitationGone:
        return _gone(request)
    if membership is None:
        return _page(request, invitation, form, status=422)
    company = membership.company.name
    messages.success(request, _("You are now a member of %(company)s.") % {"company": company})
    return redirect(membership.company)


def _page(
    request: HttpRequest, invitation: Invitation, form: forms.Form, status: int = 200
) -> HttpResponse:
    is_other = request.user.is_authenticated and not invitation.is_for(request.user)
    context = {"invitation": invitation, "form": form, "is_for_somebody_else": is_other}
    return render(request, "tenancy/invitations/accept.html", context, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "tenancy/invitations/gone.html", status=GONE)
