"""The whole suite on SQLite and again on a real PostgreSQL: `make test`."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARALLEL = ("-n", "auto", "--dist", "loadfile")
SUMMARY = re.compile(r"(\d+) (passed|failed|error|skipped|xfailed|xpassed|warning)")
sys.path.insert(0, str(ROOT))

from tests.backing.chromium import chromium  # noqa: E402  # the path comes first
from tests.backing.postgres import running_postgres  # noqa: E402


def main() -> None:
    """Start what the tests need, run them twice, and fail when either run does."""
    started = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The tests were stopped."))
    counts: Counter[str] = Counter()
    try:
        chromium()
        statuses = [_pytest("SQLite", "", counts)]
        with running_postgres() as url:
            statuses.append(
                _pytest("PostgreSQL, without the browser", url, counts, "-m", "not browser")
            )
    except RuntimeError as missing:
        sys.exit(str(missing))
    total = ", ".join(f"{counts[word]} {word}" for word in sorted(counts))
    print(f"=== {total or 'no tests ran'} in {time.monotonic() - started:.2f}s ===")
    sys.exit(max(statuses))


def _pytest(name: str, database_url: str, counts: Counter[str], *more: str) -> int:
    """Run the suite, pass its output on, and add up what its last line says."""
    print(f"Tests on {name}", flush=True)
    colour = f"--color={'yes' if sys.stdout.isatty() else 'no'}"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rfEs",
        colour,
        *PARALLEL,
        *more,
        *sys.argv[1:],
    ]
    env = {**os.environ, "DATABASE_URL": database_url}
    last = ""
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as run:
        for line in run.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            last = line if SUMMARY.search(line) else last
    counts.update({word: int(number) for number, word in SUMMARY.findall(last)})
    return run.returncode


if __name__ == "__main__":
    main()
