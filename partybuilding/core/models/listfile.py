"""A long list that is written beside the request of whoever asked for it."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.files.storage import private_storage
from partybuilding.core.models.heard import Heard, HeardQuerySet

#: How long it is kept.
KEPT = timedelta(days=1)


def file_name(file: "ListFile", filename: str) -> str:
    """Name a stored file so that nothing about it can be guessed."""
    return f"lists/{uuid.uuid4().hex}.{filename.rpartition('.')[2]}"


class ListStatus(models.TextChoices):
    """How far it is."""

    RUNNING = "running", _("being made")
    MADE = "made", _("ready")
    FAILED = "failed", _("could not be made")


class ListFile(Heard):
    """One register as somebody narrowed it, on its way to being a file; nobody else is given it.

    Attributes:
        address: of the register with its query; whoever makes the file asks it again, with the owner's rights.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=100)
    address = models.TextField(_("address"))
    status = models.CharField(
        _("status"), max_length=10, choices=ListStatus, default=ListStatus.RUNNING
    )
    begun_at = models.DateTimeField(default=timezone.now, db_index=True)
    file = models.FileField(_("file"), storage=private_storage, upload_to=file_name, blank=True)

    objects = HeardQuerySet.as_manager()

    class Meta:
        verbose_name = _("list as a file")
        verbose_name_plural = _("lists as files")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        """Whether it is being made, or waits for that."""
        return self.status == ListStatus.RUNNING

    @property
    def is_made(self) -> bool:
        """Whether it can be downloaded."""
        return self.status == ListStatus.MADE
