"""What an edited text is made of: its placeholders, the words it is delivered with, and what it must keep. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from partybuilding.core.states import Text
from partybuilding.core.texts.language import Line, Value, fill, is_alone, left_over, names_in
from partybuilding.core.words.actors import said

#: The most that a text may hold.
MOST_LETTERS, LONGEST_TITLE = 5000, 100


@dataclass(frozen=True)
class Placeholder:
    """A name that stands for what is computed.

    Args:
        name: as it is written between the braces.
        meaning: what it stands for, in words.
        sample: what it may read like.
        required: whether a text without it cannot be saved.
        alone: whether it has a line to itself: a table, a list, what is set in large letters.
    """

    name: str
    meaning: Text
    sample: Value
    required: bool = False
    alone: bool = False

    @property
    def written(self) -> str:
        """How it stands in a text."""
        return f"{{{{{self.name}}}}}"


@dataclass(frozen=True)
class Message:
    """A text as it is sent: its first line is the subject."""

    subject: str
    body: str


@dataclass(frozen=True)
class Wording:
    """A text that may be edited; its first line is its title.

    Args:
        code: names it for ever, also where its versions are kept.
        placeholders: the closed list of names.
        source: the words it is delivered with, or a function that reads them from the catalogue.
        lines: how many lines it must have; 0 leaves it open.
    """

    code: str
    placeholders: tuple[Placeholder, ...]
    source: str | Callable[[], str] = field(repr=False)
    lines: int = 0

    @property
    def delivered(self) -> str:
        """The words it is delivered with, with the names of the actors in their places."""
        return said(self.source) if isinstance(self.source, str) else self.source()

    @property
    def samples(self) -> dict[str, Value]:
        """What the placeholders may read like."""
        return {one.name: one.sample for one in self.placeholders}

    def fill(self, body: str, values: Mapping[str, Value]) -> list[Line]:
        """Return the lines of a body, or of the delivered text where it has none."""
        return fill(body or self.delivered, values)

    def faults(self, body: str) -> list[str]:
        """Say in words what keeps a body from being used."""
        if len(body) > MOST_LETTERS:
            return [_("The text is longer than %(most)s characters.") % {"most": MOST_LETTERS}]
        rows = [row.strip() for row in body.split("\n") if row.strip()]
        return [*self._of_names(body), *self._of_rows(rows)]

    def _of_names(self, body: str) -> Iterator[str]:
        used, known = dict.fromkeys(names_in(body)), {one.name for one in self.placeholders}
        for name in used:
            if name not in known:
                yield _("There is no placeholder “%(name)s” in this text.") % {"name": name}
        for one in self.placeholders:
            if one.required and one.name not in used:
                yield _("The placeholder “%(name)s” may not be left out.") % {"name": one.name}

    def _of_rows(self, rows: list[str]) -> Iterator[str]:
        alone = {one.name for one in self.placeholders if one.alone}
        if not rows or len(rows[0]) > LONGEST_TITLE or alone.intersection(names_in(rows[0])):
            most = {"most": LONGEST_TITLE}
            yield _("The first line is the title: in words, at most %(most)s characters.") % most
        if self.lines and len(rows) != self.lines:
            yield _("This text has exactly %(count)s lines.") % {"count": self.lines}
        for place, row in enumerate(rows, start=1):
            if left_over(row):
                yield _("Line %(place)s: a brace is left over; placeholders read {{…}}.") % {
                    "place": place
                }
            for name in alone.intersection(names_in(row)):
                if not is_alone(row):
                    yield _("Line %(place)s: “%(name)s” has a line to itself.") % {
                        "place": place,
                        "name": name,
                    }
