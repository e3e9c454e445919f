"""Build an edition: write its job, let the press make it, and keep what comes of it.

Whatever ends a build leaves an edition that says why and can be built again. Nothing of this happens
inside a transaction.
"""

import hashlib
import json
import logging
import tempfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.urls import set_script_prefix
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from pypdf import PdfReader
from wagtail.images import get_image_model

from partybuilding.casebook.child import Beat, NotBuilt, Told, run_press
from partybuilding.casebook.gathering import gather, manifest_of
from partybuilding.casebook.models import Edition
from partybuilding.casebook.press import layout
from partybuilding.casebook.press.files import COVER, EDITION, JOB, ORIGINALS, RESULT
from partybuilding.casebook.states import (
    FOR_PRESS,
    BuildStage,
    BuildStatus,
    EditionKind,
    extension_of,
)
from partybuilding.conf import setting
from partybuilding.core.background import run_beside
from partybuilding.core.files.storage import private_storage
from partybuilding.core.pages.elements import pictures_of_elements
from partybuilding.core.papers.typesetting import midnight
from partybuilding.evaluation.arithmetic.canonical import digest

CHUNK = 1024 * 1024
log = logging.getLogger(__name__)


@task()
def build_alone(pk: int, prefix: str) -> None:
    """Build an edition that still waits for it; one that was stopped, or given up for another, does not.

    Args:
        pk: the edition's key.
        prefix: the path below which the site lives, which nobody but a request knows.
    """
    edition = Edition.objects.select_related("book__cycle").get(pk=pk)
    if edition.status == BuildStatus.RUNNING:
        set_script_prefix(prefix)
        build(edition)


def build_in_background(edition: Edition) -> None:
    """Build beside the request that asked for it: by the worker, or in a thread where there is none."""
    run_beside(build_alone, edition.pk)


