"""Settings: each value comes from an environment variable or from a safe embedded default.

Without any variable the app runs on its own: SQLite, the queue of background work and the
secret key lie under `var/`, and nothing has to be installed beside it.
"""

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("AOP_VAR", BASE_DIR / "var"))
VAR.mkdir(parents=True, exist_ok=True)


def _is_on(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def _kept_secret(path: Path) -> str:
    """Return the secret kept in `path`; the first process to ask makes it up."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii")


# --- Who answers, and how ----------------------------------------------------------------

SECRET_KEY = os.environ.get("AOP_SECRET_KEY") or _kept_secret(VAR / "secret_key")
DEBUG = _is_on("AOP_DEBUG")
IS_HTTPS = _is_on("AOP_HTTPS")  # set it where the app is reached by https
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("AOP_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
    if host.strip()
]
CSRF_TRUSTED_ORIGINS = (
    [f"https://{host.replace('*.', '', 1).lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]
    if IS_HTTPS
    else []
)
ROOT_URLCONF = "aop.urls"
WSGI_APPLICATION = "aop.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # the account pages say "3 hours ago"
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "lucide",
    "aop.tenancy",
    "aop.jobs",
    "aop.web",
    "planning",
    "budgets",
    "tracking",
]

MIDDLEWARE = [
    "aop.web.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "aop.web.middleware.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "aop.tenancy.middleware.UserLanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "aop.tenancy.context.company_context",
                "planning.access.plan_context",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data ----------------------------------------------------------------------------------

# What an embedded database needs to lose nothing that was acknowledged: WAL so that readers
# never wait for a writer, FULL so that a commit is on the disk, IMMEDIATE so that two writers
# queue for `timeout` seconds instead of failing at once.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
        "PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON"
    ),
}


def _database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'aop.sqlite3'}"
    found: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
    if found["ENGINE"] == "django.db.backends.sqlite3":
        found["OPTIONS"] = {**SQLITE_OPTIONS, **found.get("OPTIONS", {})}
    return found


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Cache and background work: embedded, or Redis when REDIS_URL names one ------------------

REDIS_URL = os.environ.get("REDIS_URL", "")

# Shared by all processes, because rate limits count in it. A cache in memory would give
# every process a count of its own.
CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
    }
}
if REDIS_URL:
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "aop",
    }

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 300  # shorter than the lease of a job (aop.jobs.queue)
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
# The rows in the database are the queue (aop.jobs); the broker only wakes the sweep, so a
# wake-up that is lost costs a minute and never a job.
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "aop.jobs.sweep", "schedule": 60.0, "options": {"expires": 55}},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
JOBS_COMPANY_CONTEXT = "aop.tenancy.background.company_context"
if not REDIS_URL:
    _queue, _control = VAR / "queue", VAR / "queue-control"
    for _folder in (_queue, _control):
        _folder.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue),
        "data_folder_out": str(_queue),  # the same folder: written by the web, read by the worker
        "control_folder": str(_control),
        "store_processed": False,
        "polling_interval": 0.3,
    }

# --- People ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "tenancy.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_ADAPTER = "aop.tenancy.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "aop.tenancy.forms.SignupForm"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Behind proxies: how many of them stand in front, so that rate limits count real addresses.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("AOP_PROXY_COUNT", "0"))
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "AOP"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# Without a mail server letters are kept as files, and addresses cannot be verified.
EMAIL_HOST = os.environ.get("AOP_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("AOP_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("AOP_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("AOP_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("AOP_EMAIL_FROM", "aop@localhost")
EMAIL_FILE_PATH = str(VAR / "mail")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if EMAIL_HOST else "none"

# --- Language and time -----------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "aop" / "locale", BASE_DIR / "aop" / "locale_accounts"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # what is stored; pages show the company's own time zone

# --- Files that do not change ----------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR / "collected"
FETCHED = BASE_DIR / "var" / "static"  # by scripts/assets.py; part of the program, not of the data
STATICFILES_DIRS = [folder for folder in (BASE_DIR / "static", FETCHED) if folder.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "aop.web.stylesheets.BundlingStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = VAR / "media"

# --- What browsers may do with a page --------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "aop.web.views.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
if IS_HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# --- What is written down while running ------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "aop.web.middleware.RequestIdFilter"}},
    "formatters": {
        "line": {
            "format": "{asctime} {levelname} {name} request={request_id} {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("AOP_LOG_LEVEL", "WARNING")},
    "loggers": {
        "aop": {"level": "INFO"},
        "django": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},  # answers of 403 and 404 are not ours to mend
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
