"""What the official account takes of an article, in characters, and what to do about what is too long."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.states import Text, Tone

TITLE, AUTHOR, DIGEST = 32, 16, 128
#: The platform refuses content from 20,000 characters on; it adds some of its own when it saves.
WARN, BLOCK = 16_000, 19_500


@dataclass(frozen=True)
class Length:
    """How long a part of an article is.

    Args:
        name: ASCII name of the part, that of its field.
        most: the last length that is taken.
        words: what to do, empty while nothing has to be done.
    """

    name: str
    label: Text
    length: int
    most: int
    words: str = ""
    tone: Tone = Tone.NEUTRAL

    @property
    def is_over(self) -> bool:
        """Whether the platform would refuse it."""
        return self.length > self.most


def counts_of(title: str, author: str, digest: str, html: str) -> list[Length]:
    """Count the parts of an article."""
    return [*_lines(title, author, digest), _content(len(html))]


def _lines(title: str, author: str, digest: str) -> Iterator[Length]:
    for name, label, text, most in (
        ("title", pgettext("wechat", "Title"), title, TITLE),
        ("author", pgettext("wechat", "Author"), author, AUTHOR),
        ("digest", pgettext("wechat", "Digest"), digest, DIGEST),
    ):
        over = len(text) - most
        words = _("%(over)s characters too long: shorten it here.") % {"over": over}
        if over > 0:
            yield Length(name, label, len(text), most, words, Tone.NEGATIVE)
        else:
            yield Length(name, label, len(text), most)


def _content(length: int) -> Length:
    label, most = _("Content with its layout"), BLOCK - 1
    if length >= BLOCK:
        words = _(
            "Too long for one article: shorten the page, or tell its parts in several articles."
        )
        return Length("content", label, length, most, words, Tone.NEGATIVE)
    if length >= WARN:
        words = _("Nearly too long: the platform adds to it when it saves.")
        return Length("content", label, length, most, words, Tone.WAITING)
    return Length("content", label, length, most)
