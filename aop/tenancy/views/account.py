"""A person's own account."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from aop.tenancy.forms import AccountForm
from aop.tenancy.models import Language, User
from aop.tenancy.services.users import update_user
from aop.web.forms import attempt, posted


@require_http_methods(["GET", "POST"])
@login_required
def account(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    initial = {"name": user.name, "language": user.language}
    form = AccountForm(posted(request), initial=initial)
    if form.is_valid():
        name, language = form.cleaned_data["name"], Language(form.cleaned_data["language"])
        if attempt(form, update_user, user.pk, name=name, language=language):
            with override(language):
                messages.success(request, _("Saved"))
            return redirect("tenancy:account")
    status = 422 if form.is_bound else 200
    return render(request, "tenancy/account/edit.html", {"form": form}, status=status)
