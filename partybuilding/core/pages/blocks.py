"""What the body of a public page is made of; everything a long body needs is fetched at once."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText, expand_db_html

from partybuilding.core.pages import pictures
from partybuilding.core.pages.pictures import images_of
from partybuilding.core.pages.words import aside, lined
from partybuilding.core.text.characters import clean_line

#: What editors may mark up in running text.
RICH_TEXT = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
#: Stands between running texts while their links are looked up together.
BETWEEN = "<!--next text-->"


def file_entry(document: Any, title: str = "") -> dict[str, Any]:
    """Return what a list of attachments shows of a document."""
    return {
        "name": title or document.title,
        "href": document.url,
        "kind": document.file_extension.upper(),
        "size": document.file_size,
    }


class Unnamed:
    """A block that migrations know by Wagtail's name, so that ours may move."""

    frozen_as: str

    def deconstruct(self) -> tuple[str, Any, Any]:
        """Leave migrations without a name of ours."""
        return (self.frozen_as, *super().deconstruct()[1:])  # type: ignore[misc]


class TextBlock(Unnamed, blocks.RichTextBlock):
    """Running text."""

    frozen_as = "wagtail.blocks.RichTextBlock"

    def get_context(self, value: RichText, parent_context: Any = None) -> dict[str, Any]:
        """Add the text with its links as addresses, looked up before for a whole body."""
        context = super().get_context(value, parent_context=parent_context)
        known = getattr(value, "expanded", None)
        return {**context, "html": expand_db_html(value.source) if known is None else known}

    def get_searchable_content(self, value: RichText) -> list[str]:
        """Return the words for the search, paragraphs and headings as lines of their own."""
        return super().get_searchable_content(RichText(lined(value.source)))


