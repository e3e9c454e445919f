"""Counts of what one sender did within a while, in the database: every worker counts in the same place."""

from django.db import models


class Tally(models.Model):
    """How often something was done in one window of time; whose it is, is kept as a keyed digest."""

    place = models.CharField(max_length=100, primary_key=True)
    count = models.PositiveIntegerField(default=1)
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "tally"

    def __str__(self) -> str:
        return f"{self.place}: {self.count}"
