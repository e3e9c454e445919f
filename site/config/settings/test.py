"""The suite: fast hashes, files below a folder that the suite throws away, no network."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Before anything reads it: every process of the suite keeps its files in a folder of its own.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="partybuilding-test-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from config.settings.dev import *  # noqa: E402, F403
from config.settings.dev import DATABASES, STATIC_ROOT, STORAGES, VAR  # noqa: E402

DEBUG = False
SECRET_KEY = "only-for-the-suite"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
AXES_ENABLED = False
STATIC_ROOT.mkdir(parents=True)

DATABASES["default"]["CONN_MAX_AGE"] = 0  # so that the suite can drop its database
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that live servers and races see one database; nothing here outlives a power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(VAR) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = DATABASES["default"]["OPTIONS"][
        "init_command"
    ].replace("synchronous=FULL", "synchronous=OFF")
else:
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c synchronous_commit=off -c jit=off -c random_page_cost=1.1"
    }
