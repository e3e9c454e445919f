"""Read one activity, one rectification, and what a project's file shows of supervision."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from partybuilding.core.answers.wording import worded
from partybuilding.core.desk.figures import by_state
from partybuilding.core.selectors import count_of
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.organizations.selectors import people_with
from partybuilding.projects.permissions import reporting_through
from partybuilding.supervision.models import Activity, Rectification, VisitCheck
from partybuilding.supervision.states import HELD, ActivityKind, RectificationState

if TYPE_CHECKING:
    from partybuilding.projects.models import Project

PROJECT = ("project__cycle", "project__organization__unit")


def activities_of(user: AnyUser) -> QuerySet[Activity]:
    """Return what a user's register of activities lists, with what its columns show."""
    return (
        Activity.objects.visible_to(user)
        .with_standing()
        .select_related(*PROJECT, "officer")
        .annotate(findings=count_of(Rectification.objects.filter(activity=OuterRef("pk"))))
    )


def activity_file(user: AnyUser, pk: int) -> Activity:
    """Return one activity with its record.

    Raises:
        Activity.DoesNotExist: there is none, or it is not the user's to see.
    """
    checks = VisitCheck.objects.select_related("commitment")
    found = Activity.objects.visible_to(user).select_related(*PROJECT, "officer", "visit")
    return found.prefetch_related(
        Prefetch("visit__checks", checks),
        "visit__attachments",
        "rectifications__commitment",
        "project__partners",
    ).get(pk=pk)


def rectifications_of(user: AnyUser) -> QuerySet[Rectification]:
    """Return what a user's register of rectifications lists, with what its columns show."""
    found = Rectification.objects.visible_to(user)
    return found.select_related(*PROJECT, "activity", "commitment")


def rectification_file(user: AnyUser, pk: int) -> Rectification:
    """Return one rectification with what its screens show.

    Raises:
        Rectification.DoesNotExist: there is none, or it is not the user's to see.
    """
    return rectifications_of(user).prefetch_related("attachments", "project__partners").get(pk=pk)


def supervision_of(project: "Project") -> list[Activity]:
    """Return a project's activities with their records and findings, by quarter."""
    activities = _activities_on(project.pk)
    for activity in activities:
        activity.project = project
        for finding in activity.rectifications.all():
            finding.project = project
    return activities


@worded
def _activities_on(project: int) -> QuerySet[Activity]:
    findings = Prefetch("rectifications", Rectification.objects.order_by("pk"))
    found = Activity.objects.filter(project=project).select_related("visit", "officer")
    return found.prefetch_related(findings).order_by("due_on", "kind", "number")


def next_to_record(project: "Project") -> Activity | None:
    """Return the activity of a project that is to be held next."""
    undone = Activity.objects.filter(project=project, kind__in=HELD, done_on=None)
    return undone.order_by("due_on", "kind", "number").first()


def open_dispatches(user: AnyUser) -> QuerySet[Activity]:
    """Return the dispatches that can be recorded today, those due first, by unit."""
    found = Activity.objects.visible_to(user).open().begun().filter(kind=ActivityKind.DISPATCH)
    ordered = ("due_on", "project__organization__unit__code_key", "project__code", "number")
    return found.select_related(*PROJECT).order_by(*ordered)


def officers() -> QuerySet:
    """Return the people of the task force, by name."""
    return people_with(Role.TASK_FORCE).order_by("written__key", "username")


def desk_of_rectifications(user: AnyUser, today: date) -> list[dict[str, Any]]:
    """Count what waits for a user by state: all, and overdue."""
    return by_state(Rectification.objects.waiting_for(user), today)


def findings_below(user: AnyUser, today: date) -> dict[str, int]:
    """Count the open findings of a unit's organisations: all, and those past their deadline."""
    units = roles_of_user(user).ids(Role.UNIT)
    open_ones = Rectification.objects.unresolved().filter(project__in=reporting_through(units))
    late = Count("pk", filter=Q(due_on__lt=today, state=RectificationState.ISSUED))
    return open_ones.aggregate(n=Count("pk"), late=late)


def desk_of_activities(user: AnyUser, until: date) -> dict[str, int]:
    """Count the visits to be made until a day: by the user, late ones apart, and by nobody yet."""
    today = timezone.localdate()
    mine = Q(officer=user)
    return (
        Activity.objects.open()
        .visits()
        .filter(due_on__lte=until)
        .aggregate(
            mine=Count("pk", filter=mine),
            mine_late=Count("pk", filter=mine & Q(due_on__lt=today)),
            nobody=Count("pk", filter=Q(officer=None)),
            nobody_late=Count("pk", filter=Q(officer=None, due_on__lt=today)),
        )
    )
