"""A real Chromium for the tests: one that is installed, or one that the set-up installs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "The browser tests need Chromium: install the package `chromium`, or put a Chromium or "
    "Chrome on the PATH."
)


def chromium_on_path() -> str | None:
    """Return the path of an installed Chromium."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def chromium() -> str:
    """Return the path of a Chromium, installing one when there is none.

    Raises:
        RuntimeError: None could be installed; the message says what to install.
    """
    return chromium_on_path() or _from_debian() or _from_playwright()


def _from_debian() -> str | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    install = ["install", "-q", "-y", "--no-install-recommends", "chromium"]
    for command in (["update", "-q"], install):
        subprocess.run(["apt-get", *command], check=False, stdout=subprocess.DEVNULL)
    return chromium_on_path()


def _from_playwright() -> str:
    playwright = [sys.executable, "-m", "playwright", "install"]
    installed = subprocess.run([*playwright, "chromium"], check=False)
    path = _playwrights_own()
    if installed.returncode != 0 or path is None:
        raise RuntimeError(MISSING)
    return path


def _playwrights_own() -> str | None:
    """Ask Playwright in a process of its own: its event loop must not stay in this one."""
    code = (
        "from playwright.sync_api import sync_playwright as s\n"
        "with s() as p: print(p.chromium.executable_path)"
    )
    asked = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True
    )
    path = asked.stdout.strip()
    return path if path and Path(path).exists() else None
