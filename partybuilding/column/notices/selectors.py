"""Read notices: which are open to comment now, and which approved projects await one."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone

from partybuilding.column.notices.index import readable_notices
from partybuilding.column.notices.models import NoticeEntry
from partybuilding.column.notices.pages import NoticePage, standing
from partybuilding.column.notices.states import NoticeKind, NoticeState
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import DecisionSession, Partner, Project
from partybuilding.projects.states import Decision, ProjectState

#: Open notices that the front page shows.
SHOWN = 5


def open_notices(today: date | None = None, most: int = SHOWN) -> QuerySet[NoticePage]:
    """Return the notices that are open to comment on a day, the one that ends first before all."""
    running = standing(NoticeState.OPEN.value, today or timezone.localdate())
    return readable_notices().filter(running).order_by("closes_on", "-pk")[:most]


def awaiting_notice(cycle: Cycle, session: DecisionSession | None = None) -> QuerySet[Project]:
    """Return the approved projects of a year, or of a closed session, that no notice has named yet."""
    standing_ones = Project.objects.filter(cycle=cycle).chosen()
    found = standing_ones.exclude(state=ProjectState.TERMINATED).exclude(
        pk__in=NoticeEntry.objects.values("project")
    )
    if session is not None:
        approved = session.items.filter(decision=Decision.APPROVE, refusal="")
        found = found.filter(pk__in=approved.values("project"))
    return found


def awaiting_count(cycle: Cycle, session: DecisionSession | None = None) -> int:
    """Count what `awaiting_notice` returns."""
    return awaiting_notice(cycle, session).count()


def with_names(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Fetch what an entry of the list says of a project, in the order of the numbers."""
    partners = Prefetch("partners", Partner.objects.select_related("organization"))
    return projects.select_related("organization__unit").prefetch_related(partners).order_by("code")


@dataclass(frozen=True)
class Source:
    """A year or a closed session whose approved projects await a notice.

    Args:
        drafts: notices of it that were begun and not published yet.
    """

    cycle: Cycle
    session: DecisionSession | None
    waiting: int
    drafts: tuple[NoticePage, ...] = ()


def source_of(cycle: Cycle, session: DecisionSession | None = None) -> Source:
    """Return how many projects of a year or session await a notice, and what was begun."""
    drafts = unpublished_lists().filter(cycle=cycle)
    if session is not None:
        drafts = drafts.filter(session=session)
    waiting = awaiting_count(cycle, session)
    return Source(cycle, session, waiting, tuple(drafts))


def years_awaiting() -> QuerySet[Cycle]:
    """Return the years with approved projects that no notice has named, the newest first."""
    every = Project.objects.chosen().exclude(state=ProjectState.TERMINATED)
    waiting = every.exclude(pk__in=NoticeEntry.objects.values("project"))
    return Cycle.objects.filter(pk__in=waiting.order_by().values("cycle")).order_by("-year")


def published_lists() -> QuerySet[NoticePage]:
    """Return the approved lists that residents may read, the newest first."""
    return readable_notices().filter(kind=NoticeKind.APPROVED_LIST)


def unpublished_lists() -> QuerySet[NoticePage]:
    """Return the approved lists that were begun and never published, the newest first."""
    return NoticePage.objects.filter(
        kind=NoticeKind.APPROVED_LIST, first_published_at=None
    ).order_by(F("latest_revision_created_at").desc(nulls_last=True), "-pk")
