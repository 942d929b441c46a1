"""Django's settings, all of them from the environment (docs/reference/settings.md lists the names).

Importing this reads the environment and nothing else: what has to be made first, `serve`
makes.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from kosorong import logs
from kosorong_library.config import databases, env, storages

DATA = Path(env.text("KOSORONG_DATA", str(Path.home() / ".kosorong"))).expanduser().absolute()

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
ALLOWED_HOSTS = env.hosts("KOSORONG_ALLOWED_HOSTS", LOOPBACK_NAMES)
# Nobody logs in on a machine of one's own; whoever opens the library to others has accounts.
SINGLE_USER = env.flag("KOSORONG_SINGLE_USER", default=set(ALLOWED_HOSTS) <= set(LOOPBACK_NAMES))
# A new library of a machine's own begins with a book (`library.starter`).
STARTER = env.flag("KOSORONG_STARTER", default=True)
HTTPS = env.flag("KOSORONG_HTTPS", default=False)
# Where the page is reached from outside, for the links in letters and invitations.
ADDRESS = env.address("KOSORONG_ADDRESS", "")
# The proxy whose word on where a request comes from is taken.
TRUSTED_PROXY = env.proxy("KOSORONG_TRUSTED_PROXY")
# Open to the world only where somebody says so.
REGISTRATION = env.choice("KOSORONG_REGISTRATION", "invited", ("open", "invited", "closed"))
# Most books of one user; 0 for any number, as on a machine of one's own.
BOOKS_PER_USER = env.number("KOSORONG_BOOKS_PER_USER", 500, 0, 10**6)
# Most segments of one user's books together, which is what work and sound are counted in: two
# hundred hours to hear. 0 for any number, as on a machine of one's own.
SEGMENTS_PER_USER = env.number("KOSORONG_SEGMENTS_PER_USER", 200_000, 0, 10**9)
DEBUG = False

SECRET_FILE = DATA / "secret.key"


def _secret_key() -> str:
    written = env.secret("KOSORONG_SECRET_KEY")
    if written or not SINGLE_USER:
        return env.strong("KOSORONG_SECRET_KEY", written)
    # Another process may have made the file and not yet written it.
    kept = SECRET_FILE.read_text(encoding="ascii").strip() if SECRET_FILE.exists() else ""
    return kept or secrets.token_urlsafe(48)


SECRET_KEY = _secret_key()


def _strong_if_shared(name: str) -> str:
    """Return a secret that may be left out; one that is set has to be one, where others come."""
    written = env.secret(name)
    return written if SINGLE_USER or not written else env.strong(name, written)


INFERENCE_URL = env.address("KOSORONG_INFERENCE_URL", "http://127.0.0.1:8001")
INFERENCE_TOKEN = _strong_if_shared("KOSORONG_INFERENCE_TOKEN")
VOICE = env.text("KOSORONG_VOICE")

INSTALLED_APPS = [
    "kosorong_library.accounts.apps.SiteConfig",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "kosorong_library.accounts.apps.AccountsConfig",
    "kosorong_library.library",
    "kosorong_library.studio",
    "kosorong_library.listening",
    "kosorong_library.monitoring",
]
MIDDLEWARE = [
    "kosorong_library.monitoring.middleware.traced",
    "django.middleware.security.SecurityMiddleware",
    "kosorong_library.config.middleware.headers",
    "kosorong_library.config.middleware.Compressed",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kosorong_library.config.middleware.host_and_size",
    "kosorong_library.config.concurrency.limit_reads",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
# The admin site's; the page is built by Vite.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ROOT_URLCONF = "kosorong_library.api.urls"
WSGI_APPLICATION = "kosorong_library.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CSRF_FAILURE_VIEW = "kosorong_library.config.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.origins("KOSORONG_TRUSTED_ORIGINS")
SESSION_ENGINE = "kosorong_library.accounts.sessions"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "kosorong_library.accounts.hashers.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "email")},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 2 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0

DATABASES = {
    "default": databases.database(
        env.secret("KOSORONG_DATABASE_URL"), DATA, env.secret("KOSORONG_DATABASE_PASSWORD")
    )
}
if not SINGLE_USER and "PASSWORD" in DATABASES["default"]:
    env.password("KOSORONG_DATABASE_PASSWORD", DATABASES["default"]["PASSWORD"])
STORAGES = {
    "default": storages.storage(
        env.text("KOSORONG_STORAGE"),
        DATA,
        env.secret("KOSORONG_S3_ACCESS_KEY"),
        env.secret("KOSORONG_S3_SECRET_KEY"),
    ),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
QUEUES = ["default", "exports", "mail"]
# A table of the database until somebody names a Redis.
QUEUE_URL = env.server("KOSORONG_QUEUE_URL", ("redis", "rediss", "unix"))
if not SINGLE_USER and env.secret("KOSORONG_QUEUE_PASSWORD"):
    env.password("KOSORONG_QUEUE_PASSWORD", env.secret("KOSORONG_QUEUE_PASSWORD"))
if QUEUE_URL:
    INSTALLED_APPS += ["django_rq"]
    TASKS = {"default": {"BACKEND": "django_tasks_rq.RQBackend", "QUEUES": QUEUES}}
    # JSON and not pickle: whoever can write into Redis must not run what they like here.
    _RQ = {"URL": QUEUE_URL, "SERIALIZER": "rq.serializers.JSONSerializer"}
    RQ_QUEUES = {name: {**_RQ, "DEFAULT_TIMEOUT": 6 * 3600} for name in QUEUES}
else:
    TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": QUEUES}}

# Letters go to the worker's log until somebody names a server.
EMAIL_HOST = env.text("KOSORONG_MAIL_HOST")
# Where letters are sent, one of them asks whoever gave an address whether it is theirs.
CONFIRM_MAIL = bool(EMAIL_HOST)
_SECURITY = env.choice("KOSORONG_MAIL_SECURITY", "starttls", ("starttls", "tls", "none"))
_MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}
EMAIL_PORT = env.number("KOSORONG_MAIL_PORT", _MAIL_PORTS[_SECURITY], 1, 65535)
EMAIL_USE_TLS, EMAIL_USE_SSL = _SECURITY == "starttls", _SECURITY == "tls"
EMAIL_HOST_USER = env.text("KOSORONG_MAIL_USER")
EMAIL_HOST_PASSWORD = env.secret("KOSORONG_MAIL_PASSWORD")
EMAIL_TIMEOUT = 30
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("KOSORONG_MAIL_FROM", "kosorong@localhost")

# The page, where a build of it is there; see `api.pages`.
_PACKAGE = Path(__file__).resolve().parents[1]
_PAGES = (_PACKAGE / "page", _PACKAGE.parents[1] / "web" / "dist")
PAGE = env.folder("KOSORONG_PAGE") or next((p for p in _PAGES if p.is_dir()), _PAGES[0])
# Style and scripts of the admin site come right from its package.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ROOT = PAGE if PAGE.is_dir() else None
WHITENOISE_INDEX_FILE = True
# Vite puts a hash of eight letters into the names of what it builds.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[-.][0-9A-Za-z_-]{8}\.[a-z0-9]+$"

# Programs that watch show it; without one only admins see the metrics.
METRICS_TOKEN = _strong_if_shared("KOSORONG_METRICS_TOKEN")

MIB = 1 << 20
# What the storage may hold in all; 0 is no limit.
QUOTA_BYTES = env.number("KOSORONG_QUOTA_MIB", 0, 0, 1 << 30) * MIB
UPLOAD_BYTES = 257 * MIB
"""Largest request with a file: the largest EPUB that the readers take, and its form."""
JSON_BYTES = 32 * MIB
"""Largest request without a file: 16 MiB of text, some of it written as escapes."""
DATA_UPLOAD_MAX_MEMORY_SIZE = JSON_BYTES
FILE_UPLOAD_TEMP_DIR = None

HELD_REQUESTS = 4
"""Most requests that may wait for something at once (events, `?wait`), of eight threads."""

USE_TZ = True
TIME_ZONE = "UTC"
# The API speaks English, and the page translates it; the operator's site asks the browser.
LANGUAGE_CODE = "en"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
USE_I18N = True

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    # Forms are taken where files are: `api.views.FILES`.
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "kosorong_library.api.authentication.BearerToken",
        "kosorong_library.api.authentication.Session",
        "kosorong_library.api.authentication.MachineOwner",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "kosorong_library.api.schema.Schema",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "kosorong_library.api.views.Anything",
    "EXCEPTION_HANDLER": "kosorong_library.config.errors.answer",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kosorong library",
    "DESCRIPTION": "Korean texts become Jeju audiobooks.",
    "SCHEMA_PATH_PREFIX": "/api",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_SPLIT_PATCH": False,
    "PATH_CONVERTER_OVERRIDES": {"id": {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}},
    # Several fields share a name or a set of values.
    "ENUM_NAME_OVERRIDES": {
        "Language": "kosorong_library.library.models.Language",
        "SegmentState": "kosorong_library.library.models.State",
        "Standing": "kosorong_library.studio.models.Standing",
        "CorrectionKind": "kosorong_library.studio.models.CorrectionKind",
        "RecordingLicence": "kosorong_library.studio.recordings.LICENCES",
        "TextLicence": "kosorong_library.library.bounds.LICENCES",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "kosorong_library.api.schema.drop_defaults",
        "kosorong_library.api.schema.tell_errors",
    ],
}
LOG_FORMAT = logs.format_of()
LOG_LEVEL = env.choice(
    "KOSORONG_LOG_LEVEL", "INFO", ("debug", "info", "warning", "error", "critical")
)
# A line for every request and batch is for programs that read logs.
_EVERYTHING = {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": logs.PLAIN}, "json": {"()": "kosorong.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL.upper()},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "kosorong.request": _EVERYTHING,
        "kosorong.work": _EVERYTHING,
        # Requests that stand in line are counted by /metrics, and no fault.
        "waitress.queue": {"level": "ERROR"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
