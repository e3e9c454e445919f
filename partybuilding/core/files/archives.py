"""Archives that are the same bytes for the same files: their entries bear no time and no owner."""

import io
from collections.abc import Collection, Iterable
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

#: The time that every entry bears, the earliest that the format knows.
NO_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE, _UNIX = 0o644 << 16, 3


def packed(files: Iterable[tuple[str, bytes]], *, plain: Collection[str] = ()) -> bytes:
    """Return a ZIP archive of files with their names, in this order.

    Args:
        plain: the names of those that are not compressed.
    """
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files:
            entry = ZipInfo(name, NO_TIME)
            entry.external_attr, entry.create_system = _READABLE, _UNIX
            archive.writestr(entry, content, ZIP_STORED if name in plain else ZIP_DEFLATED, 9)
    return written.getvalue()


def timeless(content: bytes) -> bytes:
    """Return an archive, such as a Word file, with the same entries and without the time it was made."""
    with ZipFile(io.BytesIO(content)) as archive:
        return packed((name, archive.read(name)) for name in archive.namelist())
