"""Where the guards look: our own files, without what is generated or fetched."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("aop", "planning", "budgets", "tracking")
TENANT_APPS = ("planning", "budgets", "tracking")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def named(path: Path) -> str:
    """Return a path as the guards print it."""
    return path.relative_to(ROOT).as_posix()


def python_files(*folders: str) -> list[Path]:
    """Return the Python files below folders, without migrations."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts]


def templates() -> list[Path]:
    """Return all templates."""
    return sorted((ROOT / "templates").rglob("*.html"))


@cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    """Yield every function of a file, methods and inner functions included."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def length(node: Function) -> int:
    """Return how many lines a function takes, decorators aside."""
    return (node.end_lineno or node.lineno) - node.lineno + 1
