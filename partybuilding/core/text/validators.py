"""What texts of every room are held to: they say something, papers can print them, telephones are telephones."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from partybuilding.core.papers.typesetting import listing_of, missing_characters

#: A name or title is more than signs; words are at least two different letters or digits, one a letter: 同意, 8人.
NAMED, SAID = 1, 2
#: So many make a reason or evidence that everybody reads.
TOLD = 4
#: 139 1234 5678, 023-79220000-801, (023) 7922 0000 转 8, 400-123-4567, 12380; a remark may follow in brackets.
NUMBER = r"(?:\+?(?:00)?86)?1[3-9]\d{9}|(?:0\d{2,3})\d{7,8}(?:[#x]\d{1,6})?|[48]00\d{7}|1\d{4}"
TELEPHONE = re.compile(rf"(?:{NUMBER})(?:\([^()]{{1,12}}\))?")
EXTENSION = re.compile(r"(?:转|分机|ext\.?|[-#])(?=\d{1,6}(?:\(|$))", re.IGNORECASE)
BETWEEN_NUMBERS = re.compile("[、,;/]+")


def has_words(text: str, at_least: int = SAID) -> bool:
    """Tell whether a text says anything: not a full stop, an emoji, or one letter again and again."""
    signs = {sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum()}
    return len(signs) >= at_least and any(sign.isalpha() for sign in signs)


def validate_words(text: str) -> None:
    """Refuse what says nothing."""
    if not has_words(text):
        raise ValidationError(_("Please say it in words; signs alone say nothing."), code="words")


def validate_told(text: str) -> None:
    """Refuse what tells its readers nothing."""
    if not has_words(text, TOLD):
        raise ValidationError(
            _("Please say in a sentence what it is about; everybody reads this."), code="words"
        )


def unprintable(text: str) -> set[str]:
    """Return the signs that no paper can print, such as emoji; rare letters of names may stay."""
    strange = missing_characters(text, installed=False)
    return {sign for sign in strange if unicodedata.category(sign)[0] not in "LMN"}


def validate_printable(text: str) -> None:
    """Name the signs that no paper can print."""
    if missing := unprintable(text):
        raise ValidationError(
            _("Papers cannot print %(characters)s; take it out or write it in words.")
            % {"characters": listing_of(missing)},
            code="unprintable",
        )


def is_telephone(text: str) -> bool:
    """Tell whether a text is one telephone number or several: mobile, or landline with its area code."""
    folded = unicodedata.normalize("NFKC", text).replace("——", "-")
    numbers = BETWEEN_NUMBERS.split(folded)
    return bool(numbers) and all(TELEPHONE.fullmatch(_plain(number)) for number in numbers)


def _plain(number: str) -> str:
    """Write a number without blanks, brackets around its area code and strokes; `#` leads an extension."""
    joined = re.sub(r"\s", "", number)
    joined = re.sub(r"^\((\+?\d{2,5})\)", r"\1", joined)
    main, *rest = EXTENSION.split(joined, maxsplit=1) if _has_extension(joined) else [joined]
    return main.replace("-", "") + "".join(f"#{part}" for part in rest)


def _has_extension(number: str) -> bool:
    """Tell whether what follows the last stroke is an extension: enough digits stand before it."""
    found = EXTENSION.search(number)
    return found is not None and len(re.sub(r"\D", "", number[: found.start()])) >= 10


def validate_telephone(text: str) -> None:
    """Refuse what nobody can call."""
    if not is_telephone(text):
        raise ValidationError(
            _("Write a mobile number, or a landline with its area code, such as 023-12345678."),
            code="telephone",
        )


class TelephoneField(models.CharField):
    """A telephone number as it is called and printed; migrations know it as plain text.

    Held to its rule where it is typed: a page of former years with other words in it can still be saved.
    """

    def formfield(self, **kwargs: Any) -> Any:
        """Ask for a number that can be called."""
        field = super().formfield(**kwargs)
        assert field
        field.validators.append(validate_telephone)
        return field

    def deconstruct(self) -> Any:
        """Leave migrations without a name of ours."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class OnPaper:
    """A form whose texts get onto papers: what no paper can print is named beside its field."""

    fields: dict[str, forms.Field]

    def full_clean(self) -> None:
        """Hold every text that is typed to what can be printed, fields that a form adds later included."""
        for field in self.fields.values():
            typed = isinstance(field, forms.CharField) and not field.widget.is_hidden
            if typed and validate_printable not in field.validators:
                field.validators.append(validate_printable)
        super().full_clean()  # type: ignore[misc]
