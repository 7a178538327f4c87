"""Watches pages while a test drives them: what breaks quietly is written down and fails it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, ViewportSize, WebError

WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP violation: ${event.effectiveDirective} blocked ${event.blockedURI}`);
});
"""


@dataclass
class Watch:
    """The console errors, script errors and CSP violations of every page of a context."""

    problems: list[str] = field(default_factory=list)
    allowed: set[int] = field(default_factory=set)

    def attach(self, context: BrowserContext) -> None:
        """Listen to all pages of the context, those that open later included."""
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._note_message)
        context.on("weberror", self._note_error)

    def allow_status(self, *statuses: int) -> None:
        """Expect answers such as 422: the browser reports each of them as an error."""
        self.allowed.update(statuses)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self._is_expected(message.text):
            self.problems.append(f"{message.text} ({message.location.get('url', '')})")

    def _note_error(self, error: WebError) -> None:
        self.problems.append(str(error.error))

    def _is_expected(self, text: str) -> bool:
        return any(f"with a status of {status} " in text for status in self.allowed)


@cache
def axe_source() -> str:
    """Return the script of axe."""
    if not AXE.exists():
        raise RuntimeError(
            "axe-core is missing; run: .venv/bin/python scripts/assets.py --with-tests"
        )
    return AXE.read_text(encoding="utf-8")


def axe_violations(page: Page, only: Sequence[str] = AXE_TAGS) -> list[str]:
    """Return what axe finds on the page as it stands, one sentence each.

    `only` names other tags or rules; after a change of theme, `["color-contrast"]` is enough.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe_source())
    found: dict[str, Any] = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", [*only]
    )
    return [
        f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes']]}"
        for rule in found["violations"]
    ]
