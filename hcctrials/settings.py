"""The one settings file. Values come from the environment; production's protections are on unless local use says so.

Without DJANGO_DEBUG=1 a missing secret key, host list or database stops the start with a hint. Nothing here is an
unsafe default, and nothing is read from another settings file.
"""

from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django_guid.integrations import CeleryIntegration
from whitenoise.compress import Compressor

from hcctrials import broker, logs
from hcctrials.environment import choice, flag, names, required, text, whole_number
from hcctrials.guard import refusals
from hcctrials.guard.declared_limits import declared_limits
from hcctrials.guard.networks import networks
from hcctrials.middleware import CONTENT_DIRECTIVES
from hcctrials.staff.log import AUDITED
from hcctrials.staff.passwords import VALIDATORS

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
if not (LOCAL_HTTP or DEBUG or HCCTRIALS_REGISTRY_URL.startswith("https://")):
    raise ImproperlyConfigured("HCCTRIALS_REGISTRY_URL begins with https://; other addresses are for local use.")
HCCTRIALS_REGISTRY_QUERY = text("HCCTRIALS_REGISTRY_QUERY", "hepatocellular carcinoma")
# An address where the registry can reach whoever runs this site; it becomes part of the User-Agent.
HCCTRIALS_REGISTRY_CONTACT = text("HCCTRIALS_REGISTRY_CONTACT", "https://example.org/set-HCCTRIALS_REGISTRY_CONTACT")
# Some networks in front of the registry answer 403 to newer TLS handshakes from programs (seen by others in 2025).
HCCTRIALS_REGISTRY_TLS_CAPPED = flag("HCCTRIALS_REGISTRY_TLS_CAPPED")
HCCTRIALS_REGISTRY_REQUESTS_A_SECOND = whole_number("HCCTRIALS_REGISTRY_REQUESTS_A_SECOND", 1)
HCCTRIALS_REFRESH_ON_START = flag("HCCTRIALS_REFRESH_ON_START")

# --- The application ------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "hcctrials.staff.apps.StaffAdminConfig",  # Django's admin behind a second factor
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
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "auditlog",
    "django_guid",
    "hcctrials",
    "trials",
]
MIDDLEWARE = [
    "django_guid.middleware.guid_middleware",  # first: whatever follows logs under the request's id
    "trials.web.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "hcctrials.middleware.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hcctrials.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "trials.web.quiet_faults.NothingSentIsKeptMiddleware",
    "trials.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "hcctrials.guard.networks.StaffNetworkMiddleware",
    "hcctrials.guard.rate_middleware.RateLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "trials.web.unavailable.DatabaseUnavailableMiddleware",
    "axes.middleware.AxesMiddleware",  # last: turns a refused log-in into the page that says to wait
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
# Asked over plain http by the container's own health check, and by Prometheus within the composition.
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^metrics$"]
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

CONTENT_SECURITY_POLICY = {"DIRECTIVES": CONTENT_DIRECTIVES}

# --- Who may ask how often (docs/security.md) ------------------------------------------------------------------------

# How many proxies of ours append to X-Forwarded-For. With 0 the header is nobody's word and is not read.
HCCTRIALS_TRUSTED_PROXIES = whole_number("HCCTRIALS_TRUSTED_PROXIES", 0)
# Off for load measurements alone, where one machine plays thousands of clients.
HCCTRIALS_RATE_LIMITED = flag("HCCTRIALS_RATE_LIMITED", default=True)
HCCTRIALS_RATE_LIMITS = declared_limits()
_BROKER_URL = text("CELERY_BROKER_URL", "")
# Shared where there is a Redis; else each of the web server's processes counts what it sees.
HCCTRIALS_RATE_LIMITS_URL = text(
    "HCCTRIALS_RATE_LIMITS_URL", _BROKER_URL if _BROKER_URL.startswith(("redis://", "rediss://")) else ""
)

# Where weaknesses are reported: mailto: or https:// addresses, separated by commas, for /.well-known/security.txt.
HCCTRIALS_SECURITY_CONTACT = names(text("HCCTRIALS_SECURITY_CONTACT", ""))

# --- Staff (docs/security.md) ----------------------------------------------------------------------------------------

# Networks from which staff pages can be reached, such as `10.0.0.0/8,2001:db8::/32`; none: from everywhere.
HCCTRIALS_ADMIN_NETWORKS = networks(names(text("HCCTRIALS_ADMIN_NETWORKS", "")))
# Failed log-ins within an hour that close the door for an hour, for one account or one client.
HCCTRIALS_ACCOUNT_FAILURES = whole_number("HCCTRIALS_ACCOUNT_FAILURES", 10)
HCCTRIALS_CLIENT_FAILURES = whole_number("HCCTRIALS_CLIENT_FAILURES", 20)

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # older hashes; replaced at the next log-in
]
AXES_HANDLER = "hcctrials.staff.lock.StaffLock"
AXES_LOCKOUT_CALLABLE = "hcctrials.staff.lock.locked_out"
AXES_USERNAME_CALLABLE = "hcctrials.staff.lock.account_name"
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_FAILURE_LIMIT = HCCTRIALS_ACCOUNT_FAILURES
AXES_COOLOFF_TIME = timedelta(hours=1)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # a door that is knocked at would else never open again
AXES_CLIENT_IP_CALLABLE = "hcctrials.guard.client.client_pseudonym"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code"]
AXES_DISABLE_ACCESS_LOG = True  # no list of who logged in from where
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "HCC Trials"

