"""What every test stands on: a throw-away database, quick passwords, nothing shared on disk."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings

from tests.backing.redis import running_redis

pytest_plugins = ("tests.cast",)

# How long an example takes says something about the machine, nothing about the code.
hypothesis_settings.register_profile("calm", deadline=None)
hypothesis_settings.load_profile("calm")


def pytest_configure(config: pytest.Config) -> None:
    """Replace what is slow or lies in the checkout's own `var/`."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    settings.CELERY_BROKER_URL = "memory://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """Test on a real SQLite file: in memory, all threads would share one connection."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = f"{tmp_path_factory.mktemp('db')}/test.sqlite3"
        # Thrown-away data need not survive a power cut; everything else stays as in production.
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("=FULL", "=OFF")


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Return the address of a real Redis."""
    with running_redis() as url:
        yield url
