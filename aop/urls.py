"""Every address; apps are named by string, so this module imports none of them."""

from django.urls import include, path

from aop.web import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("", include("aop.tenancy.urls")),
    path("", include("planning.urls")),
    path("", include("budgets.urls")),
    path("", include("tracking.urls")),
]

handler400 = "aop.web.views.bad_request"
handler403 = "aop.web.views.permission_denied"
handler404 = "aop.web.views.page_not_found"
handler500 = "aop.web.views.server_error"
