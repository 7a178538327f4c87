"""The JSON files of a plan folder: exact numbers in, the same text out."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NoReturn

from aop.calc.months import Month
from aop.calc.reading.folder_fields import JsonNumber, Refused, plain, shown


def json_value(text: str) -> object:
    """Return what a JSON text holds, numbers as `JsonNumber`; raises Refused.

    >>> json_value('{"a": 0.10}')
    {'a': '0.10'}
    """
    try:
        return json.loads(
            text,
            parse_int=JsonNumber,
            parse_float=JsonNumber,
            parse_constant=_no_number,
            object_pairs_hook=_without_repeats,
        )
    except json.JSONDecodeError as error:
        raise Refused("bad_json", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise Refused("json_too_deep") from None


def json_bytes(value: object) -> bytes:
    """Return a JSON file: one space of indent, letters as they are, numbers exact.

    >>> json_bytes({"share": Decimal("0.350"), "goals": ["G1"], "none": []}).decode()
    '{\\n "share": 0.35,\\n "goals": [\\n  "G1"\\n ],\\n "none": []\\n}\\n'
    """
    return f"{_text(value, 0)}\n".encode()


def with_point(number: Decimal) -> "Pointed":
    """Return a number that is written with a decimal point even when it is whole: `1.0`."""
    return Pointed(plain(number))


class Pointed(str):
    """Digits of a number that always shows a decimal point."""

    __slots__ = ()


def _text(value: object, depth: int) -> str:
    match value:
        case Pointed():
            return value if "." in value else f"{value}.0"
        case Decimal():
            return plain(value)
        case date() | Month():
            return f'"{value}"'
        case Mapping():
            parts = [f"{_text(key, 0)}: {_text(inner, depth + 1)}" for key, inner in value.items()]
            return _wrapped("{", parts, "}", depth)
        case Sequence() if not isinstance(value, str):
            return _wrapped("[", [_text(inner, depth + 1) for inner in value], "]", depth)
    return json.dumps(value, ensure_ascii=False)


def _wrapped(opening: str, parts: Sequence[str], closing: str, depth: int) -> str:
    if not parts:
        return opening + closing
    line = "\n" + " " * depth
    return f"{opening}{f',{line} '.join(['', *parts])[1:]}{line}{closing}"


def _no_number(word: str) -> NoReturn:
    raise Refused("not_json_number", found=word)


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise Refused("key_twice", found=shown(key))
        found[key] = value
    return found
