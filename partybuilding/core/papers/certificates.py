"""Certificates (获奖证书) as PDF and as Word file: one page on its side for each recipient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from partybuilding.core.papers import word_parts as parts
from partybuilding.core.papers.typesetting import midnight, typeset
from partybuilding.core.papers.word_parts import CENTER, RIGHT, SIZE_4, SIZE_SMALL_4, Face

RED = RGBColor(0xB3, 0x00, 0x0C)
HEADING = Face("方正小标宋简体", Pt(46), color=RED)
AWARD = Face("方正小标宋简体", Pt(36), color=RED)
TEXT, NAME = Face("仿宋", Pt(20)), Face("仿宋", Pt(20), bold=True)
SUBHEADING, NUMBER = Face("宋体", SIZE_4), Face("宋体", SIZE_SMALL_4)


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """One certificate in the order of its lines; `award` stands alone in large letters."""

    heading: str
    subheading: str
    recipient: str
    before: str
    award: str
    after: str
    number: str
    issuer: str
    day: str


def certificates_pdf(certificates: Sequence[Certificate], *, title: str, day: date | None) -> bytes:
    """Return certificates of one day in one PDF, a page each; at least one. A draft has no day yet."""
    paper = {"title": title, "certificates": [asdict(one) for one in certificates]}
    return typeset("certificate.typ", paper, timestamp=midnight(day))


def certificate_docx(one: Certificate, *, title: str) -> bytes:
    """Return a certificate as a Word file."""
    document = parts.new_document(TEXT, top=26, bottom=20, left=40, right=40)
    parts.turn(document)
    _frame(document)
    for text, face, after in ((one.heading, HEADING, 0), (one.subheading, SUBHEADING, 16)):
        parts.write(parts.shape(document.add_paragraph(), align=CENTER, after=after), text, face)
    parts.write(parts.shape(document.add_paragraph(), pitch=36), f"{one.recipient}：", NAME)
    _running(document, one.before)
    paragraph = parts.shape(document.add_paragraph(), align=CENTER, before=4, after=4)
    parts.write(paragraph, one.award, AWARD)
    _running(document, one.after)
    for place, text in enumerate((one.issuer, one.day)):
        before = 0 if place else 16
        paragraph = parts.shape(
            document.add_paragraph(), align=RIGHT, before=before, right=30, pitch=32
        )
        parts.write(paragraph, text, TEXT)
    # In the foot of the page, so that a long name does not take it onto a second one.
    parts.write(document.sections[0].footer.paragraphs[0], one.number, NUMBER)
    return parts.to_bytes(document, title=title, author=one.issuer)


def _running(document: WordDocument, text: str) -> None:
    parts.write(parts.shape(document.add_paragraph(), indent=TEXT, pitch=36), text, TEXT)


def _frame(document: WordDocument) -> None:
    """Draw a double line in red around the page."""
    borders = OxmlElement("w:pgBorders")
    borders.set(qn("w:offsetFrom"), "page")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (
            ("val", "thickThinMediumGap"), ("sz", "24"), ("space", "24"), ("color", str(RED)),
        ):  # fmt: skip
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    section = document.sections[0]._sectPr
    section.insert_element_before(
        borders, "w:lnNumType", "w:pgNumType", "w:cols", "w:titlePg", "w:docGrid"
    )
