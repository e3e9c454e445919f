"""Keep an uploaded file from one request to the next, in private storage, under a random name."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import File
from django.utils import timezone

from partybuilding.core.files.storage import private_storage

FOLDER = "kept"
#: How long a file that nobody came back for is kept.
LIFETIME = timedelta(hours=12)


def keep(file: Any) -> str:
    """Store a file and return its key; forgotten ones are thrown away on the way."""
    throw_away_forgotten()
    key = uuid4().hex
    file.seek(0)
    private_storage().save(_path(key), File(file))
    return key


def holds(key: str) -> bool:
    """Tell whether a kept file is there."""
    path = _path(key)
    return bool(path) and private_storage().exists(path)


def fetch(key: str) -> File | None:
    """Return a kept file, opened; nothing when it is gone or the key is none."""
    return private_storage().open(_path(key)) if holds(key) else None


def throw_away(key: str) -> None:
    """Delete a kept file, if it is there."""
    if path := _path(key):
        private_storage().delete(path)


def throw_away_forgotten() -> None:
    """Delete what has been kept for too long."""
    storage = private_storage()
    if not storage.exists(FOLDER):
        return
    for name in storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if timezone.now() - storage.get_modified_time(path) > LIFETIME:
            storage.delete(path)


def _path(key: str) -> str:
    try:
        return f"{FOLDER}/{UUID(hex=key).hex}"
    except (ValueError, TypeError, AttributeError):
        return ""
