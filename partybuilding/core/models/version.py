"""How often what residents may read has changed (docs/adr/0042-whole-answers.md)."""

from django.db import models


class ContentVersion(models.Model):
    """One of the counters of a part of the content; their sum is the part's version.

    Every transaction that writes to the part adds one to a counter that no other transaction holds, so
    writers never wait for each other. `core.answers` alone reads and writes it.
    """

    part = models.CharField(max_length=20)
    count = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.part} {self.count}"
