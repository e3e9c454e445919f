"""Attachments of case files: private files, checked by content, named at random."""

import uuid
from pathlib import PurePath

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.files.storage import private_storage


def random_name(attachment: "Attachment", filename: str) -> str:
    """Name a stored file so that nothing about it can be guessed."""
    return f"{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"


class Purpose(models.TextChoices):
    """What an attachment belongs to; reviewers' files stay on the staff side."""

    APPLICATION = "application", _("Application material")
    REVIEW = "review", _("Review material")
    EVIDENCE = "evidence", _("Evidence of progress")


class Attachment(models.Model):
    """One file of a record."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    purpose = models.CharField(
        _("purpose"), max_length=20, choices=Purpose, default=Purpose.APPLICATION
    )
    question = models.CharField(
        _("question of the form"),
        max_length=20,
        blank=True,
        help_text=_("Key of the year's own question that the file answers."),
    )
    file = models.FileField(_("file"), storage=private_storage, upload_to=random_name)
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=10)
    mime = models.CharField(_("media type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["uploaded_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return self.name
