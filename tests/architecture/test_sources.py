"""Rules about the Python files themselves (sizes, words that say what a module is, imports)."""

import ast
import re
import subprocess
import sys

from tests.architecture.source import (
    APPS,
    ROOT,
    TENANT_APPS,
    functions,
    length,
    named,
    python_files,
    tree,
)

MODULE_LINES, FUNCTION_LINES, VIEW_LINES = 400, 40, 25
EVERYTHING = (*APPS, "tests", "scripts", "bench")

# `Company` and `User` are global; every other row is read through its company.
UNSCOPED = (
    r"(?<!\bCompany)(?<!\bUser)\.objects\s*\.\s*(?!for_company\b|none\b|create\b|bulk_create\b)\w+",
    r"\b_(?:base|default)_manager\b",
    r"\bget_(?:object|list)_or_404\(\s*(?!Company\b)[A-Z]\w*\s*,",
    r"\.raw\(|\bcursor\(\)",
)


def test_modules_stay_small() -> None:
    sizes = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in python_files(*EVERYTHING)}

    long = [f"{named(p)}: {n} lines" for p, n in sizes.items() if n > MODULE_LINES]
    assert not long, "\n".join(long)


def test_functions_stay_small() -> None:
    long = [
        f"{named(path)}:{node.lineno} {node.name}: {length(node)} lines"
        for path in python_files(*EVERYTHING)
        for node in functions(path)
        if length(node) > (VIEW_LINES if "views" in path.parts[-2:] else FUNCTION_LINES)
    ]

    assert not long, "\n".join(long)


def test_every_module_says_what_it_is() -> None:
    silent = [
        named(path)
        for path in python_files(*APPS, "scripts", "bench")
        if tree(path).body and ast.get_docstring(tree(path)) is None
    ]

    assert not silent, "\n".join(silent)


def test_every_public_calc_function_is_described() -> None:
    silent = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in python_files("aop/calc")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef)
        if not node.name.startswith("_") and ast.get_docstring(node) is None
    ]

    assert not silent, "\n".join(silent)


def test_packages_do_nothing_when_imported() -> None:
    busy = [
        named(path)
        for path in python_files(*EVERYTHING)
        if path.name == "__init__.py" and path.parent.name != "models" and tree(path).body
    ]

    assert not busy, "\n".join(busy)


def test_imports_stand_at_the_top() -> None:
    hidden = [
        f"{named(path)}:{inner.lineno}"
        for path in python_files(*APPS)
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert not hidden, "\n".join(hidden)


def test_tenant_rows_are_read_through_their_company() -> None:
    hits = [
        f"{named(path)}: {hit.group(0)}"
        for path in python_files(*TENANT_APPS)
        for pattern in UNSCOPED
        for hit in re.finditer(pattern, path.read_text(encoding="utf-8"))
    ]

    assert not hits, "\n".join(hits)


def test_calc_runs_without_django() -> None:
    modules = [
        named(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in python_files("aop/calc")
    ]
    foreign = ["django", "celery", "redis", "pandas", "numpy", "openpyxl", "xlsxwriter"]
    code = (
        f"import importlib, sys\nfor name in {modules}: importlib.import_module(name)\n"
        f"print(*sorted(set({foreign}) & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert ran.stdout.split() == []
