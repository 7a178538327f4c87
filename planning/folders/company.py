"""The company of a plan folder: `company.json`."""

import re
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from aop.calc.currencies import CURRENCIES
from aop.calc.reading.folder_fields import Reference, Shape, Word
from aop.calc.reading.folder_json import json_bytes
from aop.calc.reading.folder_records import Record
from aop.tenancy.models import Language

FILE = "company.json"
_SLUG = Shape(re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), "bad_slug", limit=60)
_LANGUAGE = Word(Language)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One sales channel."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """The firm that the plan belongs to."""

    name: str
    slug: str
    industry: str
    currency: str
    language: str
    time_zone: str
    channels: tuple[ChannelRow, ...]


def read_company(record: Record) -> CompanyRow:
    """Read `company.json`."""
    company = CompanyRow(
        name=record.name(),
        slug=record.required("slug", _SLUG),
        industry=record.text("industry"),
        currency=record.required("currency", Reference(CURRENCIES, "currency")),
        language=record.required("language", _LANGUAGE),
        time_zone=record.required("time_zone", Reference(_time_zones(), "time_zone")),
        channels=_channels(record),
    )
    record.finish()
    return company


def channel_codes(record: Record | None) -> dict[str, str] | None:
    """Return the codes of the channels, None when the company cannot be read."""
    if record is None:
        return None
    return {code: "" for channel in record.glance("channels") if (code := channel.peek("code"))}


def write_company(company: CompanyRow) -> bytes:
    """Write `company.json`."""
    return json_bytes(
        {
            "name": company.name,
            "slug": company.slug,
            "industry": company.industry,
            "currency": company.currency,
            "language": company.language,
            "time_zone": company.time_zone,
            "channels": [{"code": each.code, "name": each.name} for each in company.channels],
        }
    )


def _channels(record: Record) -> tuple[ChannelRow, ...]:
    taken: dict[str, int | None] = {}
    channels = []
    for channel in record.records("channels"):
        channels.append(ChannelRow(channel.code(taken), channel.name()))
        channel.finish()
    return tuple(channels)


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())
