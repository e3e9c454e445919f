"""The words of a reminder: one notice for each person, with everything that they are told of at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybuilding.boards.states import ReminderStage
from partybuilding.core.desk.deadlines import Deadline
from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.machine.wording import day_words
from partybuilding.core.types import User

#: The most lines of one notice; what is beyond stands on the first screen anyway.
MOST = 30


@dataclass(frozen=True)
class Line:
    """One person who is told of one item in one stage; `is_above` when others have it."""

    person: Any
    deadline: Deadline
    stage: ReminderStage
    is_above: bool = False

    @property
    def url(self) -> str:
        """Where the person sees it."""
        return self.deadline.url_above if self.is_above else self.deadline.url

    @property
    def name(self) -> str:
        """What the person is called."""
        return called(self.person)

    def words(self, today: date) -> str:
        """Say what it is, by when, and of what others have who has it."""
        facts = {"kind": self.deadline.kind, "title": self.deadline.title}
        said = _("%(kind)s: %(title)s") % facts + " " + due_sentence(self.deadline.due_on, today)
        names = "、".join(map(called, self.deadline.holders))
        if self.is_above and names:
            return said + _(" With: %(names)s.") % {"names": names}
        return said


def called(person: User) -> str:
    """Return a person's name, or the login when there is none."""
    return person.get_full_name() or person.get_username()


def due_sentence(due_on: date, today: date) -> str:
    """Say by when something is to be done, or how late it is."""
    facts = {"day": day_words(due_on, today), "days": (today - due_on).days}
    if due_on > today:
        return _("Due on %(day)s.") % facts
    if due_on == today:
        return _("Due today.")
    words = ngettext(
        "Was due on %(day)s, %(days)s day overdue.",
        "Was due on %(day)s, %(days)s days overdue.",
        (today - due_on).days,
    )
    return words % facts


def by_person(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the lines of each person together."""
    found: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.person.pk].append(line)
    return list(found.values())


def digest(lines: list[Line], today: date) -> NoticeDraft:
    """Return the one notice of a person with all their lines, what is latest first."""
    lines = sorted(lines, key=lambda line: (line.deadline.due_on, line.deadline.item))
    parts = (
        (_("For you to do:"), [line for line in lines if not line.is_above]),
        (_("Overdue with others, for you to follow up:"), [one for one in lines if one.is_above]),
    )
    body = "\n\n".join(_part(title, some, today) for title, some in parts if some)
    return NoticeDraft([lines[0].person], _subject(lines, today), body, _way(lines))


def _part(title: str, lines: list[Line], today: date) -> str:
    said = [title, *(line.words(today) for line in lines[:MOST])]
    if len(lines) > MOST:
        said.append(_("And %(n)s more.") % {"n": len(lines) - MOST})
    return "\n".join(said)


def _subject(lines: list[Line], today: date) -> str:
    late = sum(line.deadline.due_on < today for line in lines)
    if len(lines) == 1:
        deadline = lines[0].deadline
        facts = {"kind": deadline.kind, "title": deadline.title}
        return _subject_of_one(deadline.due_on, today) % facts
    numbers = {"n": len(lines), "late": late}
    if late:
        return _("Reminder: %(n)s matters, %(late)s of them overdue") % numbers
    return _("Reminder: %(n)s matters are due soon") % numbers


def _subject_of_one(due_on: date, today: date) -> str:
    if due_on < today:
        return _("Overdue: %(kind)s %(title)s")
    if due_on == today:
        return _("Due today: %(kind)s %(title)s")
    return _("Due soon: %(kind)s %(title)s")


def _way(lines: list[Line]) -> str:
    """Lead to the one thing, or to the first screen of the side on which they are."""
    urls = {line.url for line in lines}
    if len(urls) == 1:
        return urls.pop()
    home = reverse("portal:home")
    in_portal = all(url.startswith(home) for url in urls if url)
    return home if in_portal else reverse("wagtailadmin_home")
