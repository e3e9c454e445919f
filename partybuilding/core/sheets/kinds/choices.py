"""Questions that are answered by choosing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partybuilding.core.sheets.questions import Question
from partybuilding.core.states import Text

#: So many options are read at a glance; more of them open like a list.
AT_A_GLANCE = 7
YES, NO = "yes", "no"


@dataclass(frozen=True, kw_only=True, eq=False)
class OneOf(Question):
    """One of several options; `options` are pairs of code and label, in their order."""

    options: tuple[tuple[str, Text], ...] = ()
    kind = "choice"
    name = _("One choice")

    @classmethod
    def limits(cls, said: Mapping[str, Any]) -> dict[str, Any]:
        options = tuple((one["code"], one["label"]) for one in said.get("options", ()))
        return {"options": options, "wide": True}

    def say_options(self) -> str:
        """Return all options, as they are read before anything is chosen."""
        return "、".join(str(label) for _code, label in self.options)

    def labels(self, codes: Any) -> Iterator[str]:
        """Yield the labels of these codes, in the order of the form."""
        return (str(label) for code, label in self.options if code in codes)

    def say(self, value: Any) -> str:
        return "、".join(self.labels([value]))

    def codes_of(self, value: Any) -> set[str]:
        return set() if value is None else {value}

    def canonical(self, value: Any) -> Any:
        return value if value in [code for code, _label in self.options] else None

    def input_class(self) -> type[forms.Field]:
        return forms.ChoiceField

    def input_options(self) -> dict[str, Any]:
        if len(self.options) > AT_A_GLANCE:
            return {"choices": [("", _("Please choose")), *self.options]}
        none = [] if self.must else [("", _("No answer"))]
        return {"choices": [*self.options, *none], "widget": forms.RadioSelect}

    def initial(self, value: Any) -> Any:
        return value or ""


@dataclass(frozen=True, kw_only=True, eq=False)
class SeveralOf(OneOf):
    """Any number of several options; kept as codes in the order of the form."""

    kind = "choices"
    name = _("Several choices")

    def say(self, value: Any) -> str:
        return "、".join(self.labels(value or ()))

    def codes_of(self, value: Any) -> set[str]:
        return set(value or ())

    def canonical(self, value: Any) -> Any:
        given = value if isinstance(value, list | tuple) else []
        return [code for code, _label in self.options if code in given] or None

    def input_class(self) -> type[forms.Field]:
        return forms.MultipleChoiceField

    def input_options(self) -> dict[str, Any]:
        return {"choices": list(self.options), "widget": forms.CheckboxSelectMultiple}

    def initial(self, value: Any) -> Any:
        return value or []


@dataclass(frozen=True, kw_only=True, eq=False)
class YesNo(OneOf):
    """Yes or no; kept as true or false."""

    kind = "yes_no"
    name = _("Yes or no")

    @classmethod
    def limits(cls, said: Mapping[str, Any]) -> dict[str, Any]:
        return {"options": ((YES, _("yes")), (NO, _("no")))}

    def say(self, value: Any) -> str:
        return "".join(self.labels(self.codes_of(value)))

    def codes_of(self, value: Any) -> set[str]:
        return set() if value is None else {YES if value else NO}

    def canonical(self, value: Any) -> Any:
        return value if isinstance(value, bool) else {YES: True, NO: False}.get(str(value))

    def initial(self, value: Any) -> Any:
        return next(iter(self.codes_of(value)), "")
