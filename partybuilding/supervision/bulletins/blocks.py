"""The words around a bulletin's figures: headings, running text, quotes and tables, no pictures."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from partybuilding.core.pages.blocks import QuoteBlock, TableBlock, TextBlock, expand_links

#: What may be marked up; a bulletin leads to no files of the library.
RICH_TEXT = ["bold", "ol", "ul", "link"]


class WordsBlock(blocks.StreamBlock):
    """Words before or after the figures."""

    heading = blocks.CharBlock(
        label=_("Section heading"),
        icon="title",
        max_length=60,
        template="partybuilding/blocks/heading.html",
    )
    text = TextBlock(
        label=_("Running text"),
        icon="pilcrow",
        features=RICH_TEXT,
        template="partybuilding/blocks/text.html",
    )
    quote = QuoteBlock()
    table = TableBlock()

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Look up the links of all texts before the first is drawn."""
        expand_links(value)
        return super().get_context(value, parent_context=parent_context)

    class Meta:
        template = "partybuilding/blocks/body.html"
