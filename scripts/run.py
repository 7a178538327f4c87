"""Prepare the database and the sample company, then serve: the last step of `make run`."""

import os
import socket
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Become the process manager once everything is in its place."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aop.settings")
    port = os.environ.setdefault("PORT", "8000")
    if _is_taken(int(port)):
        sys.exit(f"Port {port} is in use; choose another one: make run PORT={int(port) + 1}")
    django.setup()
    _prepare()
    sys.stdout.flush()
    _serve()


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _prepare() -> None:
    from aop.web.health import sqlite_warning  # Django has to be set up first

    if (warning := sqlite_warning()) is not None:
        print(warning)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("setup_sample")


def _serve() -> None:
    """Turn into supervisord, so that Ctrl-C and TERM reach it and nobody else."""
    binaries = Path(sys.prefix) / "bin"
    os.environ["AOP_BIN"] = str(binaries)
    os.environ["AOP_VAR"] = str(settings.VAR)
    command = [f"{binaries}/supervisord", "--configuration", "scripts/supervisord.conf"]
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main()
