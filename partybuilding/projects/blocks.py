"""What of projects the body of a page may hold; the common parts are core's."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from partybuilding.core.pages.blocks import BodyBlock, FigureBlock, Unnamed

__all__ = ["AttachmentsBlock", "BodyBlock", "FigureBlock", "ProjectsBlock"]


class AttachmentsBlock(blocks.StreamBlock):
    """Files of the library that residents may take along."""

    file = DocumentChooserBlock(label=_("File to take along"))


class ProjectsBlock(Unnamed, blocks.ListBlock):
    """Projects that a text is about; readers see those whose page they may read."""

    frozen_as = "wagtail.blocks.ListBlock"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the way to every readable page, in the order of the editor; in one query."""
        context = super().get_context(value, parent_context=parent_context)
        entries = projects_to_read(value, context.get("request"))
        return {**context, "entries": entries}


def projects_to_read(
    chosen: Iterable[Any], request: HttpRequest | None = None
) -> list[dict[str, Any]]:
    """Return those of the chosen pages that residents may read, as a list of links; in one query."""
    pages = [page for page in chosen if page is not None]
    if not pages:
        return []
    keys = [page.pk for page in pages]
    rows = pages[0].specific_class.objects.readable().filter(pk__in=keys)
    rows = rows.select_related("project__organization").defer_streamfields()
    found = {page.pk: page for page in rows}
    return [
        {
            "title": page.title,
            "href": page.get_url(request),
            "meta": page.project.told.organization,
        }
        for page in (found[pk] for pk in dict.fromkeys(keys) if pk in found)
    ]
