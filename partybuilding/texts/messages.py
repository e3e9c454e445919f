"""Messages that rooms declare: drafted in the words in use, and listed with a preview."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.states import Text as Words
from partybuilding.core.texts import Message, Wording
from partybuilding.core.texts.messages import message_of
from partybuilding.core.types import AnyUser
from partybuilding.texts.models import Text
from partybuilding.texts.register import EditedText
from partybuilding.texts.selectors import message_in_use


def notice_draft(
    wording: Wording, told: Iterable[Any], values: Mapping[str, str], url: str
) -> NoticeDraft:
    """Draft a notice in the words in use."""
    message = message_in_use(wording, values)
    return NoticeDraft(told, message.subject, message.body, url)


def samples_alone(_user: AnyUser) -> "QuerySet[Any]":
    """Return no record: what is told of nobody else's, or of many at once, is shown with its samples."""
    return Text.objects.none()


def message_texts(
    names: Iterable[tuple[Wording, Words]],
    examples: Callable[[AnyUser], "QuerySet[Any]"] = samples_alone,
    values_of: Callable[[Any], Mapping[str, str]] = lambda _record: {},
    group: str = "messages",
) -> tuple[EditedText, ...]:
    """List messages with what they are called; what a record does not say, the samples do."""

    def drawn_in(wording: Wording) -> Callable[[str, Any], Message]:
        def drawn(body: str, record: Any) -> Message:
            said = values_of(record) if record is not None else {}
            known = {name: words for name, words in said.items() if words}
            return message_of(wording, body, {**wording.samples, **known})

        return drawn

    return tuple(
        EditedText(wording, name, drawn_in(wording), examples, group) for wording, name in names
    )
