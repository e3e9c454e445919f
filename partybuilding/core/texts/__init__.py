"""Texts that a department may word itself: a language of placeholders, and what each text is made of."""

from partybuilding.core.texts.language import Line, Value, fill, names_in
from partybuilding.core.texts.wording import Message, Placeholder, Wording

__all__ = ["Line", "Message", "Placeholder", "Value", "Wording", "fill", "names_in"]