AUDITLOG_DISABLE_REMOTE_ADDR = True
AUDITLOG_INCLUDE_TRACKING_MODELS = AUDITED
AUTH_PASSWORD_VALIDATORS = VALIDATORS

# --- E-mail: followed searches (docs/alerts.md) ---------------------------------------------------------------------

_HOST = next((host for host in ALLOWED_HOSTS if host[:1].isalnum()), "localhost")
_LOCAL_URL = f"http://127.0.0.1:{text('PORT', '8000')}"
# How links in mails begin: no request is there to tell the site's address.
HCCTRIALS_SITE_URL = text("HCCTRIALS_SITE_URL", _LOCAL_URL if LOCAL_HTTP else f"https://{_HOST}").rstrip("/")
HCCTRIALS_MAIL_FROM = text("HCCTRIALS_MAIL_FROM", f"alerts@{_HOST}")
# A mailbox that takes name+anything@: mails that do not arrive come back there, `manage.py read_bounces` reads them.
HCCTRIALS_MAIL_BOUNCES = text("HCCTRIALS_MAIL_BOUNCES", "")
EMAIL_HOST = text("HCCTRIALS_SMTP_HOST", "")
EMAIL_PORT = whole_number("HCCTRIALS_SMTP_PORT", 587)
EMAIL_HOST_USER = text("HCCTRIALS_SMTP_USER", "")
EMAIL_HOST_PASSWORD = text("HCCTRIALS_SMTP_PASSWORD", "")
_SMTP_SECURITY = choice("HCCTRIALS_SMTP_SECURITY", "starttls", "tls", "none")
EMAIL_USE_TLS, EMAIL_USE_SSL = _SMTP_SECURITY == "starttls", _SMTP_SECURITY == "tls"
EMAIL_TIMEOUT = 15  # seconds without a byte
# Without a mail server, mails are files: for a developer's machine. Elsewhere nothing can be followed then.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
HCCTRIALS_FOLLOWING = bool(EMAIL_HOST) or LOCAL_HTTP or DEBUG
HCCTRIALS_ALERT_WORDS = "trials.web.alerts.mail_words.compose"  # puts a mail into words; see trials/tasks/alerts.py
HCCTRIALS_CLIENT_NAME = "hcctrials.guard.client.client_pseudonym"  # what tells one client from another

# --- Worker and scheduler -------------------------------------------------------------------------------------------

CELERY_BROKER_URL = text("CELERY_BROKER_URL", "filesystem://")
_IS_EMBEDDED = CELERY_BROKER_URL.startswith("filesystem")
CELERY_BROKER_TRANSPORT = "hcctrials.broker:Transport" if _IS_EMBEDDED else None
CELERY_BROKER_TRANSPORT_OPTIONS = broker.options(DATA_DIR / "broker") if _IS_EMBEDDED else broker.REDIS_OPTIONS
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
LOGGING["filters"]["one_line"] = {"()": "hcctrials.guard.refusals.OneLine"}
LOGGING["loggers"] |= {name: {"filters": ["one_line"]} for name in refusals.LOGGERS}
# One id for all lines of a request and of the tasks that it sends. A client may bring its own, if it is a UUID.
DJANGO_GUID: dict[str, Any] = {
    "GUID_HEADER_NAME": "X-Request-ID",
    "EXPOSE_HEADER": False,  # the API says itself what other sites' scripts may read
    "INTEGRATIONS": [CeleryIntegration()],
}

# --- Operations (docs/runbook.md) -----------------------------------------------------------------------------------

# Networks that may read /metrics, asking this process itself and not through a proxy; without any there is none.
HCCTRIALS_METRICS_ALLOWED = [str(ip_network(one)) for one in names(text("HCCTRIALS_METRICS_ALLOWED", ""))]
# Called after each refresh that succeeded, by whoever watches for its absence (dead man's switch); never unless set.
HCCTRIALS_PING_URL = text("HCCTRIALS_PING_URL", "")
