"""Which characters a text may hold: cleaned where it comes in, and once more where a file is written.

Phones, Word and web pages send along what nobody sees. XML refuses some of it, so that one such character
makes a whole feed or workbook fail; a line break in a title stops the mail about it; marks of direction
make a text read otherwise than it is.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django import forms

#: Written as a new line: Word's soft break (U+000B), form feed, and the separators of lines and paragraphs.
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
#: What XML 1.0 refuses, and the controls that have no shape.
UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
#: Not seen by anybody: marks of direction and of order, breaks of no width, fillers, tags.
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufeff\uffa0\ufff9-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
OUTSIDE = "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
)
UNSEEN_IN_TEXT = re.compile(f"[{UNSEEN}{OUTSIDE}]")
#: In one line, also the joiners of letters and the selectors of a letter's form.
UNSEEN_IN_LINE = re.compile(f"[{UNSEEN}{OUTSIDE}\u200c\u200d\ufe00-\ufe0f]")
BLANKS = re.compile("[\t\n\u00a0\u1680\u2000-\u200a\u202f\u205f]")


def writable(text: str) -> str:
    """Return a text that every file format takes; what can be read of it stays as it is."""
    return UNWRITABLE.sub("", LINE_ENDS.sub("\n", text))


def clean_text(text: str) -> str:
    """Return what somebody wrote in several lines, without what cannot be seen or written."""
    return UNSEEN_IN_TEXT.sub("", writable(text))


def clean_line(text: str) -> str:
    """Return what somebody wrote in one line: a break becomes a blank, and nothing is hidden in it."""
    return UNSEEN_IN_LINE.sub("", BLANKS.sub(" ", writable(text)))


def clean_html(text: str) -> str:
    """Return rich text without what cannot be seen or written; Word's soft break breaks the line."""
    broken = re.sub("[\v\u2028\u2029]", "<br/>", text)
    return UNSEEN_IN_TEXT.sub("", writable(broken))


def name_key(text: str) -> str:
    """Return what two names share that look the same: width, blanks, case and hidden marks do not count."""
    folded = unicodedata.normalize("NFKC", clean_line(text)).casefold()
    return "".join(character for character in folded if not character.isspace())


def every_text(value: Any, cleaner: Callable[[str], str]) -> Any:
    """Clean every text of a value made of dictionaries and lists; what is no text stays as it is."""
    if isinstance(value, str):
        return cleaner(value)
    if isinstance(value, dict):
        return {name: every_text(part, cleaner) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [every_text(part, cleaner) for part in value]
    return value


def clean_every_form() -> None:
    """Let every text field of every form clean what it takes, those of the CMS and of Django included.

    Django builds all of them on one field and gives no other place where none can be forgotten.
    """
    from django import (
        forms,  # not above: whoever only cleans texts, as the press does, starts without Django
    )

    taken = forms.CharField.to_python
    if hasattr(taken, "cleans"):
        return

    def to_python(field: forms.CharField, value: Any) -> Any:
        text = taken(field, value)
        if not isinstance(text, str) or isinstance(field.widget, forms.PasswordInput):
            return text
        cleaned = _cleaner(field.widget)(text)
        return (cleaned.strip() if field.strip else cleaned) or field.empty_value

    to_python.cleans = True  # type: ignore[attr-defined]
    forms.CharField.to_python = to_python  # type: ignore[method-assign, assignment]


def _cleaner(widget: "forms.Widget") -> Any:
    from django import forms

    if getattr(widget, "accepts_features", False):
        return clean_html
    return clean_text if isinstance(widget, forms.Textarea | forms.HiddenInput) else clean_line
