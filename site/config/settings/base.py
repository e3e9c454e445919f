"""The settings of production, secure by default; dev and test loosen them.

Every value read from the environment is listed in docs/settings.md.
"""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from config.environment import (
    bucket_storages,
    database_from_url,
    env,
    env_bool,
    env_int,
    env_list,
    replicas_from_urls,
    trail_keys,
    url_prefix,
)
from config.logs import logging_settings
from config.settings.plugin import *  # noqa: F403, what the programme itself is set to

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(env("DATA_DIR", str(ROOT / "var"))).resolve()
VAR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env("SECRET_KEY", "")
# The trail's keys by their ids, the first one current; they never lie in the database.
PARTYBUILDING_TRAIL_KEYS = trail_keys(env("TRAIL_KEY", ""))
DEBUG = False
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", 1)

INSTALLED_APPS = [
    "partybuilding",
    "wagtail_modeladmin",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "config.accounts.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "config.second_factor",
    "config.operations",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    # Near the end: it plants the tree once every app's permissions are there.
    "home",
    # Last: it gives the planted groups their rights in the search.
    "search",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "config.validators.ContentValidatorMiddleware",
    "config.csp.TwoPoliciesMiddleware",
    "config.operations.monitor.MonitorMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.headers.PrivacyHeadersMiddleware",
    "config.sessions.SessionEndMiddleware",
    "config.large_view.LargeViewMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.body_limits.BodyLimitMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "partybuilding.core.access.requests.CurrentRequestMiddleware",
    "config.second_factor.middleware.SecondFactorMiddleware",
    "config.accounts.middleware.FirstPasswordMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
    "partybuilding.core.access.cms.CmsAccessMiddleware",
    "partybuilding.core.access.requests.RefusalMiddleware",
    "partybuilding.core.pages.site.KnownSiteMiddleware",
    # Last: nothing but the view happens while a page is locked.
    "partybuilding.column.turns.PageTurnMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
PREFIX = url_prefix(env("URL_PREFIX", ""))
FORCE_SCRIPT_NAME = PREFIX or None

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "partybuilding.context_processors.base_template",
                "home.context_processors.chrome",
            ],
            # `{% include … only %}` draws the same values once.
            "builtins": ["partybuilding.core.answers.pieces"],
        },
    },
]

_FILE = f"sqlite:///{quote(str(VAR / 'data.sqlite3'))}"
DATABASES = {"default": database_from_url(env("DATABASE_URL", _FILE))}
_REPLICAS = replicas_from_urls(env_list("DATABASE_REPLICA_URL"), DATABASES["default"])
DATABASES |= _REPLICAS
# Where public pages are read; nothing is ever written or migrated there.
PARTYBUILDING_REPLICAS = list(_REPLICAS)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", "")
CACHES: dict[str, Any] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if REDIS_URL:
    CACHES["default"] = {
        "BACKEND": "config.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},  # seconds
    }

# What takes long is done by `manage.py work` where there is one. The CMS's own tasks (index of words, of
# references) stay with the request, so that a page is found, and its pictures are public, right at once.
TASK_WORKER = env_bool("TASK_WORKER", False)
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "worker": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}
PARTYBUILDING_TASK_BACKEND = "worker" if TASK_WORKER else "default"

# How much of what everybody may read each process keeps, to answer it again without Django; 0: nothing.
ANSWERS_MEGABYTES = env_int("ANSWERS_MEGABYTES", 64)

# Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese"))]
# The site's own words, then those that the libraries have not translated yet.
LOCALE_PATHS = [ROOT / "site" / "locale", ROOT / "site" / "locale_wagtail"]
TIME_ZONE = "Asia/Shanghai"

# Files. In object storage the same folders lie in one private bucket.
STATIC_URL = f"{PREFIX}/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "partybuilding.core.pages.styles.JoinedSheetsFinder",
]
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_URL = f"{PREFIX}/media/"
MEDIA_ROOT = VAR / "media"
# Attachments of case files are served by a permission view and never lie below a public address.
PRIVATE_MEDIA_ROOT = VAR / "private"
S3_BUCKET = env("S3_BUCKET", "")
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "partybuilding.core.files.storage.SyncedStorage"},
    "private": {
        "BACKEND": "partybuilding.core.files.storage.SyncedStorage",
        "OPTIONS": {"location": PRIVATE_MEDIA_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "config.static.KnownFilesStorage"},
}
if S3_BUCKET:
    STORAGES |= bucket_storages(S3_BUCKET)
