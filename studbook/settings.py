"""Settings of the studbook. The environment is read here and nowhere else."""

import os
from pathlib import Path
from typing import Any

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "studbook.core",
    "studbook.accounts",
    "studbook.programmes",
    "studbook.institutions",
    "studbook.animals",
    "studbook.reproduction",
    "studbook.population",
    "studbook.transfers",
    "studbook.wild",
    "studbook.exchange",
    "studbook.planning",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "studbook.core.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "studbook.accounts.sessions.ending_sessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "studbook.core.middleware.no_such_address",
    "studbook.programmes.access.permission_table",
    "studbook.core.middleware.busy_database",
]

ROOT_URLCONF = "studbook.urls"
WSGI_APPLICATION = "studbook.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["studbook.core.templatetags.studbook"],
        },
    },
]


def _database() -> dict[str, Any]:
    database: dict[str, Any] = env.db_url(
        "DATABASE_URL", default=f"sqlite:///{BASE_DIR}/var/studbook.sqlite3"
    )
    if database["ENGINE"].endswith("sqlite3"):
        # IMMEDIATE takes the write lock at the start, so that no transaction that read first fails at its first write.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
        # Tests get a file too: in memory all threads share one connection, and no race could be shown. Its name
        # is the process's own, so that two test runs side by side do not meet.
        database["TEST"] = {"NAME": BASE_DIR / "var" / f"test-{os.getpid()}.sqlite3"}
        (BASE_DIR / "var").mkdir(exist_ok=True)
    else:
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
        # Whoever waits longer than this is told to come back; no statement and no forgotten transaction lasts for ever.
        database["OPTIONS"] = {
            "connect_timeout": 5,
            "options": "-c lock_timeout=20000 -c statement_timeout=120000 "
            "-c idle_in_transaction_session_timeout=60000",
        }
    return database


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
# One only: it hashes as long for a name that nobody has as for one that somebody has.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "studbook.accounts.adapter.AccountAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {"change_password": "studbook.accounts.second_factor.NewPasswordForm"}
# Attempts are counted in the database (accounts/attempts.py), not in a cache that each worker has for itself.
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "studbook.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "studbook.accounts.second_factor.CodeForm",
    "reauthenticate": "studbook.accounts.second_factor.CodeAgainForm",
}
MFA_TOTP_ISSUER = "Studbook"
MFA_TOTP_TOLERANCE = 1  # half-minutes that a telephone's clock may be wrong
SESSION_COOKIE_AGE = 12 * 60 * 60
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60
# How many proxies of this installation append to X-Forwarded-For; without one the header counts for nothing.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

# Without it links to set a password are handed over by hand.
EMAIL_URL = env.str("EMAIL_URL", default="")
vars().update(env.email_url("EMAIL_URL", default="dummymail://"))
# A server that does not answer holds up the page of whoever sends.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="studbook@localhost")

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
# Photos and documents: never served by address, only by views that ask for the right.
MEDIA_ROOT = env.path("MEDIA_ROOT", default=f"{BASE_DIR}/var/files")()
FILE_UPLOAD_PERMISSIONS = 0o600
# A larger file is dropped while it comes in; what a form takes is less, and said there.
LARGEST_UPLOAD = 25 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "studbook.core.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FIXTURE_DIR = BASE_DIR / "fixtures"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

SECURE_SSL_REDIRECT = HTTPS
# Asked from the machine itself, past the proxy that speaks TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "studbook.programmes.detours.not_of_this_site"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Where the runs of a projection are made: processes of a worker's machine, 0 for one on each core; or a Dask cluster.
WORKER_PROCESSES = env.int("WORKER_PROCESSES", default=0)
DASK_SCHEDULER_ADDRESS = env.str("DASK_SCHEDULER_ADDRESS", default="")

API_VERSION = "0.1.0"
REST_FRAMEWORK = {
    # The schema view writes the version asked for into a header, and so must not take any text for one.
    "ALLOWED_VERSIONS": [API_VERSION],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PARSER_CLASSES": [
        "studbook.programmes.parsers.ReadableJSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 100,
    "EXCEPTION_HANDLER": "studbook.programmes.api.refusal_in_words",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Studbook",
    "VERSION": API_VERSION,
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "ENUM_NAME_OVERRIDES": {"ParentKindEnum": "studbook.animals.models.ParentKind"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "studbook.core.logs.SecretsLeftOut"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # At the logger too, so that no handler of Django's own has them either.
    "loggers": {"django.request": {"filters": ["secrets"]}},
}
