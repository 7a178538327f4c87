"""Usual KPIs that one press adds: those that the plan's own lines can answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from aop.calc.lines import LineKind
from aop.calc.report.facts import LineFacts
from aop.tenancy.models import Channel
from planning.models import Better, Kpi, Plan, Unit


@dataclass(frozen=True, slots=True)
class Preset:
    """A usual KPI: `values` are those that `planning.services.kpis.create_kpi` takes."""

    key: str
    name: str
    why: str
    values: Mapping[str, Any]


def presets(plan: Plan, lines: Sequence[LineFacts], kpis: Sequence[Kpi]) -> list[Preset]:
    """Return the usual KPIs that these lines can answer and the plan does not have; one query."""
    channels = list(Channel.objects.for_company(plan.company))
    taken = [_comparable(kpi.measure) for kpi in kpis]
    found = _presets(plan, lines, channels)
    return [one for one in found if _comparable(one.values["measure"]) not in taken]


def _presets(
    plan: Plan, lines: Sequence[LineFacts], channels: Sequence[Channel]
) -> Iterator[Preset]:
    revenue = _codes(lines, LineKind.REVENUE)
    cogs, marketing = _codes(lines, LineKind.COGS), _codes(lines, LineKind.MARKETING)
    if revenue:
        yield _preset("total-revenue", _("Total revenue"), _("How much you sell."), total=revenue)
    for channel in channels:
        own = [one.code for one in lines if one.code in revenue and one.channel == channel.code]
        if own and len(own) < len(revenue):
            yield _preset(
                f"share-{channel.code}",
                _("Share of %(channel)s") % {"channel": channel.name},
                _("How much of your sales comes from there."),
                ratio={"of": own, "to": revenue},
            )
    if revenue and cogs:
        yield _preset(
            "gross-margin",
            _("Gross margin"),
            _("What is left of a sale after its goods are paid."),
            margin={"revenue": revenue, "cost": cogs},
        )
    if revenue and marketing:
        yield _preset(
            "marketing-to-revenue",
            _("Marketing to revenue"),
            _("What a sale costs in advertising."),
            Better.LOWER,
            ratio={"of": marketing, "to": revenue},
        )
    yield _preset(
        "closing-cash",
        _("Closing cash"),
        _("Cash at the end of each month, beside its minimum."),
        floor=plan.minimum_cash_amount,
        closing_cash=True,
    )


def _preset(
    key: str,
    name: str,
    why: str,
    better: Better = Better.HIGHER,
    *,
    floor: int | None = None,
    **measure: object,
) -> Preset:
    is_share = not {"total", "closing_cash"}.intersection(measure)
    values = {
        "name": name,
        "unit": Unit.RATIO if is_share else Unit.MONEY,
        "better": better,
        "measure": measure,
        "floor": floor,
    }
    return Preset(key, name, why, values)


def _codes(lines: Sequence[LineFacts], kind: LineKind) -> list[str]:
    return [line.code for line in lines if line.kind is kind]


def _comparable(value: Any) -> Any:
    """Return a measure in which the order of the lines makes no difference."""
    if isinstance(value, Mapping):
        return {key: _comparable(part) for key, part in value.items()}
    return sorted(value) if isinstance(value, list) else value
