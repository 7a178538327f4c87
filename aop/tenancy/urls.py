"""Addresses of people and companies."""

from django.urls import include, path

from aop.tenancy.views import account, entrance, history, invitations, members, settings

app_name = "tenancy"

of_company = [
    path("members/", members.member_list, name="member_list"),
    path("members/<int:member_id>/", members.member_edit, name="member_edit"),
    path("members/<int:member_id>/remove/", members.member_remove, name="member_remove"),
    path("invitations/new/", members.invitation_add, name="invitation_add"),
    path(
        "invitations/<int:invitation_id>/withdraw/",
        members.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("settings/", settings.settings, name="settings"),
    path("settings/channels/new/", settings.channel_add, name="channel_add"),
    path("settings/channels/<int:channel_id>/", settings.channel_edit, name="channel_edit"),
    path(
        "settings/channels/<int:channel_id>/remove/",
        settings.channel_remove,
        name="channel_remove",
    ),
    path("history/", history.history, name="history"),
]

urlpatterns = [
    path("", entrance.landing, name="landing"),
    path("language/", entrance.language_set, name="language_set"),
    path("companies/", entrance.company_list, name="company_list"),
    path("account/", account.account, name="account"),
    path("invitations/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    path("c/<slug:company_slug>/", include(of_company)),
]
