"""Questions that are answered with files, which lie among the record's attachments under the question's key."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import pgettext_lazy

from partybuilding.core.files.fields import ManyFilesField
from partybuilding.core.sheets.questions import Question


@dataclass(frozen=True, kw_only=True, eq=False)
class Enclosure(Question):
    """Files of a named kind, such as the minutes of a meeting; a snapshot keeps their names."""

    kind = "file"
    name = pgettext_lazy("kind of question", "File")
    is_written: ClassVar[bool] = False

    def value(self, record: Any) -> list[str] | None:
        names = [file.name for file in record.attachments.all() if file.question == self.key]
        return names or None

    def say(self, value: Any) -> str:
        return "、".join(value or ())

    def canonical(self, value: Any) -> None:
        """Store nothing beside the attachments."""

    def input_class(self) -> type[forms.Field]:
        return ManyFilesField

    def input_options(self) -> dict[str, Any]:
        return {"kinds": None}

    def missing(self, record: Any) -> Iterator[Any]:
        # The names of files are no answer that says anything of a person.
        if self.required and not self.is_complete(record):
            yield self.required
