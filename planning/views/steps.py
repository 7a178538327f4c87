"""The nine steps as a page shows them, and what every page of a plan knows about its step."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from planning.access import PlanRequest
from planning.models import Plan
from planning.queries.progress import Step, StepProgress, StepState, progress


@dataclass(frozen=True)
class StepFace:
    """How a step is called, where it leads and how many minutes it usually takes."""

    label: str | Promise
    url_name: str
    minutes: int


FACES: dict[Step, StepFace] = {
    Step.DIRECTION: StepFace(gettext_lazy("Direction"), "planning:direction", 10),
    Step.GOALS: StepFace(gettext_lazy("Goals"), "planning:goal_list", 8),
    Step.BUDGET: StepFace(gettext_lazy("Budget"), "budgets:budget", 15),
    Step.ACTIONS: StepFace(pgettext_lazy("step", "Actions"), "budgets:action_list", 8),
    Step.RESOURCES: StepFace(gettext_lazy("Resources"), "planning:resource_list", 5),
    Step.RISKS: StepFace(gettext_lazy("Risks"), "planning:risk_list", 5),
    Step.KPIS: StepFace(gettext_lazy("KPIs"), "budgets:kpi_list", 4),
    Step.CHECK: StepFace(pgettext_lazy("navigation", "Check"), "budgets:check", 3),
    Step.APPROVE: StepFace(gettext_lazy("Approve"), "budgets:check", 2),
}
ORDER = tuple(Step)


@dataclass(frozen=True)
class PlanStep:
    """One step as `components/_steps.html` draws it."""

    number: int
    label: str
    url: str
    note: str
    state: str
    is_current: bool


def plan_page(request: PlanRequest, step: Step, **context: Any) -> dict[str, Any]:
    """Return the context of a page of `step`; a draft shows its steps and the next one.

    Adds `steps`, `step_number` and `next_step` while the plan is a draft.
    """
    if request.plan.is_frozen:
        return context
    steps = plan_steps(request.plan, step)
    number = ORDER.index(step) + 1
    return {
        "steps": steps,
        "step_number": number,
        "next_step": steps[number] if number < len(steps) else None,
        **context,
    }


def plan_steps(plan: Plan, current: Step | None = None) -> list[PlanStep]:
    """Return the nine steps of a plan with how far each is; one query."""
    return [
        PlanStep(
            number=number,
            label=str(FACES[found.step].label),
            url=_url(plan, FACES[found.step].url_name),
            note=_note(found),
            state=found.state,
            is_current=found.step == current,
        )
        for number, found in enumerate(progress(plan), start=1)
    ]


def _note(found: StepProgress) -> str:
    if found.state == StepState.DONE:
        return _("done")
    if found.state == StepState.PART:
        return _("%(done)s of %(total)s") % {"done": found.done, "total": found.total}
    minutes = FACES[found.step].minutes
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}


def _url(plan: Plan, name: str) -> str:
    return reverse(name, args=[plan.company.slug, plan.fiscal_year])
