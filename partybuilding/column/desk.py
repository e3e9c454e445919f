"""The lines of the column on the first screen: what editors have to do, what publishers to review."""

from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.column.waiting.rows import Row, rows_of_pages, unwritten
from partybuilding.column.waiting.states import PROMISE, WorkKind
from partybuilding.core.calendar import add_working_days
from partybuilding.core.desk.figures import how_many, numbers
from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.states import Role, Tone
from partybuilding.core.types import AnyUser
from partybuilding.opinions.selectors import answers_due
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.projects.models import Project
from partybuilding.projects.states import ProjectState

#: Working days before the last day of an answer from which on editors are warned (public.md).
NEAR = 2


def page_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return the lines of editors and publishers."""
    roles = roles_of_user(user)
    if not roles.has(Role.EDITOR, Role.PUBLISHER):
        return
    rows = rows_of_pages(timezone.localdate())
    if roles.has(Role.PUBLISHER):
        yield from _to_review(rows, user)
    if roles.has(Role.EDITOR):
        yield from _to_write(rows, user)


def _to_review(rows: list[Row], user: AnyUser) -> Iterator[DeskLine]:
    """Say what others wrote, and apart from it what this user wrote and others have to review."""
    review = [row for row in rows if row.kind == WorkKind.REVIEW]
    own = [row for row in review if row.author == user.pk]
    label, url = _("Pages to review and publish"), _url(WorkKind.REVIEW, by="others")
    yield DeskLine(label, len(review) - len(own), 0, url, WorkKind.REVIEW.tone)
    label, url = _("Own pages that others review"), _url(WorkKind.REVIEW, by="me")
    yield DeskLine(label, len(own), 0, url, Tone.NEUTRAL)


def _to_write(rows: list[Row], user: AnyUser) -> Iterator[DeskLine]:
    lacking = numbers(unwritten(user))
    waiting = Project.objects.visible_to(user).filter(state=ProjectState.COMMITMENTS_SUBMITTED)
    promises = how_many(waiting, timezone.localdate())
    label, url = _("Promises to publish"), _url(PROMISE)
    yield DeskLine(label, promises["n"], promises["late"], url, Tone.WAITING)
    yield _line(_("Pages returned to editors"), WorkKind.RETURNED, _count(rows, WorkKind.RETURNED))
    yield _line(
        _("Publications that were refused"), WorkKind.KEPT_BACK, _count(rows, WorkKind.KEPT_BACK)
    )
    yield _line(_("Pages to write"), WorkKind.WRITE, sum(lacking.values()))
    yield _line(_("Pages being drafted"), WorkKind.DRAFT, _count(rows, WorkKind.DRAFT))
    yield _line(_("Columns without news"), WorkKind.STALE, _count(rows, WorkKind.STALE))
    yield _unanswered(timezone.localdate())


def _unanswered(today: date) -> DeskLine:
    """Warn of opinions whose answer is nearly due or overdue; the unit and the department answer them."""
    near, late = answers_due(add_working_days(today, NEAR), today)
    # They are not for editors to read, so the line leads nowhere.
    return DeskLine(_("Opinions whose answer is nearly due"), near, late, "", Tone.WAITING)


def _count(rows: Iterable[Row], kind: WorkKind) -> int:
    return sum(row.kind == kind for row in rows)


def _line(label: str, kind: WorkKind, count: int) -> DeskLine:
    return DeskLine(label, count, 0, _url(kind), kind.tone)


def _url(kind: str, **more: str) -> str:
    return f"{reverse('partybuilding:waiting')}?{urlencode({'kind': str(kind), **more})}"
