"""Read the lists of words: which there are, where each word is used, what became of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet
from django.http import Http404
from wagtail.models import ModelLogEntry

from partybuilding.core import rooms
from partybuilding.core.models import Word
from partybuilding.core.registers.admin import register_for
from partybuilding.core.words.fields import WordField
from partybuilding.core.words.lists import WordList
from partybuilding.organizations.journal import PREFIX


@dataclass(frozen=True)
class Use:
    """How many rows of one kind have a word, and where they are listed; "" where they are not."""

    kind: str
    count: int
    url: str


def lists() -> list[WordList]:
    """Return all lists, in the order of the rooms."""
    return list(rooms.collect("words"))


def list_named(code: str) -> WordList:
    """Return one list."""
    found = next((one for one in lists() if one.code == code), None)
    if found is None:
        raise Http404
    return found


@cache
def columns_of(words: WordList) -> tuple[tuple[Any, WordField], ...]:
    """Return the models and columns that hold codes of a list."""
    return tuple(
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, WordField) and field.words is words
    )


def uses_of(words: WordList) -> dict[str, list[Use]]:
    """Return by code what has the word: one query for each column that holds codes of the list."""
    found: dict[str, list[Use]] = {code: [] for code in words}
    for model, field in columns_of(words):
        rows = model._base_manager.exclude(**{field.attname: ""}).order_by()
        for code, count in rows.values_list(field.attname).annotate(n=Count("pk")):
            use = Use(str(model._meta.verbose_name_plural), count, _listed(model, field, code))
            found.setdefault(code, []).append(use)
    return found


def _listed(model: Any, field: WordField, code: str) -> str:
    register = register_for(model)
    filters = getattr(register and register.filterset_class, "base_filters", {})
    if register is None or field.name not in filters:
        return ""
    return f"{register.url_helper.index_url}?{field.name}={code}"


def used_codes(words: WordList) -> Iterator[str]:
    """Yield the codes that any row has."""
    return (code for code, uses in uses_of(words).items() if uses)


def story_of(words: WordList) -> QuerySet[ModelLogEntry]:
    """Return what was done with the words of a list, newest first."""
    keys = Word.objects.filter(list=words.code, cycle=None).values_list("pk", flat=True)
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Word),
        object_id__in=[str(key) for key in keys],
        action__startswith=PREFIX,
    )
    return entries.select_related("user").order_by("-pk")
