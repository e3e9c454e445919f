"""Remove stored files that no row names: left behind by a killed process or a lost connection."""

from collections.abc import Callable, Container, Iterator
from datetime import timedelta

from django.core.files.storage import Storage
from django.utils import timezone

from partybuilding.core.files.storage import private_storage

#: Younger files may still wait for the row that names them.
GRACE = timedelta(days=1)


def sweep_files(named: Callable[[], Container[str]]) -> list[str]:
    """Remove private files that are older than a day and that no row names; return their names.

    Args:
        named: gives the names of all files that rows name; asked after the files were listed, so
            that none is taken for forgotten whose row was written meanwhile.
    """
    storage, before = private_storage(), timezone.now() - GRACE
    old = [name for name in _files(storage, "") if storage.get_modified_time(name) < before]
    known = named()
    forgotten = [name for name in old if name not in known]
    for name in forgotten:
        storage.delete(name)
    return forgotten


def _files(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in files if name)
    for name in folders:
        yield from _files(storage, f"{folder}{name}/")
