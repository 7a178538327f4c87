"""Two addresses for whoever watches the server: alive, and ready to work."""

import sqlite3

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from aop.celery import app

# Writers in two processes may corrupt a WAL database before 3.51.3 (backports: 3.50.7, 3.44.6).
SAFE_SQLITE = (3, 51, 3)
SAFE_BACKPORTS = {(3, 50): 7, (3, 44): 6}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer as long as the process lives; touches nothing else."""
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database and the broker can be used, else 503 and which cannot."""
    parts = {"database": _has_database(), "broker": _has_broker()}
    ready = all(parts.values())
    answer: dict[str, object] = {"status": "ready" if ready else "not ready", **parts}
    if (warning := sqlite_warning()) is not None:
        answer["warning"] = warning
    return JsonResponse(answer, status=200 if ready else 503)


def sqlite_warning(
    version: tuple[int, ...] = sqlite3.sqlite_version_info, vendor: str = ""
) -> str | None:
    """Return what to know about this SQLite, or None when it is safe or not in use."""
    backport = SAFE_BACKPORTS.get((version[0], version[1]))
    is_safe = version >= SAFE_SQLITE or (backport is not None and version[2] >= backport)
    if (vendor or connection.vendor) != "sqlite" or is_safe:
        return None
    number = ".".join(str(part) for part in version)
    return (
        f"SQLite {number} has a known, rare defect with several writers at once, mended in "
        "3.51.3. One person trying the app is fine; for several, set DATABASE_URL to PostgreSQL."
    )


def _has_database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _has_broker() -> bool:
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError):
        return False
    return True
