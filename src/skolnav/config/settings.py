"""Every setting of an installation, in one file. The environment is the only input; docs/operating/ lists it."""

from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from . import env

SOURCE = Path(__file__).resolve().parent.parent

# production: real families, so every guard is on. demo: invented people on loopback. test: pytest.
ENVIRONMENT = env.text("SKOLNAV_ENVIRONMENT", "production")
if ENVIRONMENT not in ("production", "demo", "test"):
    raise ImproperlyConfigured(f"SKOLNAV_ENVIRONMENT is {ENVIRONMENT!r}. Write production, demo or test.")
IS_PRODUCTION = ENVIRONMENT == "production"

DATA = env.folder("SKOLNAV_DATA", Path.cwd() / "data")
DEBUG = env.flag("SKOLNAV_DEBUG", default=False)

# --- Secrets ---
DEFAULT_SECRET = "not-a-secret: the demo and the tests alone may use this key"  # noqa: S105 (refused in production)


def _secret() -> str:
    """The key of the environment, else the one that `skolnav setup` wrote in the data folder."""
    file = DATA / "secret.key"
    if not env.text("SKOLNAV_SECRET_KEY", "") and file.is_file():
        return file.read_text().strip()
    return env.text("SKOLNAV_SECRET_KEY", DEFAULT_SECRET)


SECRET_KEY = _secret()
SECRET_KEY_FALLBACKS = env.words("SKOLNAV_OLD_SECRET_KEYS")

# --- Addresses ---
PUBLIC_URL = env.text("SKOLNAV_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.words("SKOLNAV_HOSTS", urlsplit(PUBLIC_URL).hostname or "") + (
    [] if IS_PRODUCTION else ["127.0.0.1", "localhost", "testserver"]
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
# How many proxies of our own stand in front: so many of the last addresses in X-Forwarded-For are theirs.
PROXIES = env.number("SKOLNAV_PROXIES", 0, most=5)
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Transport and cookies: a deployment refuses to serve logins without TLS (row 15-security-2) ---
SECURE_COOKIES = env.flag("SKOLNAV_SECURE_COOKIES", default=IS_PRODUCTION)
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]
SECURE_HSTS_SECONDS = 63_072_000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-skolnav" if SECURE_COOKIES else "skolnav"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.number("SKOLNAV_SESSION_HOURS", 24 * 14, least=1) * 3600
SESSION_ENGINE = "skolnav.core.accounts.session_store"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

if IS_PRODUCTION:
    if SECRET_KEY == DEFAULT_SECRET or len(SECRET_KEY) < 40:
        raise ImproperlyConfigured(
            "There is no secret key. Run `skolnav setup`, or set SKOLNAV_SECRET_KEY to at least 40 random characters."
        )
    if DEBUG:
        raise ImproperlyConfigured(
            "SKOLNAV_DEBUG is on in production. Unset it: it would show data in error pages."
        )
    if not SECURE_COOKIES:
        raise ImproperlyConfigured(
            "SKOLNAV_SECURE_COOKIES is off in production. Unset it, and serve over TLS."
        )
    if not PUBLIC_URL.startswith("https://"):
        raise ImproperlyConfigured(f"SKOLNAV_URL is {PUBLIC_URL!r}. In production it begins with https://.")

# --- The house ---
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "skolnav.core.tenancy",
    "skolnav.core.audit",
    "skolnav.core.schools",
    "skolnav.core.people",
    "skolnav.core.timetable",
    "skolnav.core.presence",
    "skolnav.core.access",
    "skolnav.core.feed",
    "skolnav.core.files",
    "skolnav.core.notifications",
    "skolnav.core.accounts",
    "skolnav.core.boxes",
    "skolnav.core.web",
    "skolnav.core.publishing",
    "skolnav.boxes.information",
    "skolnav.boxes.calendar",
    "skolnav.boxes.schedule",
    "skolnav.boxes.absence",
    "skolnav.boxes.educare",
    "skolnav.home",
    "skolnav.workplace",
    "skolnav.office",
    "skolnav.login",
    "skolnav.exchange",
    "skolnav.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "skolnav.core.web.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "skolnav.core.web.middleware.FriendlyFailures",
    "skolnav.core.accounts.middleware.SessionAndViewer",
    "skolnav.core.web.middleware.ReaderLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "skolnav.core.accounts.first_login.FirstLogin",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "skolnav.core.boxes.gate.BoxGate",
]
ROOT_URLCONF = "skolnav.config.urls"
WSGI_APPLICATION = "skolnav.config.wsgi.application"
LOGIN_URL = "login:password"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "skolnav.core.web.errors.form_too_old"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

