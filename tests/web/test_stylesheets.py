"""The style sheets: every module is linked once and served as one file."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test.utils import override_settings

from aop.web.stylesheets import MODULES, sheets

CSS = Path(__file__).parents[2] / "static" / "css"
BUNDLING = {"staticfiles": {"BACKEND": "aop.web.stylesheets.BundlingStorage"}}


def test_it_links_every_module_once() -> None:
    assert sorted(MODULES) == sorted(path.stem for path in CSS.glob("*.css"))


def test_it_serves_one_sheet_of_all_modules(tmp_path: Path) -> None:
    with override_settings(STORAGES=BUNDLING, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)

        linked = sheets()

    bundles = list((tmp_path / "css").glob("all.*.css"))
    assert linked[-1] == "css/all.css"
    assert len(bundles) == 1
    text = bundles[0].read_text(encoding="utf-8")
    assert all((CSS / f"{name}.css").read_text().splitlines()[-2] in text for name in MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_it_puts_every_rule_into_a_layer(name: str) -> None:
    text = re.sub(r"/\*.*?\*/", "", (CSS / f"{name}.css").read_text(), flags=re.DOTALL)

    heads = [line for line in text.splitlines() if re.match(r"[^\s}]", line)]

    assert heads
    assert all(line.startswith("@layer") for line in heads)


@pytest.mark.parametrize("name", [name for name in MODULES if name != "tokens"])
def test_it_takes_every_colour_from_the_tokens(name: str) -> None:
    text = (CSS / f"{name}.css").read_text()

    assert re.findall(r"[^(]#[0-9a-fA-F]{3,8}\b", text) == []
