"""The Word edition: headings as styles, a contents field, pictures with their alternatives, heads of tables."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from partybuilding.casebook.press.words import WORDS
from partybuilding.core.papers import word_parts as parts
from partybuilding.core.papers.word_parts import CENTER, RIGHT, SIZE_5, Face
from partybuilding.core.text.characters import writable

RED, SOFT = RGBColor(0xB3, 0x00, 0x0C), RGBColor(0x54, 0x4C, 0x43)
TEXT, SMALL = Face("宋体", Pt(12)), Face("宋体", SIZE_5)
CAPTION, LABEL = Face("黑体", SIZE_5, color=SOFT), Face("黑体", SIZE_5)
TITLE, YEAR = Face("方正小标宋简体", Pt(36)), Face("方正小标宋简体", Pt(48), color=RED)
HEADINGS = {
    1: Face("黑体", Pt(22), color=RED),
    2: Face("黑体", Pt(16)),
    3: Face("黑体", Pt(14)),
    4: Face("黑体", Pt(12)),
}
PITCH = 22
#: The width of the text in centimetres.
WIDTH = 15.6


def word_book(book: dict[str, Any], folder: Path, timestamp: int) -> bytes:
    """Return the book as a Word file that can be edited; the pictures lie in the folder already."""
    return _Writer(book, folder).written(datetime.fromtimestamp(timestamp, UTC))


class _Writer:
    def __init__(self, book: dict[str, Any], folder: Path) -> None:
        self.book, self.folder = book, folder
        self.document: WordDocument = parts.new_document(TEXT, top=28, bottom=26, left=27, right=27)
        for level, face in HEADINGS.items():
            _style_heading(self.document, level, face)

    def written(self, at: datetime) -> bytes:
        """Write part after part."""
        book = self.book
        self._front()
        for part in book["front"]:
            if part["name"] != "figures":
                self._texts(part["title"], part["texts"])
        self._contents()
        self._figures()
        for case in book["cases"]:
            self._case(case)
        self._promises()
        for part in book["rear"]:
            if part["name"] not in {"promises", "index"}:
                self._texts(part["title"], part["texts"])
        _pages(self.document)
        properties = self.document.core_properties
        properties.created = properties.modified = at
        properties.last_modified_by = ""
        properties.revision = 1
        return parts.to_bytes(self.document, title=book["title"], author=book["issuer"])

    def _front(self) -> None:
        book = self.book
        self._line(str(book["year"]), YEAR, before=140, after=12)
        for words in book["cover_title"]:
            self._line(words, TITLE)
        if book["subtitle"]:
            self._line(book["subtitle"], Face("宋体", Pt(16)), before=12)
        self._line(book["issuer"], Face("宋体", Pt(16)), before=200)
        self._line(book["dated"], Face("宋体", Pt(14)))
        if book["watermark"]:
            self._line(book["watermark"], Face("黑体", Pt(22), color=RED), before=12)
        for row in book["board"]:
            self._pair(row["role"], "　".join(row["names"]))
        for label, value in book["imprint"]:
            self._pair(label, value)

    def _line(self, text: str, face: Face, *, before: float = 0, after: float = 0) -> None:
        shaped = parts.shape(
            self.document.add_paragraph(), align=CENTER, before=before, after=after
        )
        parts.write(shaped, text, face)

    def _pair(self, label: str, value: str) -> None:
        line = parts.shape(self.document.add_paragraph(), pitch=20)
        parts.write(line, f"{label}：", LABEL)
        parts.write(line, value, SMALL)

    def _heading(self, text: str, level: int, *, page: bool = False) -> Paragraph:
        heading = self.document.add_heading(writable(text), level)
        heading.paragraph_format.page_break_before = page
        return heading

    def _texts(self, title: str, texts: Iterable[str]) -> None:
        self._heading(title, 1, page=True)
        for text in texts:
            self._running([{"text": text, "bold": False, "emphasis": False, "href": ""}])

    def _running(self, spans: Iterable[dict[str, Any]], *, mark: str = "") -> None:
        shaped = parts.shape(self.document.add_paragraph(), indent=TEXT, pitch=PITCH)
        if mark:
            parts.write(shaped, mark, Face("黑体", TEXT.size, color=RED))
        for one in spans:
            family = "黑体" if one["bold"] else "楷体" if one["emphasis"] else TEXT.family
            parts.write(shaped, one["text"], Face(family, TEXT.size, bold=one["bold"]))
            if one["href"]:
                parts.write(shaped, f"（{one['href']}）", CAPTION)

    def _contents(self) -> None:
        """Put a field that Word fills with page numbers when the file is opened; until then the titles."""
        title = parts.shape(self.document.add_paragraph(), align=CENTER, after=12)
        title.paragraph_format.page_break_before = True
        parts.write(title, str(WORDS["contents"]), HEADINGS[1])
        field = self.document.add_paragraph()
        _field_mark(field, "begin", dirty=True)
        _instruction(field, r'TOC \o "1-2" \h \z \u')
        _field_mark(field, "separate")
        titles = [case["title"] for case in self.book["cases"]]
        for number, text in enumerate(titles):
            if number:
                field.add_run().add_break(WD_BREAK.LINE)
            parts.write(field, text, TEXT)
        _field_mark(field, "end")
        _update_on_opening(self.document)

    def _figures(self) -> None:
        figures = self.book["figures"]
        if not figures["numbers"]["rows"]:
            return
        self._heading(str(WORDS["figures"]), 1, page=True)
        if figures["said"]:
            self._running([{"text": figures["said"], "bold": False, "emphasis": False, "href": ""}])
        self._element(figures["numbers"])
        for one in figures["bars"]:
            rows = [[row["label"], str(row["count"])] for row in one["rows"]]
            self._table(one["caption"], one["heads"][:2], rows)
        for one in figures["tables"]:
            self._element(one)

    def _case(self, case: dict[str, Any]) -> None:
        self._heading(f"{case['number']}　{case['title']}", 1, page=True)
        if case["summary"]:
            self._running([{"text": case["summary"], "bold": False, "emphasis": True, "href": ""}])
        if case["lead"]:
            self._picture(case["lead"])
        for label, value in case["facts"]:
            self._pair(label, value)
        if case["address"]:
            self._pair(str(WORDS["address"]), case["address"])
        for part in case["parts"]:
            self._heading(part["label"], 2)
            for element in part["elements"]:
                self._element(element)

    def _element(self, element: dict[str, Any]) -> None:
        WRITERS[element["kind"]](self, element)

    def _figures_element(self, element: dict[str, Any]) -> None:
        for one in element["figures"]:
            self._picture(one)

    def _picture(self, figure: dict[str, Any]) -> None:
        shaped = parts.shape(self.document.add_paragraph(), align=CENTER, before=6)
        width = min(Mm(figure["width"]), Cm(WIDTH))
        drawn = shaped.add_run().add_picture(str(self.folder / figure["file"]), width=width)
        drawn._inline.docPr.set("descr", writable(figure["alt"]))
        if figure["caption"]:
            shaped.paragraph_format.keep_with_next = True
            self._line(figure["caption"], CAPTION, after=6)

    def _paragraph(self, element: dict[str, Any]) -> None:
        self._running(element["spans"])

    def _small_heading(self, element: dict[str, Any]) -> None:
        self._heading(element["text"], element["level"])

    def _list(self, element: dict[str, Any]) -> None:
        for number, item in enumerate(element["items"], start=1):
            self._running(item, mark=f"{number}. " if element["ordered"] else "· ")

    def _quote(self, element: dict[str, Any]) -> None:
        kai = Face("楷体", TEXT.size)
        shaped = parts.shape(
            self.document.add_paragraph(), pitch=PITCH, left=24, right=24, before=6
        )
        parts.write(shaped, element["text"], kai)
        if element["who"]:
            shaped = parts.shape(self.document.add_paragraph(), align=RIGHT, right=24, after=6)
            parts.write(shaped, f"——{element['who']}", kai)

    def _table_element(self, element: dict[str, Any]) -> None:
        self._table(element["caption"], element["heads"], element["rows"], element["numeric"])

    def _table(
        self,
        caption: str,
        heads: list[str],
        rows: list[list[str]],
        numeric: list[bool] | None = None,
        widths: list[float] | None = None,
    ) -> None:
        if caption:
            title = parts.shape(self.document.add_paragraph(), align=CENTER, before=8, after=4)
            title.paragraph_format.keep_with_next = True
            parts.write(title, caption, LABEL)
        widths = widths or [WIDTH / len(heads)] * len(heads)
        table = parts.add_table(self.document, widths)
        head = parts.add_row(table, widths, height=0.8)
        parts.repeat_as_header(head)
        for cell, text in zip(head.cells, heads, strict=True):
            parts.fill(cell, text, LABEL, align=CENTER)
        for texts in rows:
            row = parts.add_row(table, widths, height=0.7)
            parts.keep_whole(row)
            right = numeric or [False] * len(texts)
            for cell, text, is_number in zip(row.cells, texts, right, strict=True):
                parts.fill(cell, text, SMALL, align=RIGHT if is_number else None)

    def _numbers(self, element: dict[str, Any]) -> None:
        for row in element["rows"]:
            self._pair(row["label"], f"{row['number']}{row['unit']}")

    def _files(self, element: dict[str, Any]) -> None:
        self._running([{**_plain(f"{WORDS['files']}{'、'.join(element['names'])}。")}])

    def _promises(self) -> None:
        book = self.book
        if not book["promises"]:
            return
        self._heading(str(WORDS["promises"]), 1, page=True)
        self._running([_plain(book["promises_said"])])
        heads: Any = WORDS["promise_heads"]
        for one in book["promises"]:
            rows = [
                [str(n), row["goal"], row["deadline"], row["state"]]
                for n, row in enumerate(one["rows"], start=1)
            ]
            self._table(one["title"], heads, rows, widths=[1.2, 7.6, 3.6, 3.2])


def _plain(text: str) -> dict[str, Any]:
    return {"text": text, "bold": False, "emphasis": False, "href": ""}


#: How each kind of element is written.
WRITERS: dict[str, Callable[[_Writer, dict[str, Any]], None]] = {
    "paragraph": _Writer._paragraph,
    "heading": _Writer._small_heading,
    "figures": _Writer._figures_element,
    "list": _Writer._list,
    "quote": _Writer._quote,
    "table": _Writer._table_element,
    "numbers": _Writer._numbers,
    "files": _Writer._files,
}


def _style_heading(document: WordDocument, level: int, face: Face) -> None:
    style = document.styles[f"Heading {level}"]
    parts.dress(style, face)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a typeface of the theme would win
    style.font.italic = False
    style.font.color.rgb = face.color or RGBColor(0x1D, 0x1A, 0x16)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(18 if level == 1 else 12), Pt(8)


def _pages(document: WordDocument) -> None:
    footer = parts.shape(document.sections[0].footer.paragraphs[0], align=CENTER)
    parts.add_field(footer, "PAGE", SMALL)


def _field_mark(paragraph: Paragraph, kind: str, *, dirty: bool = False) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    if dirty:
        mark.set(qn("w:dirty"), "true")
    paragraph.add_run()._r.append(mark)


def _instruction(paragraph: Paragraph, code: str) -> None:
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)


def _update_on_opening(document: WordDocument) -> None:
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    document.settings.element.append(update)
