"""Which files rows name, and which lie in the storages: what a backup must hold, and what does not fit together."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import models
from django.utils import timezone

from partybuilding.core import rooms
from partybuilding.core.files.storage import PRIVATE, private_storage

#: What Wagtail keeps in the storage of pictures and documents, and the case files' own.
MEDIA = "media"
#: Younger files may still wait for the row that names them.
GRACE = timedelta(days=1)
Owners = dict[str, str]


def stores() -> dict[str, Storage]:
    """Return the two storages by the names of their folders."""
    return {MEDIA: default_storage, PRIVATE: private_storage()}


def named_files() -> dict[str, Owners]:
    """Return by storage the name of every file that a row names, with the row."""
    found: dict[str, Owners] = {MEDIA: {}, PRIVATE: {}}
    for field in _fields():
        where = PRIVATE if _is_private(field) else MEDIA
        label, name = field.model._meta.label_lower, field.attname
        rows = field.model._base_manager.exclude(**{name: ""}).values_list("pk", name)
        found[where].update({file: f"{label} {pk}" for pk, file in rows.iterator() if file})
    functions: tuple[Callable[[], Iterator[str]], ...] = tuple(rooms.collect("file_names"))
    for names in functions:
        found[PRIVATE].update(dict.fromkeys(names(), names.__module__))
    return found


def files_of(storage: Storage, folder: str = "") -> Iterator[str]:
    """Yield the name of every file of a storage."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in files if name)
    for name in folders:
        yield from files_of(storage, f"{folder}{name}/")


def missing_files() -> dict[str, Owners]:
    """Return by storage the files that rows name and that are not there.

    What comes or goes meanwhile is no fault: whatever is missing is asked for once more.
    """
    missing = _absent(named_files())
    return _absent(named_files()) if any(missing.values()) else missing


def spare_files() -> dict[str, list[str]]:
    """Return by storage the files older than a day that no row names; listed before the rows are read."""
    before = timezone.now() - GRACE
    old = {
        where: [name for name in files_of(store) if _is_older(store, name, before)]
        for where, store in stores().items()
    }
    named = named_files()
    return {where: sorted(set(names) - named[where].keys()) for where, names in old.items()}


def _absent(named: dict[str, Owners]) -> dict[str, Owners]:
    there = {where: set(files_of(store)) for where, store in stores().items()}
    return {
        where: {
            name: owner
            for name, owner in owners.items()
            if name not in there[where] and not stores()[where].exists(name)
        }
        for where, owners in named.items()
    }


def _is_older(store: Storage, name: str, moment: datetime) -> bool:
    try:
        return store.get_modified_time(name) < moment
    except FileNotFoundError:
        return False


def _fields() -> Iterator[models.FileField]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField):
                yield field


def _is_private(field: Any) -> bool:
    """Tell by the place: a storage may be made anew for each who asks."""
    places = [str(getattr(one, "location", one)) for one in (field.storage, private_storage())]
    return places[0] == places[1]
