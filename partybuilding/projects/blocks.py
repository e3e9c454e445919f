"""What of projects the body of a page may hold; the common parts are core's."""

from typing import Any

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
        chosen = [page.pk for page in value if page is not None]
        pages = self.child_block.target_model.objects.readable().filter(pk__in=chosen)
        pages = pages.select_related("project__organization").defer_streamfields()
        found = {page.pk: page for page in pages}
        entries = [
            {
                "title": page.title,
                "href": page.get_url(context.get("request")),
                "meta": page.project.told.organization,
            }
            for page in (found[pk] for pk in dict.fromkeys(chosen) if pk in found)
        ]
        return {**context, "entries": entries}
