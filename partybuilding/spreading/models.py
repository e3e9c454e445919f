"""The base of the records that spread from projects."""

from django.conf import settings
from django.db import models

from partybuilding.core.models import Record


class SpreadRecord(Record):
    """A record with a public page, begun by somebody from one or several projects."""

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "due_on"])]
