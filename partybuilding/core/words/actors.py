"""The nouns by which sentences name who takes part: terms of the installation (ADR 0073).

A sentence, of a catalogue or of the code, has `[[department]]` where it names the department. What stands
there is a word of the list `actors`.
"""

import re
from collections.abc import Mapping

from django.conf import settings
from django.db import DatabaseError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from partybuilding.core.access.current import current_request
from partybuilding.core.words.book import Book, Words, book, latest
from partybuilding.core.words.lists import WordList

PLACE = re.compile(r"\[\[([a-z_]+)\]\]")


class Actor(TextChoices):
    """Who takes part, and what is named after them."""

    PROGRAMME = "programme", pgettext_lazy("actor", "Grassroots Party-building innovation projects")
    DEPARTMENT_FULL = "department_full", pgettext_lazy("actor", "Organization Department in full")
    DEPARTMENT = "department", pgettext_lazy("actor", "Organization Department")
    UNIT = "unit", pgettext_lazy("actor", "Reporting unit")
    TASK_FORCE = "task_force", pgettext_lazy("actor", "Task force")
    ORGANIZATION = "organization", pgettext_lazy("actor", "Party organization")
    SECRETARY = "secretary", pgettext_lazy("actor", "Secretary")
    LEADER = "leader", pgettext_lazy("actor", "Leader in charge")
    CHARGE = "charge", pgettext_lazy("actor", "to be in charge of a project")
    LIAISON = "liaison", pgettext_lazy("actor", "Liaison officer")
    TEAM = "team", pgettext_lazy("actor", "Four ones")
    BRAND = "brand", pgettext_lazy("actor", "Party-building brand")
    DISTRICT = "district", pgettext_lazy("actor", "District")


ACTORS = WordList(
    "actors",
    _("Names of the actors"),
    Actor,
    explained=_("They stand in sentences everywhere: screens, papers, messages and public pages."),
    reserved=list(Actor),
    in_sentences=True,
)


def filled(text: str, names: Mapping[str, str]) -> str:
    """Return a sentence with these names in their places; what is no name of ours stays as it is."""
    return PLACE.sub(lambda place: names.get(place[1], place[0]), text)


def said(text: str) -> str:
    """Return a sentence of the program with the names in their places; each is put together once a book."""
    words = _words()
    found = words.sentences.get(text)
    if found is None:
        found = words.sentences[text] = filled(text, _names(words.words(ACTORS.code, None)))
    return found


def name_of(actor: Actor) -> str:
    """Return what an actor is called."""
    return said(f"[[{actor}]]")


def delivered(text: str) -> str:
    """Return a sentence with the names that were delivered."""
    return filled(text, _names(None))


def _names(words: Words | None) -> dict[str, str]:
    with override(settings.LANGUAGE_CODE):
        return {one.code: str(one.label) for one in words or ACTORS.delivered}


def _words() -> Book:
    """Return the words of this request; without one, or without a database, as they were last read."""
    if current_request() is None:
        return latest()
    try:
        return book()
    except DatabaseError:
        return latest()
