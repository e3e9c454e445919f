"""A question that a year asks beside the built-in fields, from the form to the paper; its kinds stand in `kinds`.

An answer is plain JSON under the question's key in the record's `answers`; what is not answered has no key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partybuilding.core.sheets.fields import Condition, Field, Snapshot
from partybuilding.core.states import Text
from partybuilding.core.text.personal_data import findings


@dataclass(frozen=True, kw_only=True, eq=False)
class Question(Field):
    """A question of the year; `must` is whether it has to be answered."""

    must: bool = False

    kind: ClassVar[str] = ""
    name: ClassVar[Text] = ""
    is_own: ClassVar[bool] = True

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Question":
        """Build it from what a version of the form keeps."""
        label = said["label"]
        must = bool(said.get("required"))
        when = tuple(Condition(one["of"], frozenset(one["any"])) for one in said.get("when", ()))
        asked = format_lazy(_("“{question}” is not answered yet."), question=label) if must else ""
        common = {"key": said["key"], "label": label, "help": said.get("help", ""), "when": when}
        return cls(**common, must=must, required=asked, **cls.limits(said))

    @classmethod
    def limits(cls, said: Mapping[str, Any]) -> dict[str, Any]:
        """Return what its kind alone keeps."""
        return {}

    def value(self, record: Any) -> Any:
        return record.answers.get(self.key)

    def words(self, record: Any) -> str:
        return self.say(self.value(record))

    def codes(self, record: Any) -> set[str]:
        return self.codes_of(self.value(record))

    def codes_of(self, value: Any) -> set[str]:
        """Return what conditions on an answer are held against."""
        return set()

    def say(self, value: Any) -> str:
        """Return an answer as people read it; of none, nothing."""
        return "" if value is None else str(value)

    def cell(self, record: Any) -> Any:
        """Return what a workbook's cell holds."""
        return self.words(record)

    def canonical(self, value: Any) -> Any:
        """Return an answer as it is stored; None when it is none to this question."""
        raise NotImplementedError

    def initial(self, value: Any) -> Any:
        """Return what the input shows for a stored answer."""
        return value

    def input(self) -> forms.Field:
        """Return the field of the form; nothing is required while a draft is written."""
        words: dict[str, Any] = {"label": self.label, "help_text": self.help}
        return self.input_class()(required=False, **words, **self.input_options())

    def input_class(self) -> type[forms.Field]:
        """Return its class."""
        return forms.CharField

    def input_options(self) -> dict[str, Any]:
        """Return what else the input is made with."""
        return {}

    def missing(self, record: Any) -> Iterator[Text]:
        yield from super().missing(record)
        for found in findings(self.words(record))[:1]:
            words = _("“{question}” holds a number of a person ({excerpt}); take it out.")
            yield format_lazy(words, question=self.label, excerpt=found.excerpt)

    def is_begun(self, record: Any) -> bool:
        return self.value(record) is not None

    def to_snapshot(self, record: Any) -> dict[str, Any]:
        value = self.value(record)
        return {} if value is None else {self.key: value}

    def snapshot_words(self, snapshot: Snapshot, earlier: Snapshot) -> str:
        return self.say(snapshot.get(self.key))
