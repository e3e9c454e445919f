"""Where files lie: on the server's own disk safe against a power cut, the private ones without an address."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages

PRIVATE = "private"


class SyncedStorage(FileSystemStorage):
    """Return from `save` only when the file and the folders that lead to it are on the disk."""

    def _save(self, name: str, content: Any) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]
        path, above = Path(self.path(saved)), Path(self.location).parent
        sync(path)
        for folder in path.parents:  # the one above the storage has its name
            sync(folder)
            if folder == above:
                break
        return saved


def private_storage() -> Storage:
    """Return the storage that has no public address: STORAGES["private"], or a folder beside MEDIA_ROOT."""
    if PRIVATE in settings.STORAGES:
        return storages[PRIVATE]
    return SyncedStorage(location=Path(settings.MEDIA_ROOT).absolute().parent / PRIVATE)


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
