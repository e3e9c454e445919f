"""A workplace of one's own: local files, no TLS, the demonstration allowed."""

from config.environment import DEV_KEY, env, env_bool, env_int, trail_keys
from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, LOCALE_PATHS, ROOT, STORAGES

DEBUG = env_bool("DEBUG", False)
SECRET_KEY = env(
    "SECRET_KEY", f"{DEV_KEY}key-that-protects-nothing-but-a-demonstration-on-this-machine"
)
PARTYBUILDING_TRAIL_KEYS = trail_keys(
    env("TRAIL_KEY", f"dev:{DEV_KEY}key-of-a-trail-that-proves-nothing")
)
ALLOWED_HOSTS = ["*"]
WAGTAILADMIN_BASE_URL = env("BASE_URL", "http://127.0.0.1:8000")
# `manage.py demo` plays demonstration years; it is never installed beside real case files.
INSTALLED_APPS = [*INSTALLED_APPS, "demonstration"]

TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", 0)
SECURE_PROXY_SSL_HEADER = None
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STAFF_SECOND_FACTOR_REQUIRED = env_bool("STAFF_SECOND_FACTOR_REQUIRED", False)
AUTH_PASSWORD_VALIDATORS = []
if DEBUG:
    ANSWERS_MEGABYTES = 0  # a template that was changed is seen at once
    INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.contrib.styleguide"]
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Catalogue fragments of work in progress; `make messages` gathers them.
LOCALE_PATHS = [*LOCALE_PATHS, *sorted((ROOT / "var" / "parts").glob("*"))]
