"""Both catalogues hold every text, translated, with the same placeholders."""

import re
import tokenize
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.architecture.source import APPS, ROOT, named, python_files, templates

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Text = tuple[str | None, str]


@cache
def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language."""
    path = ROOT / "aop" / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        pytest.fail(f"{named(path)} is missing.")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def texts() -> dict[Text, str]:
    """Return every text that code and templates ask for, and a place where."""
    sources = [(p, p.read_bytes()) for p in python_files(*APPS)]
    sources += [(p, as_python(p.read_text(encoding="utf-8"))) for p in templates()]
    return {text: named(path) for path, source in sources for text in texts_of(path, source)}


def as_python(template: str) -> bytes:
    """Return a template as lines of Python that ask for the same texts."""
    return "\n".join(line.strip() for line in templatize(template).splitlines()).encode()


def texts_of(path: Path, source: bytes) -> Iterator[Text]:
    """Yield context and singular of each text in Python code or a template made into some."""
    try:
        for _line, found, _comments, context in extract("python", BytesIO(source), KEYWORDS):
            yield context, found if isinstance(found, str) else found[0]
    except tokenize.TokenError as error:
        pytest.fail(f"{named(path)} cannot be read: {error}")


def problems(message: Message) -> str | None:
    """Return what is wrong with a translation."""
    plural = isinstance(message.id, tuple)
    originals = list(message.id) if plural else [message.id]
    found = [*message.string] if isinstance(message.string, tuple | list) else [message.string]
    if message.fuzzy:
        return "is fuzzy"
    if not all(found):
        return "is empty"
    allowed = {p for text in originals for p in PLACEHOLDER.findall(str(text))}
    if any(set(PLACEHOLDER.findall(str(text))) - allowed for text in found):
        return "has a placeholder that the original lacks"
    if not plural and set(PLACEHOLDER.findall(str(found[0]))) != allowed:
        return "lacks a placeholder of the original"
    return None


def test_every_text_is_in_the_vietnamese_catalogue() -> None:
    known = {(m.context, m.id[0] if isinstance(m.id, tuple) else m.id) for m in catalogue("vi")}

    missing = [f"{place}: {text}" for text, place in texts().items() if text not in known]
    assert not missing, "\n".join(missing)


def test_every_vietnamese_entry_is_complete() -> None:
    wrong = [f"{m.id}: {problem}" for m in catalogue("vi") if m.id and (problem := problems(m))]

    assert not wrong, "\n".join(wrong)
