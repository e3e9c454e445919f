"""Style sheets as they are served: what a sheet imports stands in it, so that a page asks for few files.

The style of a component is a file of its own, and a sheet is a list of `@import`. Browsers follow that as well: a site
that keeps Django's finder in `STATICFILES_FINDERS` serves the same look in more requests.
"""

import atexit
import posixpath
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.core.files.storage import FileSystemStorage, Storage

IMPORT = re.compile(r'^@import "(?P<part>[^"]+)";\n', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


class JoinedSheetsFinder(AppDirectoriesFinder):
    """Find the static files of apps, a sheet that imports others with its parts in it."""

    def __init__(self, app_names: Iterable[str] | None = None) -> None:
        super().__init__(app_names)
        folder = tempfile.mkdtemp(prefix="sheets-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        self.sheets = FileSystemStorage(location=folder)

    def find_in_app(self, app: str, path: str) -> str | None:
        """Return where the file lies; a joined sheet is written anew each time."""
        found = super().find_in_app(app, path)
        return found and (self._joined(self.storages[app], path) or found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield the files of all apps, as `collectstatic` asks for them."""
        for path, storage in super().list(ignore_patterns):
            yield path, self.sheets if self._joined(storage, path) else storage

    def _joined(self, storage: Storage, path: str) -> str | None:
        """Write a sheet with its parts and return where it lies; None for what imports nothing."""
        if not path.endswith(".css") or not IMPORT.search(_read(storage, path)):
            return None
        target = Path(self.sheets.path(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
            file.write(COMMENT.sub("", joined(storage, path)).encode())
        Path(file.name).replace(target)  # at once: another request may be reading it
        return str(target)


def joined(storage: Storage, path: str) -> str:
    """Return a sheet with the text of every part in the place of its `@import`."""
    folder = posixpath.dirname(path)

    def part(found: re.Match[str]) -> str:
        return joined(storage, posixpath.normpath(posixpath.join(folder, found["part"])))

    return IMPORT.sub(part, _read(storage, path))


def _read(storage: Storage, path: str) -> str:
    with storage.open(path) as file:
        return file.read().decode()
