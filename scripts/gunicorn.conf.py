"""How the web server runs under `make run`; each value can be set by a variable."""

import os
from typing import Any

bind = f"{os.environ.get('AOP_BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("AOP_WEB_WORKERS", "2"))
threads = int(os.environ.get("AOP_WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 10
loglevel = "warning"


def when_ready(server: Any) -> None:
    """Say where to sign in, now that somebody answers there."""
    print(f"Ready: sign in on http://{bind}/accounts/login/ (Ctrl-C stops it)", flush=True)
