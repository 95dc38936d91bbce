"""Every setting comes from the environment and is checked at start; see README, “Settings”."""

import sys
from pathlib import Path

from csp.constants import NONCE
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()


def _read(kind, name, *args, **kwargs):
    """A value of the environment, or one sentence that names what is wrong with it."""
    try:
        return getattr(env, kind)(name, *args, **kwargs)
    except (EnvError, ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            f"The setting {name} is missing or malformed ({error}). See “Settings” in README.md."
        ) from error


DEBUG = _read("bool", "DEBUG", False)
TESTING = "pytest" in sys.modules

SECRET_KEY = _read("str", "SECRET_KEY", "only-for-development" if DEBUG or TESTING else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "The setting SECRET_KEY is missing: give a long random text, or DEBUG=1 for development."
    )
ALLOWED_HOSTS = _read("list", "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
SITE_URL = _read("str", "SITE_URL", "http://127.0.0.1:8000").rstrip("/")
if not SITE_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured(
        f"The setting SITE_URL is malformed ({SITE_URL!r}): it starts with http:// or https://."
    )
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "assembly_site",
    "assembly_site.languages",
    "assembly_site.languages.django_words",
    "assembly_site.publishing",
    "assembly_site.sources",
    "assembly_site.places",
    "assembly_site.pictures",
    "assembly_site.search",
    "assembly_site.pages",
    "assembly_site.front",
    "assembly_site.backoffice",
    "events",
    "history",
    "assembly_site.backoffice.apps.AssemblyAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "reversion",
    "django_filters",
    "django_prose_editor",
    "imagefield",
    "js_asset",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "assembly_site.languages.middleware.LanguageFromAddress",
    "django.middleware.http.ConditionalGetMiddleware",
    "assembly_site.front.middleware.WithoutIndentation",
    "assembly_site.front.middleware.AnswerForAddresses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

if not (DEBUG or TESTING):
    # In development `runserver` finds static files by itself.
    MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")

ROOT_URLCONF = "assembly_site.urls"
WSGI_APPLICATION = "assembly_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "backoffice.User"

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
                "django.template.context_processors.i18n",
                "assembly_site.front.context.page_furniture",
            ],
        },
    }
]

# Languages: Kazakh first.
LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "assembly_site" / "locale"]
FORMAT_MODULE_PATH = ["assembly_site.languages.formats"]
USE_I18N = True
TIME_ZONE = "Asia/Almaty"
USE_TZ = True

# Database: SQLite in var/ unless told otherwise.
DATABASES = {
    "default": _read("dj_db_url", "DATABASE_URL", f"sqlite:///{VAR_DIR / 'assembly.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

_CACHE_BACKENDS = {
    "locmem": "django.core.cache.backends.locmem.LocMemCache",
    "redis": "django.core.cache.backends.redis.RedisCache",
    "rediss": "django.core.cache.backends.redis.RedisCache",
}
CACHE_URL = _read("str", "CACHE_URL", "locmem://")
_cache_scheme = CACHE_URL.partition("://")[0]
if _cache_scheme not in _CACHE_BACKENDS:
    raise ImproperlyConfigured(
        f"The setting CACHE_URL is malformed ({CACHE_URL!r}): it starts with redis:// or locmem://."
    )
CACHES = {
    "default": {
        "BACKEND": _CACHE_BACKENDS[_cache_scheme],
        "LOCATION": "" if _cache_scheme == "locmem" else CACHE_URL,
    }
}

_email = _read("dj_email_url", "EMAIL_URL", "console:")
if "EMAIL_BACKEND" not in _email:
    raise ImproperlyConfigured(
        "The setting EMAIL_URL is malformed: it starts with smtp://, smtps:// or console:."
    )
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST = _email.get("EMAIL_HOST", "")
EMAIL_PORT = _email.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _email.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _email.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = _read("str", "DEFAULT_FROM_EMAIL", "webmaster@localhost")

# Files
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "media/"
MEDIA_ROOT = Path(_read("str", "MEDIA_ROOT", str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
IMAGEFIELD_BIN_DEPTH = 2
# The first counts: of a file that is too large nothing is kept, in memory or on disk.
FILE_UPLOAD_HANDLERS = [
    "assembly_site.pictures.uploads.LargeFiles",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o640

# Safety
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
LOGIN_URL = "admin:login"
CSRF_FAILURE_VIEW = "assembly_site.backoffice.stale_forms.form_not_accepted"
# The rich text editor writes a style element of its own; this hash lets in that one and no other.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": [],
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'", NONCE],
        "style-src": ["'self'", EDITOR_STYLE],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

LOG_FORMAT = _read("str", "LOG_FORMAT", "text")
_LOG_LINES = {
    "text": "%(asctime)s %(levelname)s %(name)s: %(message)s",
    "json": '{"time": "%(asctime)s", "level": "%(levelname)s", "logger": "%(name)s", '
    '"message": "%(message)s"}',
}
if LOG_FORMAT not in _LOG_LINES:
    raise ImproperlyConfigured(
        f"The setting LOG_FORMAT is malformed ({LOG_FORMAT!r}): it is text or json."
    )
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": _LOG_LINES[LOG_FORMAT]}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
