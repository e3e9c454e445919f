"""Read projects: registers, a case file, earlier ones of the same organisation, the counts of a year."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from partybuilding.core.models import TransitionRecord
from partybuilding.core.selectors import last_entry
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import DecisionSession, Project
from partybuilding.projects.models.queries import ProjectQuerySet
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.states import Decision, ProjectState


def register_of(user: AnyUser) -> ProjectQuerySet:
    """Return what a user's register lists, with what its columns show."""
    return Project.objects.visible_to(user).select_related("cycle", "organization__unit", "topic")


def case_file(user: AnyUser, pk: int) -> Project:
    """Return one project with its whole case file.

    Raises:
        Project.DoesNotExist: there is none, or it is not the user's to see.
    """
    return Project.objects.visible_to(user).with_case_file().get(pk=pk)


def earlier_projects(project: Project, user: AnyUser) -> QuerySet[Project]:
    """Return other projects of the same organisation that the user may see, newest first."""
    return (
        register_of(user)
        .filter(organization=project.organization_id)
        .exclude(pk=project.pk)
        .order_by("-cycle__year", "-pk")
    )


def desk_counts(user: AnyUser, today: date) -> list[dict[str, Any]]:
    """Count what waits for a user by state: all, overdue, and due today; in one query."""
    counted = (
        Project.objects.waiting_for(user)
        .order_by("state")
        .values("state")
        .annotate(
            n=Count("*"),
            overdue=Count("due_on", filter=Q(due_on__lt=today)),
            due_today=Count("due_on", filter=Q(due_on=today)),
        )
    )
    return [dict(row) for row in counted]


def returned_with(project: Project) -> TransitionRecord | None:
    """Return the trail's row that returned the application last: reason and remarks by section."""
    return last_entry(project, "send_back")


def decided_with(project: Project) -> TransitionRecord | None:
    """Return the trail's row of the last approval or refusal."""
    rows = [last_entry(project, step) for step in ("approve", "decline")]
    return max((row for row in rows if row), key=lambda row: row.sequence, default=None)


def session_tally(session: DecisionSession) -> dict[str, int]:
    """Count a session's noted decisions, and how much of the year's quota they leave.

    While the session is open, an approval that is noted takes a place; one whose project was moved
    otherwise meanwhile takes none, or has taken it already. Once it is closed, what did not take
    effect is counted as refused alone.
    """
    taken = session.items.filter(refusal="")
    counts = dict(taken.values_list("decision").annotate(n=Count("pk")).order_by())
    refused = session.items.exclude(refusal="").count()
    noted = {code: counts.get(code, 0) for code in Decision.values}
    cycle: Cycle = session.cycle
    chosen = Project.objects.filter(cycle=cycle).chosen()
    approved = chosen.exclude(state=ProjectState.TERMINATED).count()
    awaiting, effective = {"project__state": ProjectState.FIRST_PASSED}, {"refusal": ""}
    here = session.items.filter(
        decision=Decision.APPROVE, **(awaiting if session.is_open else effective)
    ).count()
    used = approved + here if session.is_open else approved
    return {
        **noted,
        "undecided": counts.get("", 0),
        "refused": refused,
        "total": sum(counts.values()) + refused,
        "quota": cycle.approval_quota,
        "before": max(0, used - here),
        "used": used,
        "left": cycle.approval_quota - used,
        "over": max(0, used - cycle.approval_quota),
    }


def next_waiting(user: AnyUser, project: Project) -> Project | None:
    """Return what waits for a user besides this project: the most urgent one."""
    waiting = Project.objects.visible_to(user).waiting_for(user).exclude(pk=project.pk)
    return waiting.order_by(F("due_on").asc(nulls_last=True), "pk").first()


def reading_ways(projects: Iterable[Project], request: HttpRequest) -> list[dict[str, Any]]:
    """Return the ways to the pages of projects that residents may read, as a list of links shows them."""
    numbers = [project.pk for project in projects]
    pages = ProjectPage.objects.readable().filter(project__in=numbers).defer("body")
    return [
        {
            "title": page.title,
            "href": page.get_url(request),
            "page": page.pk,
            "meta": _("Year %(year)s") % {"year": page.project.cycle.year},
        }
        for page in pages.select_related("project__cycle").order_by("project__code")
    ]
