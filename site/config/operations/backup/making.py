"""Make a backup set while the site is at work: everything that the database names at its moment is in it."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

import partybuilding
from config.operations.backup import databases, stores
from config.operations.backup.sets import MOMENT, Manifest, Unfit, check_set, digest_of, sets_in
from partybuilding.conf import trail_keys
from partybuilding.core.files.named import named_files
from partybuilding.core.models import TrailSeal, TransitionRecord
from partybuilding.core.selectors import one_snapshot

#: What a server needs besides a set; the set names them and holds none.
VARIABLES = ["SECRET_KEY", "TRAIL_KEY"]


@dataclass(frozen=True)
class Made:
    """A finished set: where it lies, what it holds, and the hash to be kept elsewhere."""

    folder: Path
    manifest: Manifest
    hash: str


def make_set(folder: Path, *, verify: bool = True) -> Made:
    """Make a set in a folder; it gets its name only when it is whole and on the disk.

    Files are stored before the rows that name them, and removed after. They are copied before the
    database and after it, until nothing is missing that its rows name.

    Args:
        verify: read everything again and hold it against the manifest.

    Raises:
        CommandError: the database cannot be copied, or what was written is not what was read.
    """
    os.umask(0o077)
    now = timezone.localtime()
    folder.mkdir(parents=True, exist_ok=True)
    name = now.strftime(MOMENT)
    if (folder / name).exists():
        raise CommandError(_("There is a backup of this second already."))
    partial = folder / f".{name}.partial"
    _clear_cut_off(folder)
    partial.mkdir()
    copier = _copier(folder, partial)
    manifest = _fill(partial, copier, now.isoformat(timespec="seconds"))
    written = manifest.write(partial)
    os.sync()
    if verify:
        _verify(partial)
    partial.rename(folder / name)
    os.sync()
    return Made(folder / name, manifest, written)


def _clear_cut_off(folder: Path) -> None:
    """Remove what a killed backup left; only one runs at a time."""
    for path in folder.glob(".*.partial"):
        shutil.rmtree(path)


def _copier(folder: Path, target: Path) -> stores.Copier:
    for earlier in reversed(sets_in(folder)):
        try:
            return stores.Copier(target, earlier, Manifest.read(earlier).files)
        except Unfit:
            continue
    return stores.Copier(target)


def _fill(partial: Path, copier: stores.Copier, made_at: str) -> Manifest:
    lacking: set[str] | None = None
    while True:
        copier.turn()
        manifest = _dump(partial, made_at)
        copier.turn()
        manifest.bucket = stores.bucket()
        manifest.missing = _missing(manifest, copier)
        if not manifest.missing or set(manifest.missing) == lacking:
            break
        lacking = set(manifest.missing)
    copy = partial / databases.file_name()
    manifest.files = {**copier.files, copy.name: digest_of(copy)}
    return manifest


def _dump(partial: Path, made_at: str) -> Manifest:
    """Copy the database, and read as of the same moment what it names."""
    target = partial / databases.file_name()
    target.unlink(missing_ok=True)
    with one_snapshot():
        named = named_files()
        last = TrailSeal.objects.order_by("number").last()
        manifest = Manifest(
            made_at=made_at,
            version=partybuilding.__version__,
            database={
                "kind": connection.vendor,
                "file": target.name,
                "migrations": databases.applied_migrations(),
            },
            keys={"trail": list(trail_keys()), "variables": VARIABLES},
            trail={
                "rows": TransitionRecord.objects.count(),
                "seals": last.number if last else 0,
                "last_seal": last.hash if last else "",
            },
            missing=[f"{folder}/{name}" for folder, names in named.items() for name in names],
        )
        databases.dump(target)
    return manifest


def _missing(manifest: Manifest, copier: stores.Copier) -> list[str]:
    """Of all that rows name, return what is in neither set nor bucket."""
    there = {f"{folder}/{key}" for folder, objects in manifest.bucket.items() for key in objects}
    return sorted(set(manifest.missing) - there - copier.files.keys())


def _verify(partial: Path) -> None:
    try:
        check_set(partial)
    except Unfit as unfit:
        said = _("The backup is not what was read, perhaps for a damaged disk: %(faults)s")
        raise CommandError(said % {"faults": unfit}) from unfit
