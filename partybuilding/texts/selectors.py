"""Read which words of a text are in use; a stored text that cannot be used never stops anything."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from partybuilding.core.models import TransitionRecord
from partybuilding.core.texts import Message, Wording
from partybuilding.core.texts.messages import message_of
from partybuilding.texts.models import Text
from partybuilding.texts.register import EditedText, texts

#: The texts that cannot be used as they are stored, by the name in an address.
BROKEN = "broken"
log = logging.getLogger(__name__)


def versions_of(code: str) -> QuerySet[Text]:
    """Return the versions of a text, the newest first."""
    return Text.objects.filter(code=code).order_by("-version")


def usable(wording: Wording, body: str) -> str:
    """Return a body, or the delivered text where it cannot be used, which is logged."""
    faults = wording.faults(body)
    if not faults:
        return body
    log.error("stored text not usable", extra={"text": wording.code, "faults": faults})
    return wording.delivered


def body_of(wording: Wording) -> str:
    """Return the words in use: the department's own, or those delivered today."""
    newest = versions_of(wording.code).first()
    own = newest is not None and newest.is_own
    return usable(wording, newest.body) if newest and own else wording.delivered


def body_at(wording: Wording, version: int) -> str:
    """Return the words of a version that a paper names; the delivered ones where it names none."""
    kept = Text.objects.filter(code=wording.code, version=version).first()
    return usable(wording, kept.body) if kept else wording.delivered


def body_kept(wording: Wording, entry: TransitionRecord | None) -> str:
    """Return the words that a step kept for its papers (`texts_kept`); without the step, those in use."""
    if entry is None:
        return body_of(wording)
    return body_at(wording, entry.data.get("texts", {}).get(wording.code, 0))


def message_in_use(wording: Wording, values: Mapping[str, str]) -> Message:
    """Return a message in the words in use."""
    return message_of(wording, body_of(wording), values)


@dataclass(frozen=True)
class Standing:
    """A text of the list, with its newest version and what is to be said of it."""

    text: EditedText
    newest: Text | None

    @property
    def is_kept(self) -> bool:
        """Whether the department wrote words of its own, in use or not."""
        return self.newest is not None and self.newest.is_own

    @property
    def is_own(self) -> bool:
        """Whether the department's own words are in use."""
        return self.is_kept and not self.faults

    @property
    def faults(self) -> list[str]:
        """What keeps the stored words from being used."""
        return self.text.wording.faults(self.newest.body) if self.newest and self.is_kept else []

    def says(self, words: Iterable[str]) -> bool:
        """Tell whether each of some words stands in its name, which says whom it goes to, or in the text."""
        body = self.newest.body if self.newest and self.is_kept else self.text.wording.delivered
        said = f"{self.text.name}\n{body}".casefold()
        return all(word.casefold() in said for word in words)

    @property
    def is_behind(self) -> bool:
        """Whether the delivered text was changed after the department wrote its own."""
        return self.is_own and self.newest.delivered != self.text.wording.delivered  # type: ignore[union-attr]


def standing_of_all() -> list[Standing]:
    """Return every text with its newest version, in one query."""
    newest = Text.objects.values("code").annotate(top=Max("version"))
    tops = {row["code"]: row["top"] for row in newest}
    rows = Text.objects.filter(version__in=set(tops.values()))
    kept = {row.code: row for row in rows if row.version == tops[row.code]}
    return [Standing(one, kept.get(code)) for code, one in texts().items()]


def standing_of(text: EditedText) -> Standing:
    """Return one text with its newest version."""
    return Standing(text, versions_of(text.wording.code).first())
