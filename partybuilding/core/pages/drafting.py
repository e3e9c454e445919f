"""Write the plain texts of a case file as the first draft of a page, to be edited."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import escape

from partybuilding.core.states import Text

SUMMARY_LENGTH = 120


def first_sentence(text: str) -> str:
    """Cut a text at its first full stop, at most as long as a summary may be."""
    head = text.strip().split("。")[0].strip()
    return head[:SUMMARY_LENGTH] if head else ""


def paragraphs(text: str) -> str:
    """Write plain text as escaped paragraphs of rich text."""
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def blocks_from(parts: Iterable[tuple[Text, str]]) -> list[dict[str, Any]]:
    """Write parts with their headings as blocks of a page's body; a part without words is left out."""
    blocks: list[dict[str, Any]] = []
    for heading, text in parts:
        if text.strip():
            if heading:
                blocks.append({"type": "heading", "value": str(heading)})
            blocks.append({"type": "text", "value": paragraphs(text)})
    return blocks
