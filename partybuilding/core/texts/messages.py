"""Messages that may be worded: delivered as the catalogue says them, with placeholders in the place of its names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core.texts.language import fill, names_in
from partybuilding.core.texts.wording import Message, Placeholder, Wording

#: All that a message says is the reason that was given.
REASON = "%(reason)s"


def reason_like(sample: str) -> Placeholder:
    """Return the placeholder of the reason that was given with a step; a message that has one may not leave it out."""
    return Placeholder(
        "理由", gettext_lazy("What was written with the step"), sample, required=True
    )


@dataclass(frozen=True)
class Vocabulary:
    """The placeholders that messages of one kind of record may use, by their names in the catalogue.

    Args:
        always: those that every message may use; the others only where its delivered words have them.
    """

    names: Mapping[str, Placeholder]
    always: tuple[str, ...]

    def message(self, code: str, subject: str, *body: str) -> Wording:
        """Declare a message by its subject and the lines of its body, as the catalogue has them in English."""
        said = "".join((subject, *body))
        keys = [key for key in self.names if key in self.always or f"%({key})s" in said]
        marks = {key: one.written for key, one in self.names.items()}

        def source() -> str:
            return "\n".join(_(line) % marks if line else "" for line in (subject, *body))

        return Wording(code, tuple(self.names[key] for key in keys), source)


class Sayings(Mapping[str, str]):
    """Values that are computed when a text asks for them, so that an unused name costs nothing."""

    def __init__(self, **known: object) -> None:
        self._known = known

    def __getitem__(self, name: str) -> str:
        value = self._known[name]
        return str(value() if callable(value) else value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def message_of(wording: Wording, body: str, values: Mapping[str, str]) -> Message:
    """Return a message in the words of a body; where it would have no subject, in those delivered."""
    used = {name: values[name] for name in names_in(body or wording.delivered) if name in values}
    lines = [line.words for line in wording.fill(body, used)]
    if not lines or not lines[0].strip():
        lines = [line.words for line in fill(wording.delivered, values)]
    return Message(lines[0], "\n".join(lines[1:]))
