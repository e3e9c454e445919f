"""A release of the open data: which files it has, what it was read of, since when it has stood as it is."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils import timezone


class DataReleaseQuerySet(models.QuerySet["DataRelease"]):
    """Lists of releases."""

    def newest(self) -> "DataRelease | None":
        """Return the one that is handed out."""
        return self.order_by("-pk").first()


class DataRelease(models.Model):
    """One release; all its files lie in one archive in private storage."""

    #: What two releases share that say the same.
    digest = models.CharField(max_length=64, editable=False)
    file = models.CharField(max_length=200, editable=False)
    #: Rows of name, bytes and SHA-256, the archive itself among them.
    files = models.JSONField(default=list, editable=False)
    #: The number of rows by table.
    rows = models.JSONField(default=dict, editable=False)
    #: The day that states and lateness are told of.
    day = models.DateField(editable=False)
    #: The versions of the parts of the content that it was read of.
    versions = models.JSONField(default=dict, editable=False)
    #: When there were open data for the first time.
    first_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Since when the data have stood as they are, and when that was last found to be so.
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    checked_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Since when a worker has been asked for the next one.
    asked_at = models.DateTimeField(null=True, editable=False)

    objects = DataReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "open data release"

    def __str__(self) -> str:
        return self.digest[:12]

    def entry(self, name: str) -> Mapping[str, Any] | None:
        """Return what is known of one of its files."""
        return next((entry for entry in self.files if entry["name"] == name), None)
