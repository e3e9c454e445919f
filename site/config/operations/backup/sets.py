"""What a backup set is: its folder, its manifest and seal, what makes it unfit, how long it is kept."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from partybuilding.conf import trail_keys

FORMAT = 1
MANIFEST, SEAL = "manifest.json", "manifest.seal"
#: The folder of a set is called by its moment in local time.
MOMENT = "%Y-%m-%dT%H-%M-%S"
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d")
#: The most faults that are named one by one.
NAMED = 20


class Unfit(Exception):
    """A set that must not be restored, or not here; `faults` says why, a sentence each."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(self.faults))


@dataclass(frozen=True)
class Entry:
    """One file of a set, by its path in it."""

    size: int
    sha256: str


@dataclass
class Manifest:
    """What a set holds, of which moment, made by which version, and which keys it takes to use it."""

    made_at: str
    version: str
    #: The kind of database, its file, and how far its tables were migrated.
    database: dict[str, Any]
    #: The ids of the keys that the trail needs, and the variables to set; never a secret.
    keys: dict[str, list[str]]
    #: Rows, seals and the hash of the last seal.
    trail: dict[str, Any]
    files: dict[str, Entry] = field(default_factory=dict)
    #: What lay in object storage, which is backed up where it is: by folder, key to size and tag.
    bucket: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    #: What rows named and was nowhere to be found.
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    def write(self, folder: Path) -> str:
        """Write it with its seal; return its hash, to be kept elsewhere."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()
        key = next(iter(trail_keys()))
        (folder / MANIFEST).write_bytes(text)
        (folder / SEAL).write_text(f"{key} {_sealed(key, text)}\n", encoding="ascii")
        return hashlib.sha256(text).hexdigest()

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read one whose seal holds.

        Raises:
            Unfit: it is not there, not ours, or was changed.
        """
        try:
            text = (folder / MANIFEST).read_bytes()
            key, _space, seal = (folder / SEAL).read_text(encoding="ascii").strip().partition(" ")
        except (OSError, UnicodeDecodeError) as error:
            raise Unfit([_("There is no backup in %(folder)s.") % {"folder": folder}]) from error
        if key not in trail_keys():
            said = _("The backup was sealed by the key “%(key)s”, which TRAIL_KEY does not hold.")
            raise Unfit([said % {"key": key}])
        if not hmac.compare_digest(seal, _sealed(key, text)):
            raise Unfit(
                [_("The list of the backup's files was changed, or sealed by another key.")]
            )
        facts = json.loads(text)
        if facts["format"] != FORMAT:
            raise Unfit([_("The backup was made by a program that this one does not know.")])
        facts["files"] = {path: Entry(**entry) for path, entry in facts["files"].items()}
        return cls(**facts)


def _sealed(key: str, text: bytes) -> str:
    secret = trail_keys()[key].encode()
    return hmac.new(secret, b"backup manifest\n" + text, "sha256").hexdigest()


def digest_of(path: Path) -> Entry:
    """Return size and SHA-256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return Entry(file.tell(), digest.hexdigest())


def check_set(folder: Path) -> Manifest:
    """Read every byte of a set and hold it against its manifest.

    Raises:
        Unfit: a file is missing, was changed or added, or the manifest was.
    """
    manifest = Manifest.read(folder)
    faults = list(_faults(folder, manifest))
    if faults:
        more = len(faults) - NAMED
        raise Unfit(faults[:NAMED] + ([_("and %(n)s more") % {"n": more}] if more > 0 else []))
    return manifest


def _faults(folder: Path, manifest: Manifest) -> Iterator[str]:
    found = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    for name in sorted(found.keys() - manifest.files.keys() - {MANIFEST, SEAL}):
        yield _("does not belong to it: %(file)s") % {"file": name}
    for name, entry in sorted(manifest.files.items()):
        path = found.get(name)
        if path is None:
            yield _("is missing: %(file)s") % {"file": name}
        elif path.is_symlink() or not path.is_file() or digest_of(path) != entry:
            yield _("was changed or damaged: %(file)s") % {"file": name}


def sets_in(folder: Path) -> list[Path]:
    """Return the finished sets of a folder, oldest first."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if _NAME.fullmatch(path.name) and path.is_dir())


def newest_set(folder: Path) -> Path:
    """Return the folder itself when it is a set, else the newest of those in it.

    Raises:
        Unfit: there is none.
    """
    if (folder / MANIFEST).exists():
        return folder
    sets = sets_in(folder)
    if not sets:
        raise Unfit([_("There is no backup in %(folder)s.") % {"folder": folder}])
    return sets[-1]


def outlived(names: Iterable[str], today: date, *, days: int, months: int) -> list[str]:
    """Return the sets that are kept no longer; the newest is always kept.

    Args:
        days: how many days every set is kept.
        months: of how many months, this one included, the first set is kept.
    """
    since = today - timedelta(days=days)
    first_month = today.year * 12 + today.month - months
    kept: set[str] = set()
    seen: set[int] = set()
    ordered = sorted(names)
    for name in ordered:
        day = datetime.strptime(name, MOMENT).date()  # noqa: DTZ007, the name says local time
        month = day.year * 12 + day.month
        if day > since or (month > first_month and month not in seen):
            kept.add(name)
        seen.add(month)
    return [name for name in ordered[:-1] if name not in kept]
