"""The suite: fast hashes, files below a folder that the suite throws away, no network."""

import tempfile
from pathlib import Path

from config.environment import database_from_url, env
from config.settings.dev import *  # noqa: F403
from config.settings.dev import STORAGES

DEBUG = False
SECRET_KEY = "only-for-the-suite"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
_FILES = Path(tempfile.mkdtemp(prefix="partybuilding-test-"))
DATABASES = {"default": database_from_url(env("DATABASE_URL", f"sqlite:///{_FILES / 'data.sqlite3'}"))}
MEDIA_ROOT = _FILES / "media"
PRIVATE_MEDIA_ROOT = _FILES / "private"
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_MEDIA_ROOT
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
AXES_ENABLED = False
