"""Read the open data: whether a release still says what the column says, and its files."""

import zipfile

from django.db import connection
from django.utils import timezone
from wagtail.models import Site

from partybuilding.core.answers.versions import read_versions
from partybuilding.core.files.storage import private_storage
from partybuilding.core.pages import open_to_all
from partybuilding.opendata.models import DataRelease
from partybuilding.opendata.package import ARCHIVE
from partybuilding.opendata.pages import OpenDataPage


def is_current(release: DataRelease) -> bool:
    """Tell whether it is still the day of the release, and nothing that it was read of was written since.

    Of one that was read where nobody watches what is written (`core.answers.versions`) nobody can tell.
    """
    if release.day != timezone.localdate() or not release.versions:
        return False
    now = read_versions(connection)
    return all(now.get(part) == version for part, version in release.versions.items())


def content_of(release: DataRelease, name: str) -> bytes:
    """Return one of its files.

    Raises:
        FileNotFoundError: the archive is lost.
    """
    with private_storage().open(release.file, "rb") as file:
        if name == ARCHIVE:
            return bytes(file.read())
        with zipfile.ZipFile(file) as archive:
            return archive.read(name)


def stored_files() -> set[str]:
    """Return the names of the archives that releases name."""
    return set(DataRelease.objects.values_list("file", flat=True))


def data_page() -> OpenDataPage | None:
    """Return the page of the open data, when residents may read it."""
    return open_to_all(OpenDataPage.objects.all()).first()


def provider_of(page: OpenDataPage | None) -> str:
    """Return who gives the data: whom the page names, or the site."""
    if page is not None and page.provider:
        return page.provider
    return site_name()


def site_name() -> str:
    """Return the name of the site."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return (site.site_name or site.root_page.title) if site else ""
