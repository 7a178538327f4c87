"""The budget lines of a plan folder: `lines.csv`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from aop.calc.lines import LineKind, Method, Policy
from aop.calc.reading.folder_csv import Columns, csv_bytes
from aop.calc.reading.folder_fields import (
    AMOUNT,
    FLAG,
    NAME_LENGTH,
    NOTE,
    Number,
    OneOf,
    Refused,
    Text,
    plain,
    shown,
)
from aop.calc.reading.folder_names import Items, Names, sound
from aop.calc.reading.folder_records import Record

FILE = "lines.csv"
COLUMNS = Columns(
    named=(
        *("code", "name", "name_en", "aliases", "group", "kind", "channel", "cash_lag"),
        *("opening_balance_amount", "driver_code", "driver_ratio", "forecast_method"),
        *("policy", "is_private", "note", "owner"),
    ),
    needed=("code", "name", "kind"),
)
NEVER_CASH = (LineKind.COGS, LineKind.CONTINGENCY)
_LONGEST_LAG = 100
_SHARE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_KIND = OneOf(LineKind)
_POLICY = OneOf(Policy)
_METHOD = OneOf(Method)
_RATE = Number(0, 999)


@dataclass(frozen=True, slots=True)
class LineRow:
    """One budget line; `cash_lag` are shares by month of delay, none when it is not cash.

    `forecast_method` None means the default of the kind.
    """

    code: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    group: str
    kind: LineKind
    channel: str
    cash_lag: tuple[Decimal, ...]
    opening_balance_amount: int | None
    driver_code: str
    driver_ratio: Decimal | None
    forecast_method: Method | None
    policy: Policy
    is_private: bool
    note: str
    owner: str


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares by month of delay that add up to exactly 1: `0.75;0.25`."""

    stand_in: tuple[Decimal, ...] = ()

    def read(self, value: object) -> tuple[Decimal, ...]:
        """Return the shares.

        >>> Shares().read("0.4;0.6")
        (Decimal('0.4'), Decimal('0.6'))
        """
        text = Text(_LONGEST_LAG).read(value)
        shares = text.split(";")
        if not all(_SHARE.fullmatch(share) for share in shares):
            raise Refused("bad_lag", found=shown(text))
        found = tuple(map(Decimal, shares))
        if sum(map(Fraction, found)) != 1:
            raise Refused("lag_not_one", found=plain(sum(found, Decimal())))
        return found


@dataclass(frozen=True, slots=True)
class Aliases:
    """Other names of a line, separated by a vertical bar."""

    stand_in: tuple[str, ...] = ()

    def read(self, value: object) -> tuple[str, ...]:
        """Return the names.

        >>> Aliases().read("Rent|Shop rent")
        ('Rent', 'Shop rent')
        """
        whole = Text(NOTE.limit).read(value)
        names = tuple(name.strip() for name in whole.split("|") if name.strip())
        return tuple(Text(NAME_LENGTH).read(name) for name in names)


_SHARES, _ALIASES = Shares(), Aliases()


def read_lines(rows: Items, names: Names) -> tuple[LineRow, ...]:
    """Read `lines.csv`."""
    taken: dict[str, int | None] = {}
    records = list(sound(rows))
    lines = tuple(_line(record, names, taken) for record in records)
    drivers = {line.code: line.driver_code for line in lines}
    for record, line in zip(records, lines, strict=True):
        if record.is_sound and (circle := _circle(line.code, drivers)):
            record.refuse("driver_code", "circular_driver", found=" → ".join(circle))
    return lines


def write_lines(lines: Iterable[LineRow]) -> bytes:
    """Write `lines.csv`."""
    return csv_bytes(COLUMNS, [_cells(line) for line in lines])


def _line(record: Record, names: Names, taken: dict[str, int | None]) -> LineRow:
    code = record.code(taken)
    kind = record.required("kind", _KIND)
    return LineRow(
        code=code,
        name=record.name(),
        name_en=record.text("name_en"),
        aliases=record.get("aliases", _ALIASES, ()),
        group=record.text("group"),
        kind=kind,
        channel=record.reference("channel", names.channels, "channel"),
        cash_lag=_cash_lag(record, kind),
        opening_balance_amount=record.optional("opening_balance_amount", AMOUNT),
        driver_code=_driver(record, names),
        driver_ratio=record.optional("driver_ratio", _RATE),
        forecast_method=_method(record),
        policy=record.get("policy", _POLICY, Policy.TRACK),
        is_private=record.get("is_private", FLAG, default=False),
        note=record.note("note"),
        owner=record.reference("owner", names.people, "person"),
    )


def _cash_lag(record: Record, kind: LineKind) -> tuple[Decimal, ...]:
    cash_lag = record.get("cash_lag", _SHARES, ())
    if cash_lag and kind in NEVER_CASH:
        record.ignore("cash_lag")
        return ()
    return cash_lag


def _driver(record: Record, names: Names) -> str:
    driver = record.reference("driver_code", names.lines, "line")
    kind = (names.lines or {}).get(driver)
    if kind in set(LineKind) - {LineKind.REVENUE}:
        record.refuse("driver_code", "driver_not_revenue", found=driver, kind=kind)
    return driver


def _method(record: Record) -> Method | None:
    method = record.optional("forecast_method", _METHOD)
    if method == Method.MANUAL:
        record.refuse("forecast_method", "manual_method")
    return method


def _circle(start: str, drivers: dict[str, str]) -> list[str]:
    path = [start]
    while (following := drivers.get(path[-1], "")) and following not in path:
        path.append(following)
    return [*path, start] if following == start else []


def _cells(line: LineRow) -> tuple[str | int | Decimal | bool | None, ...]:
    return (
        line.code,
        line.name,
        line.name_en,
        "|".join(line.aliases),
        line.group,
        line.kind.value,
        line.channel,
        ";".join(map(plain, line.cash_lag)),
        line.opening_balance_amount,
        line.driver_code,
        line.driver_ratio,
        line.forecast_method.value if line.forecast_method else "",
        line.policy.value,
        line.is_private,
        line.note,
        line.owner,
    )
