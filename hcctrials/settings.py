"""The one settings file. Values come from the environment; production's protections are on unless local use says so.

Without DJANGO_DEBUG=1 a missing secret key, host list or database stops the start with a hint. Nothing here is an
unsafe default, and nothing is read from another settings file.
"""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from hcctrials import broker, logs
from hcctrials.environment import flag, names, required, text, whole_number

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(text("HCCTRIALS_DATA_DIR", str(BASE_DIR / "var"))).resolve()

DEBUG = flag("DJANGO_DEBUG")
# Set by the local set-up only: plain http on this machine, where redirects to https and Secure cookies would lock out.
LOCAL_HTTP = flag("HCCTRIALS_LOCAL_HTTP")

SECRET_KEY = required(
    "DJANGO_SECRET_KEY",
    "a long random secret, for example from `python -c 'import secrets; print(secrets.token_urlsafe(64))'`",
    default="local-development-only-" + "0" * 40 if DEBUG else None,
)
ALLOWED_HOSTS = names(
    required(
        "DJANGO_ALLOWED_HOSTS",
        "the host names of the site, separated by commas, for example `trials.example.org`",
        default="127.0.0.1,localhost,[::1]" if DEBUG else None,
    )
)
DATABASE_URL = required(
    "DATABASE_URL", "the PostgreSQL to use, for example `postgresql://user:password@db.example.org/hcctrials`"
)

# --- The registry ---------------------------------------------------------------------------------------------------

HCCTRIALS_REGISTRY_URL = text("HCCTRIALS_REGISTRY_URL", "https://clinicaltrials.gov/api/v2")
HCCTRIALS_REGISTRY_QUERY = text("HCCTRIALS_REGISTRY_QUERY", "hepatocellular carcinoma")
# An address where the registry can reach whoever runs this site; it becomes part of the User-Agent.
HCCTRIALS_REGISTRY_CONTACT = text("HCCTRIALS_REGISTRY_CONTACT", "https://example.org/set-HCCTRIALS_REGISTRY_CONTACT")
# Some networks in front of the registry answer 403 to newer TLS handshakes from programs (seen by others in 2025).
HCCTRIALS_REGISTRY_TLS_CAPPED = flag("HCCTRIALS_REGISTRY_TLS_CAPPED")
HCCTRIALS_REGISTRY_REQUESTS_A_SECOND = whole_number("HCCTRIALS_REGISTRY_REQUESTS_A_SECOND", 1)
HCCTRIALS_REFRESH_ON_START = flag("HCCTRIALS_REFRESH_ON_START")

# --- The application ------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django_filters",
    "django_htmx",
    "django_celery_beat",
    "csp",
    "ninja",
    "hcctrials",
    "trials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "hcctrials.middleware.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hcctrials.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "trials.web.quiet_faults.NothingSentIsKeptMiddleware",
    "trials.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "trials.web.unavailable.DatabaseUnavailableMiddleware",
]
ROOT_URLCONF = "hcctrials.urls"
WSGI_APPLICATION = "hcctrials.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# A page of results has a few dozen fields, a match form fewer than fifty; more is an attack or an accident.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

TEMPLATES: list[dict[str, Any]] = [
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
                "trials.web.data_age.data_age",
                "trials.web.canonical.canonical",
                "trials.web.language.languages",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------------------------------

STATEMENT_TIMEOUT_SECONDS = whole_number("HCCTRIALS_STATEMENT_TIMEOUT_SECONDS", 5)
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True),
}
# A page waits no longer than this; `manage.py` and the worker set more, their commands are meant to take long.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
    "options", f"-c statement_timeout={STATEMENT_TIMEOUT_SECONDS * 1000}"
)
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 5)
# Test sessions that run at the same time on one server need databases of their own.
DATABASES["default"]["TEST"] = {"NAME": text("HCCTRIALS_TEST_DATABASE", "test_hcctrials")}

# --- Languages and time ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# A language stands here once the whole interface speaks it: half a translation would be announced as a whole one.
LANGUAGES = [("en", "English"), ("fr", "French"), ("zh-hans", "Simplified Chinese")]
LOCALE_PATHS = [BASE_DIR / "hcctrials" / "locale"]
FORMAT_MODULE_PATH = ["hcctrials.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files ---------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Compressing as well as brotli can took over a minute with the maps of the API page's scripts (two cores, 2026).
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

# --- Security -------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = not LOCAL_HTTP
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]  # asked by the container's own health check, over plain http
SECURE_HSTS_SECONDS = 0 if LOCAL_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL_HTTP
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Not "no-referrer": browsers then send "Origin: null" with every form, and Django refuses the form (CSRF).
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A proxy that ends TLS sets this header itself; trusted only when the operator says that there is one.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("HCCTRIALS_BEHIND_TLS_PROXY") else None
# W021 asks for the preload list. That binds the whole domain for years, so it is the operator's own step.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

SESSION_COOKIE_SECURE = not LOCAL_HTTP
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_COOKIE_SECURE = not LOCAL_HTTP
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

_VALIDATORS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": _VALIDATORS + "UserAttributeSimilarityValidator"},
    {"NAME": _VALIDATORS + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _VALIDATORS + "CommonPasswordValidator"},
    {"NAME": _VALIDATORS + "NumericPasswordValidator"},
]

# --- Worker and scheduler -------------------------------------------------------------------------------------------

CELERY_BROKER_URL = text("CELERY_BROKER_URL", "filesystem://")
if CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT: str | None = "hcctrials.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = broker.options(DATA_DIR / "broker")
else:
    CELERY_BROKER_TRANSPORT = None
    # With the visibility time alone a lost worker's task came back after 94 s, with all three after 12 (redis 7, 2026).
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3 * 60 * 60,  # longer than any task, or it runs twice
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        # A Redis that is there and silent: without these, whoever hands over a task waits for ever (kombu 5.7, 2026).
        "socket_connect_timeout": 3,
        "socket_timeout": 5,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_RESULT_EXPIRES = None  # nothing is kept that would have to be cleaned up
CELERY_TASK_IGNORE_RESULT = True  # a run's outcome is a row of our own
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 2 * 60 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 110 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A task that runs while Redis restarts goes on: its state is in the database. Delivered again, it is one refresh more.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # LOGGING below holds for workers too
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
# The first schedule comes with a migration and then belongs to staff: what stands in CELERY_BEAT_SCHEDULE would be
# written over their changes at every start.

# --- Logs -----------------------------------------------------------------------------------------------------------

# Named so that Django's own handlers (mail to admins with the whole request, runserver's lines) are not used.
LOGGING = logs.configuration("django", "django.server")
