"""Copy the files of the storages into a set and back; of object storage the list of what it holds."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage, Storage
from django.utils.translation import gettext as _

from config.operations.backup.sets import Entry, Manifest, Unfit, digest_of
from partybuilding.core.files.named import stores


def local() -> Iterator[tuple[str, Path]]:
    """Yield the storages that are folders of this machine."""
    for name, store in stores().items():
        if isinstance(store, FileSystemStorage):
            yield name, Path(store.location)


@dataclass
class Copier:
    """Copies what lies in the storages; what an earlier set holds the same is linked, not copied.

    Args:
        target: the folder of the set that is made.
        earlier: the folder of an earlier set, and what its manifest says.
    """

    target: Path
    earlier: Path | None = None
    known: dict[str, Entry] = field(default_factory=dict)
    files: dict[str, Entry] = field(default_factory=dict)
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def turn(self) -> None:
        """Copy what is new or was still being written in the turn before."""
        for name, folder in local():
            for path in _walk(folder):
                try:
                    self._take(path, f"{name}/{path.relative_to(folder).as_posix()}")
                except FileNotFoundError:
                    continue  # removed meanwhile

    def _take(self, path: Path, name: str) -> None:
        facts = path.stat()
        stamp = (facts.st_size, facts.st_mtime_ns)
        if self._seen.get(name) == stamp:
            return
        copy = self.target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.unlink(missing_ok=True)
        entry = digest_of(path)
        if self.known.get(name) != entry or not self._link(name, copy):
            shutil.copyfile(path, copy)
            copy.chmod(0o600)
            entry = digest_of(copy)
        self.files[name], self._seen[name] = entry, stamp

    def _link(self, name: str, copy: Path) -> bool:
        try:
            os.link(self.earlier / name, copy)  # type: ignore[operator]
        except OSError:
            return False
        return True


def _walk(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def bucket() -> dict[str, dict[str, list[Any]]]:
    """Return what lies in object storage: by folder the size and tag of each object."""
    return {name: dict(_objects(store)) for name, store in stores().items() if _is_bucket(store)}


def _is_bucket(store: Storage) -> bool:
    return hasattr(store, "bucket")


def _objects(store: Any) -> Iterator[tuple[str, list[Any]]]:
    prefix = f"{store.location}/" if store.location else ""
    for one in store.bucket.objects.filter(Prefix=prefix):
        yield one.key.removeprefix(prefix), [one.size, one.e_tag.strip('"')]


def check_bucket(manifest: Manifest) -> None:
    """Hold what object storage holds now against what it held.

    Raises:
        Unfit: an object is missing or is another one.
    """
    now = bucket() if manifest.bucket else {}
    faults = [
        _("not in object storage any more: %(file)s") % {"file": f"{folder}/{key}"}
        for folder, objects in manifest.bucket.items()
        for key, facts in objects.items()
        if now.get(folder, {}).get(key) != facts
    ]
    if faults:
        raise Unfit(faults[:20])


def stage(source: Path, manifest: Manifest) -> list[tuple[Path, Path]]:
    """Copy the files of a set beside the storages; return pairs of new folder and storage.

    Raises:
        Unfit: a file was changed after the set was checked.
    """
    pairs = []
    for name, folder in local():
        fresh = folder.with_name(f".{folder.name}.restoring")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for path, entry in manifest.files.items():
            if path.startswith(f"{name}/"):
                _copy(source / path, fresh / path.removeprefix(f"{name}/"), entry)
        pairs.append((fresh, folder))
    os.sync()
    return pairs


def _copy(source: Path, target: Path, entry: Entry) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    if digest_of(target) != entry:
        raise Unfit([_("was changed or damaged: %(file)s") % {"file": source.name}])


def exchange(pairs: list[tuple[Path, Path]], moment: str, tell: Callable[[str], None]) -> None:
    """Put the new folders in the place of the storages; what was there is kept beside them."""
    for fresh, folder in pairs:
        if folder.is_dir() and any(folder.iterdir()):
            kept = folder.with_name(f"{folder.name}.before-{moment}")
            folder.rename(kept)
            tell(_("What was there before is kept in %(folder)s.") % {"folder": kept})
        elif folder.is_dir():
            folder.rmdir()
        fresh.rename(folder)


def throw_away(pairs: list[tuple[Path, Path]]) -> None:
    """Remove new folders that do not come in the place of the storages."""
    for fresh, _folder in pairs:
        shutil.rmtree(fresh)
