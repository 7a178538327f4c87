"""The style sheets: one file per area while developing, one file of all of them when served."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

FONT = "fonts/inter.css"  # written by scripts/assets.py; empty where the font could not be had
BUNDLE = "css/all.css"

# The first fixes the order of the layers; each other one names the layer that it belongs to,
# so their order among themselves matters only where two of them style the same thing.
MODULES = (
    "tokens",
    "base",
    "layout",
    "shell",
    "controls",
    "forms",
    "components",
    "empty",
    "tables",
    "dashboard",
    "decisions",
    "reviews",
    "log",
    "variance",
    "adjustments",
    "plan",
    "actions",
    "sheet",
    "planning",
    "budgets",
    "account",
    "start",
    "landing",
    "grid",
    "charts",
    "utilities",
    "print",
)


def sheets() -> tuple[str, ...]:
    """Return the sheets that a page links, by their names among the static files."""
    if getattr(staticfiles_storage, "bundles", False):
        return (FONT, BUNDLE)
    return (FONT, *(f"css/{name}.css" for name in MODULES))


class BundlingStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped base
    """Joins the modules when static files are collected: a first visit waits for one request."""

    bundles = True

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        """Write the bundle, then name and compress all files as usual."""
        if not dry_run:
            Path(self.path(BUNDLE)).write_bytes(b"\n".join(_modules(paths)))
            paths[BUNDLE] = (self, BUNDLE)
        yield from super().post_process(paths, dry_run=dry_run, **options)


def _modules(paths: dict[str, Any]) -> Iterator[bytes]:
    for name in MODULES:
        storage, path = paths[f"css/{name}.css"]
        with storage.open(path) as sheet:
            yield sheet.read()
