"""Rules about the templates: small, and nothing that the strict policy would block."""

import re

import pytest

from tests.architecture.source import named, templates

LINES = 120
# `totp_svg` is the picture that allauth itself draws for an authenticator app.
FORBIDDEN = {
    "an inline style": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "an inline script": r"<script\b(?![^>]*\b(?:src\s*=|type\s*=\s*['\"]application/json))",
    "an inline handler": r"\son[a-z]+\s*=",
    "htmx code in an attribute": r"\bhx-on\b|\bhx-(?:vals|headers)\s*=\s*['\"]js:",
    "a script address": r"javascript:",
    "something from another host": r"(?:src|href)\s*=\s*['\"](?:https?:)?//",
    "text that is not escaped": r"(?<!totp_svg)\|\s*safe\b|\bautoescape\s+off\b",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what: str) -> None:
    hits = [
        f"{named(path)}: {hit.group(0).strip()}"
        for path in templates()
        for hit in re.finditer(FORBIDDEN[what], path.read_text(encoding="utf-8"))
    ]

    assert not hits, "\n".join(hits)


def test_templates_stay_small() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in templates()}

    long = [f"{named(path)}: {size} lines" for path, size in sizes.items() if size > LINES]
    assert not long, "\n".join(long)