class FigureBlock(blocks.StructBlock):
    """A picture with its caption and the text for those who cannot see it."""

    image = ImageChooserBlock(label=gettext_lazy("Picture"))
    caption = blocks.CharBlock(
        label=gettext_lazy("Caption of the picture"), required=False, max_length=120
    )
    alt = blocks.CharBlock(
        label=gettext_lazy("Text alternative"),
        max_length=120,
        help_text=gettext_lazy("Say what the picture shows, for readers who cannot see it."),
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the picture, cut for running text."""
        context = super().get_context(value, parent_context=parent_context)
        picture = pictures.picture_of(value["image"], pictures.BODY, value["alt"])
        return {**context, "picture": picture}

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the caption, and what the picture shows as words that nothing quotes."""
        return [value["caption"] or "", aside(value["alt"])]

    class Meta:
        icon = "image"
        label = gettext_lazy("Figure with caption")
        template = "partybuilding/blocks/figure.html"


class GalleryBlock(Unnamed, blocks.ListBlock):
    """Several pictures side by side, each with its own words; a click leads to the whole picture."""

    frozen_as = "wagtail.blocks.ListBlock"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the pictures, all in one ratio; one whose file is lost is left out."""
        context = super().get_context(value, parent_context=parent_context)
        shown = []
        for item in value:
            small = pictures.picture_of(item["image"], pictures.CARD, item["alt"])
            large = pictures.picture_of(item["image"], pictures.BODY)
            if small and large:
                shown.append({**vars(small), "href": large.src, "caption": item["caption"]})
        return {**context, "pictures": shown}


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label=gettext_lazy("What was said"), max_length=300, rows=3)
    who = blocks.CharBlock(
        label=gettext_lazy("Who said it, or where it stands"),
        max_length=60,
        help_text=gettext_lazy("A person by name and post only."),
    )

    class Meta:
        icon = "openquote"
        label = gettext_lazy("Quote")
        template = "partybuilding/blocks/quote.html"


class NumberBlock(blocks.StructBlock):
    """A figure, its unit, and what it counts."""

    number = blocks.CharBlock(label=gettext_lazy("Figure"), max_length=16)
    unit = blocks.CharBlock(label=gettext_lazy("Unit"), max_length=10, required=False)
    label = blocks.CharBlock(label=gettext_lazy("What it counts"), max_length=40)

    class Meta:
        icon = "order"
        label = gettext_lazy("Figure")


class NumbersBlock(Unnamed, blocks.ListBlock):
    """Figures side by side."""

    frozen_as = "wagtail.blocks.ListBlock"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add what the component of large figures shows."""
        context = super().get_context(value, parent_context=parent_context)
        figures = [
            {"value": item["number"], "unit": item["unit"], "label": item["label"]}
            for item in value
        ]
        return {**context, "figures": figures}


class FileBlock(blocks.StructBlock):
    """A file of the library to take along."""

    file = DocumentChooserBlock(label=gettext_lazy("File"))
    title = blocks.CharBlock(
        label=gettext_lazy("Name for readers"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("If left empty, the file's title in the library."),
    )

    class Meta:
        icon = "doc-full"
        label = gettext_lazy("File")


class FilesBlock(Unnamed, blocks.ListBlock):
    """Files under a heading of their own."""

    frozen_as = "wagtail.blocks.ListBlock"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add what the list of attachments shows."""
        context = super().get_context(value, parent_context=parent_context)
        files = [file_entry(item["file"], item["title"]) for item in value if item["file"]]
        return {**context, "files": files}


class TableBlock(blocks.StructBlock):
    """Facts in rows, with a caption and a heading above every column."""

    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=gettext_lazy("Plain words"), required=False)),
            ("number", blocks.CharBlock(label=gettext_lazy("Figure"), required=False)),
        ],
        label=gettext_lazy("Table"),
    )
    row_header = blocks.BooleanBlock(
        label=gettext_lazy("The first column names the rows"),
        required=False,
        default=True,
        help_text=gettext_lazy("Read aloud before every cell of the row by screen readers."),
    )

    def clean(self, value: Any) -> Any:
        """Ask for the words without which a table cannot be understood; a draft may still lack them."""
        cleaned = super().clean(value)
        table = cleaned["table"]  # its cells are fields, its caption and headings are none
        table.caption = clean_line(table.caption or "").strip()
        table.columns = [
            {**column, "heading": clean_line(column["heading"]).strip()} for column in table.columns
        ]
        if not self.is_deferred_validation:
            faults = list(faults_of_table(cleaned["table"]))
            if faults:
                raise StructBlockValidationError(block_errors={"table": ValidationError(faults)})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the table as the component of tables draws it."""
        context = super().get_context(value, parent_context=parent_context)
        table = value["table"]
        numeric = [column["block"].name == "number" for column in table.columns]
        columns = [
            {"label": column["heading"], "numeric": right}
            for column, right in zip(table.columns, numeric, strict=True)
        ]
        rows = [
            [
                {"text": cell.value or "", "numeric": right}
                for cell, right in zip(row, numeric, strict=True)
            ]
            for row in table.rows
        ]
        name = f"table-{context.get('part', 0)}"
        return {**context, "columns": columns, "rows": rows, "table_id": name}

    class Meta:
        icon = "table"
        label = gettext_lazy("Table")
        template = "partybuilding/blocks/table.html"


def faults_of_table(table: TypedTable) -> Iterator[str]:
    """Name what a table lacks."""
    if not table.columns or not table.row_data:
        yield _("Add columns and rows, or take the table out.")
        return
    if not table.caption:
        yield _("Say in the caption what the table shows.")
    if not all(column["heading"].strip() for column in table.columns):
        yield _("Give every column a heading.")


class BodyBlock(blocks.StreamBlock):
    """The body of a page: text, pictures, figures, files."""

    heading = blocks.CharBlock(
        label=gettext_lazy("Section heading"),
        icon="title",
        max_length=60,
        template="partybuilding/blocks/heading.html",
    )
    text = TextBlock(
        label=gettext_lazy("Running text"),
        icon="pilcrow",
        features=RICH_TEXT,
        template="partybuilding/blocks/text.html",
    )
    figure = FigureBlock()
    gallery = GalleryBlock(
        FigureBlock(),
        label=gettext_lazy("Several pictures"),
        icon="image",
        min_num=2,
        max_num=12,
        template="partybuilding/blocks/gallery.html",
    )
    quote = QuoteBlock()
    table = TableBlock()
    numbers = NumbersBlock(
        NumberBlock(),
        label=gettext_lazy("Figures in large type"),
        icon="order",
        min_num=1,
        max_num=6,
        template="partybuilding/blocks/numbers.html",
    )
    files = FilesBlock(
        FileBlock(),
        label=pgettext_lazy("body", "Attachments"),
        icon="doc-full",
        min_num=1,
        template="partybuilding/blocks/files.html",
    )

    def clean(self, value: Any) -> Any:
        """Hold headings to their order when the page is handed in, so that they can be read aloud."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        for place, child in enumerate(cleaned):
            if child.block_type == "heading":
                break
            if child.block_type == "text" and "<h3" in child.value.source:
                sentence = _("Put a section heading above the first small heading.")
                raise StreamBlockValidationError(block_errors={place: ValidationError(sentence)})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Fetch what all parts need before the first is drawn."""
        pictures.fetch_cuts(images_of(value), pictures.BODY, pictures.CARD)
        expand_links(value)
        return super().get_context(value, parent_context=parent_context)

    class Meta:
        template = "partybuilding/blocks/body.html"


def expand_links(body: Any) -> None:
    """Look up the links of all running texts at once."""
    texts = [child.value for child in body if child.block_type == "text"]
    expanded = expand_db_html(BETWEEN.join(text.source for text in texts)).split(BETWEEN)
    for text, html in zip(texts, expanded, strict=False):
        text.expanded = html