def build(edition: Edition, told: Told | None = None) -> Edition:
    """Build an edition to its end, whatever the end is; its row says which.

    Args:
        told: is called with stage, how much of it is done, and of how much.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="casebook-") as name:
            _make(edition, Path(name), told or (lambda *_: None))
    except NotBuilt as refused:
        _end(edition, refused.status, refused.sentences)
    except Exception:
        log.exception("a case book could not be built")
        _end(
            edition,
            BuildStatus.FAILED,
            [_("The programme failed; the administrators find why in its log.")],
        )
    edition.refresh_from_db()
    return edition


def _end(edition: Edition, status: BuildStatus, sentences: list[str]) -> None:
    running = Edition.objects.filter(pk=edition.pk, status=BuildStatus.RUNNING)
    running.update(status=status, faults=sentences, heard_at=timezone.now())


def _make(edition: Edition, folder: Path, told: Told) -> None:
    beat = Beat(edition, told)
    beat(BuildStage.GATHERING, 0, 1)
    job = _job_of(edition, folder, beat)
    (folder / JOB).write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
    run_press(folder, beat)
    result = json.loads((folder / RESULT).read_text(encoding="utf-8"))
    if result.get("missing"):
        advice = _(
            "No font has a glyph for these characters; write them otherwise, then build again."
        )
        raise NotBuilt(advice, *result["missing"])
    _keep(edition, folder, result, beat)


def _job_of(edition: Edition, folder: Path, beat: Beat) -> dict[str, Any]:
    """Return the job of an edition, the pictures beside it; a manifest that is there already is built again."""
    manifest = edition.manifest
    if not manifest:
        kind, day = EditionKind(edition.kind), timezone.localdate()
        gathered = gather(edition.book, kind, day)
        pictures = _copy_pictures(gathered, folder / ORIGINALS, beat)
        manifest = manifest_of(edition.book, kind, day, gathered, pictures)
        edition.take(manifest, digest(manifest))
    else:
        pictures = _copy_pictures(manifest["book"], folder / ORIGINALS, beat)
        if pictures != manifest["pictures"]:
            raise NotBuilt(_("A picture of the library changed since; build from the pages anew."))
    return {
        "kind": manifest["kind"],
        "book": manifest["book"],
        "form": {
            **manifest["form"],
            "press": manifest["kind"] in FOR_PRESS,
            "large": manifest["kind"] == EditionKind.LARGE,
        },
        "timestamp": midnight(date.fromisoformat(manifest["date"])),
        "memory_mib": setting("BOOK_MEMORY_MB"),
    }


def _copy_pictures(book: dict[str, Any], folder: Path, beat: Beat) -> dict[str, str]:
    """Copy the pictures of a book as they were taken, and return their hashes by their keys."""
    folder.mkdir()
    keys = sorted(set(_picture_keys(book)))
    found = get_image_model().objects.in_bulk(keys)
    hashes = {}
    for number, key in enumerate(keys, start=1):
        if key not in found:
            raise NotBuilt(_("Picture %(key)s is no longer in the library.") % {"key": key})
        try:
            with found[key].file.storage.open(found[key].file.name) as file:
                hashes[str(key)] = _copied(file, folder / str(key))
        except OSError as lost:
            words = {"title": found[key].title}
            raise NotBuilt(_("The file of the picture “%(title)s” is lost.") % words) from lost
        beat(BuildStage.GATHERING, number, len(keys))
    return hashes


def _picture_keys(book: dict[str, Any]) -> Iterator[int]:
    for case in book["cases"]:
        if case["lead"]:
            yield case["lead"]["image"]
        for part in case["parts"]:
            yield from (one["image"] for one in pictures_of_elements(part["elements"]))


def _copied(file: IO[bytes], target: Path) -> str:
    found = hashlib.sha256()
    with target.open("wb") as copy:
        while chunk := file.read(CHUNK):
            found.update(chunk)
            copy.write(chunk)
    return found.hexdigest()


def _keep(edition: Edition, folder: Path, result: dict[str, Any], beat: Beat) -> None:
    """Store what was made, then say that it is built."""
    content = (folder / EDITION).read_bytes()
    edition.file.name = _stored(edition, "file", content, extension_of(edition.kind))
    if (folder / COVER).exists():
        edition.cover.name = _stored(edition, "cover", (folder / COVER).read_bytes(), "png")
    facts = {
        "file": edition.file.name,
        "cover": edition.cover.name,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "measures": measures_of(edition.kind, content, result["form"]),
        "is_draft": bool(edition.manifest["book"]["watermark"]),
        "status": BuildStatus.BUILT,
        "built_at": timezone.now(),
        "heard_at": timezone.now(),
    }
    if not Edition.objects.filter(pk=edition.pk, status=BuildStatus.RUNNING).update(**facts):
        _throw_away(edition)
        return
    _forget_older(edition)


def _forget_older(edition: Edition) -> None:
    """Throw away the files of earlier builds that were never published; what they said stays in their manifests."""
    earlier = Edition.objects.filter(book=edition.book, kind=edition.kind, pk__lt=edition.pk)
    for older in earlier.filter(published_at=None).exclude(file=""):
        Edition.objects.filter(pk=older.pk).update(file="", cover="")
        _throw_away(older)


def _throw_away(edition: Edition) -> None:
    for name in filter(None, (edition.path, edition.cover_path)):
        private_storage().delete(name)


def _stored(edition: Edition, name: str, content: bytes, extension: str) -> str:
    field = edition._meta.get_field(name)
    path = field.generate_filename(edition, f"{name}.{extension}")  # type: ignore[union-attr]
    return private_storage().save(path, File(BytesIO(content)))


def measures_of(kind: str, content: bytes, form: dict[str, Any]) -> dict[str, Any]:
    """Return pages and 版面字数 of a PDF; for the press also sheets and spine, the cover counted apart."""
    if extension_of(kind) != "pdf":
        return {}
    pages = len(PdfReader(BytesIO(content)).pages) - bool(form["press"])
    told: dict[str, Any] = {
        "pages": pages,
        "thousand_signs": layout.thousand_signs(pages, form["signs"]),
    }
    if form["press"]:
        spine = layout.spine_width(pages, form["paper"])
        told |= {"sheets": f"{layout.sheets(pages):g}", "spine": f"{spine:g}"}
    return told
