"""Who is told what after a step of a case study."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from partybuilding.cases.models import CaseStudy
from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.states import Role
from partybuilding.organizations.selectors import people_with
from partybuilding.projects.notices import applicants, portal_url, unit_reviewers

Write = Callable[[CaseStudy, Attempt], Iterator[NoticeDraft]]


def notices_for(case: CaseStudy, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell those who have it now, and those whose project it tells of once it is public."""
    yield from _WRITERS[attempt.step](case, attempt)


def case_url(case: CaseStudy) -> str:
    """Return where staff see the case study."""
    return reverse("partybuilding:case_study", args=[case.pk])


def _told(subject: str, *roles: Role) -> Write:
    """Tell everybody of these roles, with the reason or opinion."""

    def write(case: CaseStudy, attempt: Attempt) -> Iterator[NoticeDraft]:
        people: Iterable[Any] = [one for role in roles for one in people_with(role)]
        yield NoticeDraft(people, _(subject) % {"title": case}, attempt.reason, case_url(case))

    return write


def _public(subject: str, body: str = "") -> Write:
    """Tell editors and publishers, and the applicants and unit of the project too."""

    def write(case: CaseStudy, attempt: Attempt) -> Iterator[NoticeDraft]:
        title = _(subject) % {"title": case}
        text = attempt.reason or (_(body) if body else "")
        yield from _told(subject, Role.EDITOR, Role.PUBLISHER)(case, attempt)
        yield NoticeDraft(applicants(case.project), title, text, portal_url(case.project))
        yield NoticeDraft(unit_reviewers(case.project), title, text, case_url(case))

    return write


_WRITERS: dict[str, Write] = {
    "submit": _told(gettext_noop("Case awaiting selection: %(title)s"), Role.DEPARTMENT),
    "recall": _told(gettext_noop("Case taken back: %(title)s"), Role.DEPARTMENT),
    "take_back": _told(
        gettext_noop("Decision on the case taken back: %(title)s"), Role.EDITOR, Role.PUBLISHER
    ),
    "reopen": _public(gettext_noop("Case to be published anew: %(title)s")),
    "select": _told(
        gettext_noop("Case selected, to be published: %(title)s"), Role.EDITOR, Role.PUBLISHER
    ),
    "send_back": _told(gettext_noop("Case returned: %(title)s"), Role.EDITOR),
    "decline": _told(gettext_noop("Case not selected: %(title)s"), Role.EDITOR),
    "publish": _public(
        gettext_noop("Case published: %(title)s"),
        gettext_noop("The case written from your project can be read on the column."),
    ),
    "retract": _public(gettext_noop("Case retracted: %(title)s")),
}
