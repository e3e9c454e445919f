"""Columns and inputs that hold a code of a list."""

from functools import partialmethod
from operator import attrgetter
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.states import Text
from partybuilding.core.words.lists import Pairs, WordList


class WordField(models.CharField):
    """The code of a word; `get_…_display` says it as the record's year said it, without a query.

    To migrations it is text: a list that grows changes no table. Whoever saves a record, by a form or a
    service, is refused a word that the list does not have, and a retired one that the record has not.

    Args:
        words: the list.
        year: where the key of the record's year lies, with dots; "" for what belongs to no year.
        is_copied: it is taken over from another record, retired or not, and chosen by nobody.
    """

    words: WordList

    def __init__(
        self,
        *args: Any,
        words: WordList | None = None,
        year: str = "",
        is_copied: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if words is not None:
            self.words, self.year, self.is_copied = words, year, is_copied

    def deconstruct(self) -> Any:
        """Be a column of text."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any) -> None:
        """Give the model the words of the column."""
        super().contribute_to_class(cls, name, *args)
        setattr(cls, f"get_{self.name}_display", partialmethod(_display, field=self))

    def year_of(self, record: Any) -> int | None:
        """Return the key of the year that a record belongs to; None where it hangs on nothing yet."""
        try:
            return attrgetter(self.year)(record) if self.year else None
        except ObjectDoesNotExist:
            return None

    def validate(self, value: Any, model_instance: Any) -> None:
        """Hold the value to the list; a retired word stays where it is and goes nowhere else."""
        super().validate(value, model_instance)
        if not self._fits(value, model_instance):
            raise ValidationError(self._refusal(value, model_instance), "invalid_choice")

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Hold what a service writes to the list, too.

        Raises:
            ConditionUnmet: the list has no such word, or it is retired and the record does not have it.
        """
        value = super().pre_save(model_instance, add)
        if not self._fits(value, model_instance):
            raise ConditionUnmet([self._refusal(value, model_instance)])
        return value

    def _refusal(self, value: str, record: Any) -> str:
        words = _("“%(word)s” is no longer in use; choose another word.")
        return words % {"word": self.words.label(value, self.year_of(record))}

    def _fits(self, value: Any, record: Any) -> bool:
        if value in self.empty_values:
            return True
        word = self.words.find(value, self.year_of(record))
        if word is None or (word.is_retired and not self.is_copied):
            rows = type(record)._base_manager
            return rows.filter(pk=record.pk, **{self.attname: value}).exists()
        return True

    def formfield(self, **kwargs: Any) -> Any:
        """Return an input that offers the words."""
        kwargs.pop("choices_form_class", None)
        return super().formfield(
            **{"form_class": WordChoice, "words": self.words, "model_field": self, **kwargs}
        )


def _display(record: Any, field: WordField) -> str:
    code = getattr(record, field.attname)
    return field.words.label(code, field.year_of(record)) if code else ""


class WordChoice(forms.ChoiceField):
    """An input that offers what is not retired, and what the record has."""

    def __init__(
        self, *, words: WordList, model_field: WordField | None = None, **kwargs: Any
    ) -> None:
        for of_text in ("max_length", "empty_value"):
            kwargs.pop(of_text, None)
        self.words, self.model_field = words, model_field
        self.empty_label: Text = BLANK_CHOICE_DASH[0][1]
        super().__init__(**kwargs)
        self.choices = lambda: self._offer("", None)

    def _offer(self, own: str, record: Any) -> Pairs:
        field = self.model_field
        year = field.year_of(record) if field and record is not None else None
        return [("", str(self.empty_label)), *self.words.offered(own or "", year)]

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        """Offer what the form's record has, too."""
        own = form.get_initial_for_field(self, field_name)
        self.choices = self._offer(own, getattr(form, "instance", None))
        return super().get_bound_field(form, field_name)
