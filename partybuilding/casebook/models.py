"""The case book of a year, the cases in it in their order, and the editions that were built of it."""

import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.casebook.states import (
    FOR_RESIDENTS,
    BuildStage,
    BuildStatus,
    EditionKind,
    Multiple,
    Size,
    extension_of,
)
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.pages import CaseStudyPage
from partybuilding.core.files.storage import private_storage
from partybuilding.core.models.heard import Heard, HeardQuerySet
from partybuilding.cycles.models import Cycle

__all__ = ["BookCase", "CaseBook", "Edition"]


class CaseBook(models.Model):
    """The case book (案例集) of one year: what stands before and behind its cases, and how it is printed."""

    cycle = models.OneToOneField(
        Cycle, verbose_name=_("programme year"), on_delete=models.PROTECT, related_name="book"
    )
    title = models.CharField(_("title of the book"), max_length=40)
    subtitle = models.CharField(_("subtitle"), max_length=40, blank=True)
    issuer = models.CharField(_("edited by (on the cover)"), max_length=40)
    #: [{"role": "主任", "names": ["张明", "李华"]}, …]
    board = models.JSONField(_("editorial board"), default=list, blank=True)
    foreword = models.TextField(_("foreword"), blank=True)
    notes = models.TextField(_("notes of the editors"), blank=True)
    afterword = models.TextField(_("afterword"), blank=True)

    size = models.CharField(_("trimmed size"), max_length=10, choices=Size, default=Size.K16)
    paper = models.PositiveSmallIntegerField(
        _("thickness of the paper (µm)"),
        default=100,
        validators=[MinValueValidator(40), MaxValueValidator(400)],
        help_text=_("100 for offset paper of 80 g; the width of the spine is computed from it."),
    )
    multiple = models.PositiveSmallIntegerField(
        _("pages are a multiple of"), choices=Multiple, default=Multiple.FOUR
    )

    permit_number = models.CharField(_("permit number"), max_length=40, blank=True)
    compiled_by = models.CharField(_("compiled by"), max_length=60, blank=True)
    addressed_to = models.CharField(_("addressed to"), max_length=100, blank=True)
    printed_by = models.CharField(_("printed by"), max_length=60, blank=True)
    printed_on = models.DateField(_("printed on"), null=True, blank=True)
    copies = models.PositiveIntegerField(_("number of copies"), null=True, blank=True)

    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        verbose_name = _("case book")
        verbose_name_plural = _("case books")
        ordering = ["-cycle__year"]

    def __str__(self) -> str:
        return self.title


class BookCase(models.Model):
    """A case in the book, at its place."""

    book = models.ForeignKey(CaseBook, on_delete=models.CASCADE, related_name="entries")
    case = models.ForeignKey(CaseStudy, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        verbose_name = _("case of the book")
        verbose_name_plural = _("cases of the book")
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["book", "case"], name="case_once_a_book")]

    def __str__(self) -> str:
        return f"{self.place} {self.case}"


def edition_name(edition: "Edition", filename: str) -> str:
    """Name a stored file so that nothing about it can be guessed."""
    return f"books/{uuid.uuid4().hex}.{filename.rpartition('.')[2]}"


class EditionQuerySet(HeardQuerySet):
    """Lists of editions."""

    def published(self) -> "EditionQuerySet":
        """Keep what residents got, whatever became of it."""
        return self.filter(published_at__isnull=False, kind__in=FOR_RESIDENTS)

    def offered(self) -> "EditionQuerySet":
        """Keep what residents get now: published and not withdrawn; the texts of the manifest are left out."""
        return self.published().filter(withdrawn_at=None).defer("manifest")


class Edition(Heard):
    """One building of the book for one use: how far it is, and once built its file with what is in it.

    The manifest holds every text of the book, the revision of every case page and the hash of every
    picture: the same manifest gives the same file, whatever became of the pages since.
    """

    book = models.ForeignKey(CaseBook, on_delete=models.PROTECT, related_name="editions")
    kind = models.CharField(_("edition"), max_length=10, choices=EditionKind)
    status = models.CharField(
        _("status of the build"), max_length=10, choices=BuildStatus, default=BuildStatus.RUNNING
    )
    is_draft = models.BooleanField(_("draft for approval"), default=False)
    manifest = models.JSONField(_("manifest"), default=dict)
    #: Of the manifest what is asked for without the texts: page, revision, title and hash of each case.
    cases = models.JSONField(default=list)
    #: SHA-256 of the manifest, written canonically.
    digest = models.CharField(_("digest of the manifest"), max_length=64, blank=True)

    stage = models.CharField(max_length=12, choices=BuildStage, default=BuildStage.GATHERING)
    #: Why it was not built, a sentence a line.
    faults = models.JSONField(_("faults of the build"), default=list)

    file = models.FileField(storage=private_storage, upload_to=edition_name, blank=True)
    cover = models.FileField(storage=private_storage, upload_to=edition_name, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, db_index=True)
    #: Pages, printed sheets, characters, spine: what the making reported.
    measures = models.JSONField(default=dict)

    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)
    built_at = models.DateTimeField(_("built at"), null=True)
    built_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    #: Why it was withdrawn, for everybody to read.
    withdrawn_reason = models.TextField(_("reason of the withdrawal"), blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of a case book")
        verbose_name_plural = _("editions of case books")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["book", "kind", "published_at"])]

    def __str__(self) -> str:
        return f"{self.book} {self.get_kind_display()}"

    @property
    def is_running(self) -> bool:
        """Whether it is being built, and was heard of lately."""
        return self.status == BuildStatus.RUNNING and not self.is_silent()

    @property
    def status_label(self) -> str:
        """The words for where its building stands."""
        if self.status == BuildStatus.RUNNING and self.is_silent():
            return str(BuildStatus.STOPPED.label)
        return str(self.get_status_display())

    @property
    def is_for_residents(self) -> bool:
        """Whether it is of a kind that residents may get."""
        return self.kind in FOR_RESIDENTS

    @property
    def filename(self) -> str:
        """The name under which it is saved."""
        mark = "（送审稿）" if self.is_draft else ""
        return f"{self.book.title}{mark}（{self.get_kind_display().split('（')[0]}）.{extension_of(self.kind)}"

    @property
    def path(self) -> str:
        """Where its file is stored; empty when it was thrown away or never made."""
        return self.file.name or ""

    @property
    def cover_path(self) -> str:
        """Where the picture of its cover is stored, if there is one."""
        return self.cover.name or ""

    def take(self, manifest: dict[str, Any], digest: str) -> None:
        """Keep what fixes it."""
        self.manifest, self.cases, self.digest = manifest, manifest["cases"], digest
        self.save(update_fields=["manifest", "cases", "digest"])

    def lost_cases(self) -> list[str]:
        """Return the titles of its cases that residents no longer read; it may then not be handed out."""
        pages = {case["page"] for case in self.cases}
        rows = CaseStudyPage.objects.readable().filter(pk__in=pages)
        read = set(rows.values_list("pk", flat=True))
        return [case["title"] for case in self.cases if case["page"] not in read]
