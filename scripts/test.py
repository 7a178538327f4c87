"""The whole suite on SQLite and again on a real PostgreSQL: `make test`."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.backing.chromium import chromium  # noqa: E402  # the path comes first
from tests.backing.postgres import running_postgres  # noqa: E402


def main() -> None:
    """Start what the tests need, run them twice, and fail when either run does."""
    try:
        chromium()
        sqlite = _pytest("SQLite", "")
        with running_postgres() as url:
            postgres = _pytest("PostgreSQL", url)
    except RuntimeError as missing:
        sys.exit(str(missing))
    sys.exit(sqlite or postgres)


def _pytest(name: str, database_url: str) -> int:
    print(f"Tests on {name}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", *sys.argv[1:]]
    env = {**os.environ, "DATABASE_URL": database_url}
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    main()