# Fields of a long application; files are streamed to disk and checked on their own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# A long table of the CMS sends eight fields a row; Wagtail advises this number.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Who may come in
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "config.accounts.backends.AnyCaseBackend",
    "django.contrib.auth.backends.ModelBackend",
]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
]
LOGIN_URL = "portal:login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "portal:login"
SESSION_COOKIE_AGE = 30 * 60  # seconds without a sign of life
SESSION_TOUCH_SECONDS = 30
SESSION_END_SECONDS = 12 * 3600  # after signing in, whatever happens
STAFF_SECOND_FACTOR_REQUIRED = env_bool("STAFF_SECOND_FACTOR_REQUIRED", True)
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address", "username"]
AXES_HANDLER = "config.accounts.lockout.LockoutHandler"
AXES_USERNAME_CALLABLE = "config.accounts.lockout.name_typed"
AXES_LOCKOUT_CALLABLE = "config.refusals.locked_out"
AXES_CLIENT_IP_CALLABLE = "config.clients.address"
AXES_RESET_ON_SUCCESS = True
# Tries while it is locked do not make it longer: nobody keeps another person out for good.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
CSRF_FAILURE_VIEW = "config.refusals.csrf_failure"

# The servers of the site: processes of one, threads of a process, and how many there are on one database.
HOST = env("HOST", "127.0.0.1")
PORT = env_int("PORT", 8000)
WORKERS = env_int("WORKERS", 2)
THREADS = env_int("THREADS", 4)
INSTANCES = env_int("INSTANCES", 1)
# A process that takes more memory than this is replaced.
WORKER_MEGABYTES = env_int("WORKER_MEGABYTES", 800)
BACKUP_DIR = env("BACKUP_DIR", str(VAR / "backups"))
# Who may ask /healthz, /readyz and /metrics: addresses or networks.
MONITOR_ADDRESSES = env_list("MONITOR_ADDRESSES") or ["127.0.0.0/8", "::1"]
METRICS = env_bool("METRICS", False)

# What the browser and the proxy are told
SECURE_SSL_REDIRECT = env_bool("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
# How long a cache in front of the site keeps a public page without asking; 0: it asks each time.
FRONT_CACHE_SECONDS = env_int("FRONT_CACHE_SECONDS", 0)
SECURE_HSTS_SECONDS = env_int("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{PREFIX}/"
CSRF_COOKIE_SECURE = True
X_FRAME_OPTIONS = "SAMEORIGIN"
# W019 wants DENY; Wagtail shows previews of our own pages in frames.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}

# Mail is off until a server is named; notices then stay in the site's own inbox.
EMAIL_HOST = env("EMAIL_HOST", "")
if not EMAIL_HOST:
    # The CMS would otherwise try to mail, and log a fault for every step of a workflow.
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = env_bool("EMAIL_USE_SSL", not EMAIL_USE_TLS)
EMAIL_PORT = env_int("EMAIL_PORT", 587 if EMAIL_USE_TLS else 465)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", "")
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", "webmaster@localhost")

# Wagtail. An inland government host must not call out, so nothing asks another server.
WAGTAILADMIN_BASE_URL = env("BASE_URL", "")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
# Its answer takes longer for an account that exists; administrators set passwords instead.
WAGTAIL_PASSWORD_RESET_ENABLED = False
# Phones take 50 million pixels, in HEIC too: what is large, or no JPG or PNG, is written anew on its way in.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "heic"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 80_000_000
# Pictures lose the place where they were taken on their way into the library.
WAGTAILIMAGES_IMAGE_FORM_BASE = "partybuilding.core.files.library_forms.LibraryImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "partybuilding.core.files.library_forms.LibraryDocumentForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends"}}

LOGGING = logging_settings(env("LOG_LEVEL", "INFO").upper())
