"""Static files under names that hold the hash of their content, and their addresses."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class KnownFilesStorage(CompressedManifestStaticFilesStorage):
    """Makes the address of a file once: a page asks for the same few files a hundred times.

    They are those of the manifest that this storage has read; another release is another process.
    """

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Return the address of a file."""
        if force:
            return super().url(name, force)
        known = self._addresses.get(name)
        if known is None:
            known = self._addresses[name] = super().url(name)
        return known
