"""The words of a reminder: one notice for each person, with everything that they are told of at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybuilding.boards import messages
from partybuilding.boards.states import ReminderStage
from partybuilding.core.desk.deadlines import Deadline
from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.machine.wording import day_words
from partybuilding.core.texts import Wording
from partybuilding.core.texts.messages import message_of
from partybuilding.core.types import User
from partybuilding.texts.selectors import body_of

#: Returns the words of a text in use.
BodyOf = Callable[[Wording], str]
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


def digest(lines: list[Line], today: date, body_of: BodyOf = body_of) -> NoticeDraft:
    """Return the one notice of a person with all their lines, what is latest first.

    Args:
        body_of: returns the words in use; a run reads those of each message once.
    """
    lines = sorted(lines, key=lambda line: (line.deadline.due_on, line.deadline.item))
    own = [line for line in lines if not line.is_above]
    above = [line for line in lines if line.is_above]
    deadline, late = lines[0].deadline, sum(line.deadline.due_on < today for line in lines)
    said = {
        "事项类别": str(deadline.kind),
        "事项名称": str(deadline.title),
        "件数": str(len(lines)),
        "逾期件数": str(late),
        # An empty line stands between the two lists.
        "本人事项": _listed(own, today) + ("\n" if own and above else ""),
        "督促事项": _listed(above, today),
    }
    wording = _wording(lines, today, late)
    message = message_of(wording, body_of(wording), said)
    return NoticeDraft([lines[0].person], message.subject, message.body, _way(lines))


def _listed(lines: list[Line], today: date) -> str:
    said = [line.words(today) for line in lines[:MOST]]
    if len(lines) > MOST:
        said.append(_("And %(n)s more.") % {"n": len(lines) - MOST})
    return "".join(f"\n{one}" for one in said)


def _wording(lines: list[Line], today: date, late: int) -> Wording:
    if len(lines) > 1:
        return messages.SOME_LATE if late else messages.SOME_SOON
    due_on = lines[0].deadline.due_on
    if due_on == today:
        return messages.ONE_TODAY
    return messages.ONE_LATE if due_on < today else messages.ONE_SOON


def _way(lines: list[Line]) -> str:
    """Lead to the one thing, or to the first screen of the side on which they are."""
    urls = {line.url for line in lines}
    if len(urls) == 1:
        return urls.pop()
    home = reverse("portal:home")
    in_portal = all(url.startswith(home) for url in urls if url)
    return home if in_portal else reverse("wagtailadmin_home")
