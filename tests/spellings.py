"""The tables of spellings that Python and JavaScript are both tested with."""

import json
from pathlib import Path
from typing import Any

Case = dict[str, Any]

_FOLDER = Path(__file__).parent / "data"


def spellings(name: str) -> list[Case]:
    """Return the rows of `tests/data/<name>.json`."""
    cases: list[Case] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return cases


def case_id(case: Case) -> str:
    """Name a row so that a failure says which spelling it is."""
    text = case.get("text", case.get("found", case.get("amount")))
    return " ".join(str(part) for part in (text, case["currency"], case.get("unit", "")))
