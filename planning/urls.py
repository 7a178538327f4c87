"""Addresses of the planning app, all below `c/<company_slug>/<year>/`."""

from django.urls import URLPattern, URLResolver, include, path

from planning.views import (
    assumptions,
    direction,
    goals,
    not_doing,
    priorities,
    resources,
    risks,
)

app_name = "planning"

Urls = list[URLPattern | URLResolver]

priority_urls: Urls = [
    path("add/", priorities.priority_add, name="priority_add"),
    path("<int:priority_id>/edit/", priorities.priority_edit, name="priority_edit"),
    path("<int:priority_id>/delete/", priorities.priority_delete, name="priority_delete"),
    path("<int:priority_id>/move/", priorities.priority_move, name="priority_move"),
]

not_doing_urls: Urls = [
    path("add/", not_doing.not_doing_add, name="not_doing_add"),
    path("<int:not_doing_id>/edit/", not_doing.not_doing_edit, name="not_doing_edit"),
    path("<int:not_doing_id>/delete/", not_doing.not_doing_delete, name="not_doing_delete"),
    path("<int:not_doing_id>/move/", not_doing.not_doing_move, name="not_doing_move"),
]

assumption_urls: Urls = [
    path("add/", assumptions.assumption_add, name="assumption_add"),
    path("<int:assumption_id>/edit/", assumptions.assumption_edit, name="assumption_edit"),
    path("<int:assumption_id>/delete/", assumptions.assumption_delete, name="assumption_delete"),
    path("<int:assumption_id>/move/", assumptions.assumption_move, name="assumption_move"),
    path("<int:assumption_id>/answer/", assumptions.assumption_answer, name="assumption_answer"),
]

direction_urls: Urls = [
    path("", direction.direction, name="direction"),
    path("edit/", direction.direction_edit, name="direction_edit"),
    path("rhythm/", direction.direction_rhythm, name="direction_rhythm"),
    path("priorities/", include(priority_urls)),
    path("not-doing/", include(not_doing_urls)),
    path("assumptions/", include(assumption_urls)),
]

goal_urls: Urls = [
    path("", goals.goal_list, name="goal_list"),
    path("add/", goals.goal_add, name="goal_add"),
    path("<int:goal_id>/edit/", goals.goal_edit, name="goal_edit"),
    path("<int:goal_id>/delete/", goals.goal_delete, name="goal_delete"),
    path("<int:goal_id>/move/", goals.goal_move, name="goal_move"),
]

resource_urls: Urls = [
    path("", resources.resource_list, name="resource_list"),
    path("people/add/", resources.person_add, name="person_add"),
    path("people/<int:person_id>/edit/", resources.person_edit, name="person_edit"),
    path("people/<int:person_id>/delete/", resources.person_delete, name="person_delete"),
    path("people/<int:person_id>/move/", resources.person_move, name="person_move"),
    path("people/<int:person_id>/time/", resources.allocation_edit, name="allocation_edit"),
]

risk_urls: Urls = [
    path("", risks.risk_list, name="risk_list"),
    path("add/", risks.risk_add, name="risk_add"),
    path("<int:risk_id>/edit/", risks.risk_edit, name="risk_edit"),
    path("<int:risk_id>/delete/", risks.risk_delete, name="risk_delete"),
    path("<int:risk_id>/move/", risks.risk_move, name="risk_move"),
    path("<int:risk_id>/close/", risks.risk_close, name="risk_close"),
    path("<int:risk_id>/reopen/", risks.risk_reopen, name="risk_reopen"),
]

plan_urls: Urls = [
    path("direction/", include(direction_urls)),
    path("goals/", include(goal_urls)),
    path("resources/", include(resource_urls)),
    path("risks/", include(risk_urls)),
]

urlpatterns: Urls = [path("c/<slug:company_slug>/<int:year>/", include(plan_urls))]