TEMPLATES = [
    {
        "BACKEND": "skolnav.core.web.jinja.Jinja2Templates",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "skolnav.core.web.jinja.environment", "auto_reload": DEBUG},
    },
]

# --- Database ---
DATABASE_URL = env.text("DATABASE_URL", "") or f"sqlite:///{DATA / 'skolnav.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Without IMMEDIATE half of the concurrent writes fail at the upgrade of their lock; with it they queue.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["OPTIONS"] = {
        # Django's None forbids even what asks to be prepared (core/tenancy/statements.py); this leaves the rest alone.
        "prepare_threshold": 1_000_000_000,
        # One plan for each prepared statement: to plan the start page anew costs more than to run it. No JIT, ever.
        "options": "-c plan_cache_mode=force_generic_plan -c jit=off",
        **DATABASES["default"].get("OPTIONS", {}),  # what the address says, like sslmode
    }
else:
    raise ImproperlyConfigured("DATABASE_URL names neither PostgreSQL nor SQLite.")

# How many requests a process handles at once; `skolnav serve --threads` tells its processes so.
THREADS = env.number("SKOLNAV_THREADS", 8, least=1, most=256)

# --- Accounts ---
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["skolnav.core.accounts.backend.ExactPassword"]
PASSWORD_HASHERS = ["skolnav.core.accounts.hashers.OneLaneArgon2"]
PASSWORD_LENGTH = env.number("SKOLNAV_PASSWORD_LENGTH", 10, least=8, most=64)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600

# --- Language and time ---
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English"), ("ar", "العربية")]
LANGUAGE_COOKIE_NAME = "sprak"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# --- Files ---
FILES = DATA / "files"
UPLOAD_LIMIT = env.number("SKOLNAV_UPLOAD_MEGABYTES", 50, least=1, most=2000) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "skolnav.core.files.upload_limit.UploadLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # Only the account that Skolnav runs as reads what families have uploaded.
        "OPTIONS": {"location": FILES, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = ENVIRONMENT == "test"

# --- Mail ---
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("SKOLNAV_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = env.number("SKOLNAV_SMTP_PORT", 8025 if ENVIRONMENT == "demo" else 25, least=1, most=65535)
EMAIL_HOST_USER = env.text("SKOLNAV_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("SKOLNAV_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("SKOLNAV_SMTP_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("SKOLNAV_MAIL_FROM", "Skolnav <skolnav@localhost>")

# --- Who stands behind the installation: its accessibility statement and security.txt say so ---
OPERATOR = env.text("SKOLNAV_OPERATOR", "")
CONTACT_EMAIL = env.text("SKOLNAV_CONTACT_EMAIL", "") or parseaddr(DEFAULT_FROM_EMAIL)[1]
CONTACT_PHONE = env.text("SKOLNAV_CONTACT_PHONE", "")
SECURITY_CONTACT = env.text("SKOLNAV_SECURITY_CONTACT", "") or f"mailto:{CONTACT_EMAIL}"
if not SECURITY_CONTACT.startswith(("mailto:", "https://", "tel:")):
    raise ImproperlyConfigured(
        f"SKOLNAV_SECURITY_CONTACT is {SECURITY_CONTACT!r}. Begin it with mailto:, https:// or tel:."
    )

# --- Logs: one line an event, without personal data ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "skolnav.config.logs.PlainLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("SKOLNAV_LOG_LEVEL", "WARNING")},
}

SILENCED_SYSTEM_CHECKS = [
    "auth.E013",  # SessionAndViewer sets request.user, in the statement that reads session and viewer
    "security.W021",  # HSTS preload is on in production; the check reads the demo's settings too
]
