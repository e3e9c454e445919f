"""What is made beside the request of whoever asked for it, and says from time to time that it is at it."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone

#: What has not been heard of for so long was stopped from outside.
SILENCE = timedelta(seconds=90)


class HeardQuerySet(models.QuerySet[Any]):
    """Lists of what is being made."""

    def running(self) -> Self:
        """Keep what is being made and was heard of lately."""
        return self.filter(status="running", heard_at__gte=timezone.now() - SILENCE)


class Heard(models.Model):
    """How far it is, and when it was last heard of; its kind has the `status`."""

    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def is_silent(self, now: datetime | None = None) -> bool:
        """Tell whether it was stopped from outside: nothing was heard of it for too long."""
        return (now or timezone.now()) - self.heard_at > SILENCE
