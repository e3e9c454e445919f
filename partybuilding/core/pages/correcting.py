"""An issued document that a later, numbered one puts right (更正): both stay readable and name each other."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class CorrectablePage(models.Model):
    """A page that can say which earlier one it corrects; that one then says by which it was corrected."""

    corrects = models.ForeignKey(
        "self",
        verbose_name=gettext_lazy("corrects"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="later",
    )

    class Meta:
        abstract = True

    def told_corrections(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Return in words, with the way there, what it corrects and by what it was corrected."""
        told = []
        before: Any = self.corrects
        if before is not None and before.live:
            words = _("This document corrects: %(name)s") % {"name": named(before)}
            told.append({"title": words, "href": before.get_url(request), "name": before.title})
        issued: Any = type(self)._default_manager
        for after in issued.filter(corrects=self.pk, live=True).order_by("pk"):
            words = _("This document was corrected by: %(name)s") % {"name": named(after)}
            told.append({"title": words, "href": after.get_url(request), "name": after.title})
        return told


def named(page: Any) -> str:
    """Name a document by its title and number."""
    return f"{page.title}（{page.number}）" if page.number else page.title


def slug_of_correction(page: Any) -> str:
    """Return a free address beside the corrected page's."""
    stem = f"{page.slug}-correction"
    taken = set(
        type(page)._base_manager.filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    free = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in free if slug not in taken)
