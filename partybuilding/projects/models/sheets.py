"""The application form of a year while it is written, and the versions that were used."""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin

from partybuilding.core.sheets import Sheet
from partybuilding.cycles.models import Cycle
from partybuilding.projects.sheet import APPLICATION
from partybuilding.projects.yearform.blocks import FormBlock
from partybuilding.projects.yearform.compose import delivered, sheet_from


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the digest by which a content is known, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class SheetVersion(models.Model):
    """A form as it was used; written once, never changed, and kept as long as anything was answered on it."""

    digest = models.CharField(_("digest"), max_length=64, primary_key=True, editable=False)
    content = models.JSONField(_("content"), editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("version of the form")
        verbose_name_plural = _("versions of the form")

    def __str__(self) -> str:
        return self.digest[:12]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once, under the digest of its content."""
        if not self._state.adding or self.digest != digest_of(self.content):
            raise TypeError("a version of the form is never changed")
        super().save(*args, **kwargs)

    @classmethod
    def keep(cls, content: Mapping[str, Any]) -> "SheetVersion | None":
        """Return the version of a content; None for the form as it is delivered."""
        if content == delivered():
            return None
        digest = digest_of(content)
        return cls.objects.get_or_create(digest=digest, defaults={"content": content})[0]


@lru_cache(64)
def sheet_of(digest: str | None) -> Sheet:
    """Return the form of a version; without one, as it is delivered.

    Remembered by the digest, which says what is in it: one query a process, whatever is listed.
    """
    if digest is None:
        return APPLICATION
    return sheet_from(SheetVersion.objects.get(digest=digest).content)


class EditorField(StreamField):
    """A stream that an editor alone reads; migrations know it as an empty one, so that a new kind needs none."""

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], {**kwargs, "block_lookup": {}}


class SheetDraft(PreviewableMixin, models.Model):
    """The form of a year as officers write it; what is saved has been found whole."""

    cycle = models.OneToOneField(
        Cycle, verbose_name=_("programme year"), on_delete=models.CASCADE, related_name="form"
    )
    #: Read by the editor only; everything else reads `content`.
    parts: Any = EditorField(FormBlock(), verbose_name=_("parts of the form"))
    content = models.JSONField(_("content"), default=delivered, editable=False)
    #: With which the year was opened last; None while it is in preparation, and for the delivered form.
    version = models.ForeignKey(
        SheetVersion, null=True, editable=False, on_delete=models.PROTECT, related_name="years"
    )
    updated_at = models.DateTimeField(_("updated at"), auto_now=True, editable=False)

    class Meta:
        verbose_name = _("application form of a year")
        verbose_name_plural = _("application forms of the years")

    def __str__(self) -> str:
        return str(_("Application form of %(year)s") % {"year": self.cycle})

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """What an officer can look at while writing."""
        return [
            ("", _("Fill in")),
            ("check", _("Check and submit")),
            ("paper", _("First page of the PDF")),
        ]

    @property
    def default_preview_size(self) -> str:
        """Phones first: that is how applicants fill it in."""
        return "mobile"


class SheetCorrection(models.Model):
    """What one officer changes of a form in use and a second one confirms (勘误): words, or questions added."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="form_corrections")
    #: Rows of key, what of it ("label", "help" or the code of an option), the words before and after.
    changes = models.JSONField(_("changes"), editable=False)
    #: Of a supplement, by part the blocks of the questions that it adds, as the editor writes them.
    added = models.JSONField(_("questions added"), default=list, editable=False)
    reason = models.TextField(_("reason"), max_length=500)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    #: When it was confirmed or dropped; until then no other is proposed.
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)

    class Meta:
        verbose_name = _("correction of a form")
        verbose_name_plural = _("corrections of forms")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle"],
                condition=models.Q(closed_at=None),
                name="one_open_correction_a_form",
            )
        ]

    def __str__(self) -> str:
        return self.reason
