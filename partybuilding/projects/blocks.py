"""What the body of a project's page is made of."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from partybuilding.core import pictures

#: What editors may mark up in running text.
RICH_TEXT = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class FigureBlock(blocks.StructBlock):
    """A picture with its caption and the text for those who cannot see it."""

    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=120)
    alt = blocks.CharBlock(
        label=_("Text alternative"),
        max_length=120,
        help_text=_("Say what the picture shows, for readers who cannot see it."),
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the picture, cut for running text."""
        context = super().get_context(value, parent_context=parent_context)
        picture = pictures.picture_of(value["image"], pictures.BODY, value["alt"])
        return {**context, "picture": picture}

    class Meta:
        icon = "image"
        label = _("Figure with caption")
        template = "blocks/figure.html"


class BodyBlock(blocks.StreamBlock):
    """Text and figures."""

    heading = blocks.CharBlock(
        label=_("Section heading"), icon="title", max_length=60, template="blocks/heading.html"
    )
    text = blocks.RichTextBlock(
        label=_("Running text"), icon="pilcrow", features=RICH_TEXT, template="blocks/text.html"
    )
    figure = FigureBlock()


class AttachmentsBlock(blocks.StreamBlock):
    """Files of the library that residents may take along."""

    file = DocumentChooserBlock(label=_("File to take along"))
