"""Whatever is written into the history can be read there by people."""

import ast
from collections.abc import Iterator

from aop.tenancy.sentences import APPS, UnknownAction, sentence_of
from tests.architecture import source
from tests.architecture.source import named, python_files

RECORDERS = frozenset({"record", "record_by_system"})
PARTS = 3


def recorded() -> Iterator[tuple[str, str]]:
    """Yield where an action is written down as a literal, and the action."""
    for path in python_files(*source.APPS):
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.Call) and _name(node.func) in RECORDERS and node.args:
                action = getattr(node.args[0], "value", None)
                if isinstance(action, str) and _is_action(action):
                    yield f"{named(path)}:{node.lineno}", action


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_action(value: str) -> bool:
    parts = value.split(".")
    return len(parts) == PARTS and parts[0] in APPS


def test_every_recorded_action_has_words() -> None:
    wordless = []
    for place, action in recorded():
        try:
            sentence_of(action)
        except UnknownAction:
            wordless.append(f"{place}: {action}")

    assert not wordless, "add them to aop/tenancy/sentences.py:\n" + "\n".join(wordless)


def test_it_finds_the_actions() -> None:
    assert len({action for _place, action in recorded()}) > len(RECORDERS)
