"""Make a release of the open data: read everything at one moment, write the files, then name them."""

from datetime import datetime, time
from functools import partial
from urllib.parse import urljoin

from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.column.listing import readable_projects
from partybuilding.core.answers.versions import noting_reads, read_versions
from partybuilding.core.files.storage import private_storage
from partybuilding.core.pages.meta import site_address
from partybuilding.core.selectors import one_snapshot
from partybuilding.opendata.formats import Filled, filled
from partybuilding.opendata.licence import licence
from partybuilding.opendata.models import DataRelease
from partybuilding.opendata.package import (
    About,
    Files,
    complete,
    digest_of,
    sha256,
    tables_as_files,
)
from partybuilding.opendata.selectors import (
    data_page,
    is_current,
    provider_of,
    site_name,
)
from partybuilding.opendata.tables import TABLES, Sources

#: How many releases are kept: the one before may still be on its way to somebody.
KEPT = 2
FOLDER = "opendata"


def build(*, anew: bool = False) -> DataRelease:
    """Return the release that says what the column says now; a new one only when that is something else.

    Args:
        anew: also when nothing was written since, as after a loss of files.
    """
    newest = DataRelease.objects.newest()
    if newest is not None:
        DataRelease.objects.filter(pk=newest.pk).update(asked_at=None)
        if not anew and is_current(newest):
            return newest
    now, before = timezone.now(), read_versions(connection)
    with noting_reads(connection) as parts, one_snapshot():
        tables, about = _read(now)
    versions = {part: before.get(part) for part in parts if part}
    files = tables_as_files(tables)
    digest = digest_of(files, about)
    known = newest is not None and newest.digest == digest
    if newest is not None and known and private_storage().exists(newest.file):
        return _checked(newest, now, versions)
    midnight = datetime.combine(timezone.localdate(now), time(), timezone.get_current_timezone())
    whole = complete(files, tables, about, midnight)
    stored = private_storage().save(f"{FOLDER}/{digest}.zip", ContentFile(whole["opendata.zip"]))
    release = DataRelease.objects.create(
        digest=digest,
        file=stored,
        files=_listed(whole),
        rows={one.table.name: len(one.rows) for one in tables},
        day=timezone.localdate(now),
        versions=versions,
        first_at=newest.first_at if newest else now,
        made_at=now,
        checked_at=now,
    )
    _forget_old()
    return release


def _read(now: datetime) -> tuple[list[Filled], About]:
    """Read every table, and who gives them."""
    codes = readable_projects().order_by().values_list("project__code", flat=True)
    sources = Sources(
        today=timezone.localdate(now),
        absolute=partial(urljoin, site_address()),
        codes=frozenset(code for code in codes if code),
    )
    return filled(TABLES, sources), about_data(sources)


def about_data(sources: Sources) -> About:
    """Return who gives the data, where, and on what terms."""
    page = data_page()
    return About(
        title=_("Open data of %(name)s") % {"name": site_name()},
        description=_("Projects, commitments, progress, supervision and results, as published."),
        provider=provider_of(page),
        contact=page.contact if page else "",
        address=sources.absolute(reverse("open_data")),
        licence=licence(),
    )


def _listed(files: Files) -> list[dict[str, str | int]]:
    return [
        {"name": name, "bytes": len(files[name]), "sha256": sha256(files[name])}
        for name in sorted(files)
    ]


def _checked(release: DataRelease, now: datetime, versions: dict[str, int | None]) -> DataRelease:
    """Note that a release says what the column says now."""
    release.day, release.checked_at, release.versions = timezone.localdate(now), now, versions
    release.save(update_fields=["day", "checked_at", "versions"])
    return release


def _forget_old() -> None:
    """Remove what nobody can be fetching any more: first the rows, then the files that no row names."""
    kept = list(DataRelease.objects.order_by("-pk")[:KEPT])
    old = DataRelease.objects.exclude(pk__in=[one.pk for one in kept])
    names = {one.file for one in old} - {one.file for one in kept}
    old.delete()
    for name in names:
        private_storage().delete(name)
