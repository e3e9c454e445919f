"""Where a text is seen: on the page beside the editor, and as the files in which it leaves the house."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from partybuilding.core.files.uploads import Kind
from partybuilding.core.papers.certificates import Certificate, certificate_docx, certificates_pdf
from partybuilding.core.papers.letters import LetterOutline
from partybuilding.core.papers.typesetting import letter_pdf
from partybuilding.core.papers.word import letter_docx
from partybuilding.core.texts import Message


@dataclass(frozen=True)
class Surface:
    """How what was drawn is shown on a page, and the editions in which it can be taken along."""

    template: str
    editions: dict[str, Callable[[Any], bytes]]


SURFACES: dict[type, Surface] = {
    LetterOutline: Surface(
        "partybuilding/texts/letter.html",
        {
            Kind.PDF.value: lambda letter: letter_pdf(letter, None),
            Kind.DOCX.value: letter_docx,
        },
    ),
    Certificate: Surface(
        "partybuilding/texts/certificate.html",
        {
            Kind.PDF.value: lambda one: certificates_pdf([one], title=one.heading, day=None),
            Kind.DOCX.value: lambda one: certificate_docx(one, title=one.heading),
        },
    ),
    Message: Surface("partybuilding/texts/message.html", {}),
}


def surface_of(drawn: Any) -> Surface:
    """Return how something that was drawn is shown."""
    return SURFACES[type(drawn)]
