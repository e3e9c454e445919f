"""Questions that are answered in words."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from partybuilding.core.sheets.questions import Question
from partybuilding.core.text.characters import clean_line, clean_text
from partybuilding.core.text.validators import has_words


@dataclass(frozen=True, kw_only=True, eq=False)
class ShortAnswer(Question):
    """A few words on one line."""

    longest: int = 100
    kind = "text"
    name = _("Short text")

    @classmethod
    def limits(cls, said: Mapping[str, Any]) -> dict[str, Any]:
        longest = said.get("longest", cls.longest)
        return {"longest": longest, "wide": longest > 20}

    def canonical(self, value: Any) -> Any:
        cleaned = clean_line(value).strip() if isinstance(value, str) else ""
        return unicodedata.normalize("NFC", cleaned) or None

    def input_options(self) -> dict[str, Any]:
        return {"max_length": self.longest}


@dataclass(frozen=True, kw_only=True, eq=False)
class LongAnswer(Question):
    """A text of several paragraphs."""

    longest: int = 2000
    kind = "long"
    name = _("Long text")
    is_long: ClassVar[bool] = True

    @classmethod
    def limits(cls, said: Mapping[str, Any]) -> dict[str, Any]:
        return {"longest": said.get("longest", cls.longest)}

    def canonical(self, value: Any) -> Any:
        cleaned = clean_text(value).strip() if isinstance(value, str) else ""
        return unicodedata.normalize("NFC", cleaned) or None

    def is_complete(self, record: Any) -> bool:
        return has_words(self.words(record))

    def input_options(self) -> dict[str, Any]:
        rows = 10 if self.longest > 300 else 4
        return {"max_length": self.longest, "widget": forms.Textarea(attrs={"rows": rows})}
