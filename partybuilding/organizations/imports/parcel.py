"""Keep an uploaded workbook from its dry run to its import, in private storage, under a random name."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.utils import timezone

FOLDER = "imports"
#: How long a workbook that nobody came back for is kept.
LIFETIME = timedelta(hours=12)


def keep(file: Any) -> str:
    """Store a workbook and return its key; forgotten ones are thrown away on the way."""
    throw_away_forgotten()
    key = uuid4().hex
    _storage().save(_path(key), File(file))
    return key


def fetch(key: str) -> File | None:
    """Return a kept workbook, opened; nothing when it is gone or the key is none."""
    path = _path(key)
    return _storage().open(path) if path and _storage().exists(path) else None


def throw_away(key: str) -> None:
    """Delete a kept workbook, if it is there."""
    if path := _path(key):
        _storage().delete(path)


def throw_away_forgotten() -> None:
    """Delete what has been kept for too long."""
    storage = _storage()
    if not storage.exists(FOLDER):
        return
    for name in storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if timezone.now() - storage.get_modified_time(path) > LIFETIME:
            storage.delete(path)


def _storage() -> Storage:
    return storages["private"]


def _path(key: str) -> str:
    try:
        return f"{FOLDER}/{UUID(hex=key).hex}.xlsx"
    except (ValueError, TypeError, AttributeError):
        return ""
