"""Read feedback notices: registers, one file, a quarter's table, a project's, the counts of a desk."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from partybuilding.core.calendar import add_working_days
from partybuilding.core.desk.figures import how_many
from partybuilding.core.rules import Sentence
from partybuilding.core.selectors import count_of
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.states import CycleState
from partybuilding.projects.models import Project
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity, Rectification, Visit
from partybuilding.supervision.notices.models import (
    FeedbackNotice,
    FeedbackNoticeQuerySet,
    NoticeFinding,
)
from partybuilding.supervision.notices.permissions import user_can_write_feedback
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.queries import ActivityQuerySet
from partybuilding.supervision.selectors.figures import Round, rounds_of
from partybuilding.supervision.states import COUNTED, UNRESOLVED, ActivityKind

#: What the desk counts of a quarter's notices, by the name in an address.
DUE, UNTOLD = "due", "untold"
#: Notices are on the desk from so many working days before they are due.
AHEAD = 10


def with_project(notices: QuerySet[FeedbackNotice]) -> QuerySet[FeedbackNotice]:
    """Fetch what a line of a list shows."""
    return notices.select_related("activity", "project__cycle", "project__organization__unit")


def register_of(user: AnyUser) -> QuerySet[FeedbackNotice]:
    """Return what a user's register lists, with how many findings each has and how many are open."""
    told = NoticeFinding.objects.filter(notice=OuterRef("pk"))
    return with_project(FeedbackNotice.objects.visible_to(user)).annotate(  # type: ignore[no-redef]
        n_findings=count_of(told),
        n_open=count_of(told.filter(rectification__state__in=UNRESOLVED)),
    )


def feedback_file(user: AnyUser, pk: int) -> FeedbackNotice:
    """Return one notice with what its screens show.

    Raises:
        FeedbackNotice.DoesNotExist: there is none, or it is not the user's to see.
    """
    seen = with_project(FeedbackNotice.objects.visible_to(user)).prefetch_related(
        "project__partners", with_findings(), "corrections"
    )
    return seen.select_related("corrects").get(pk=pk)


def with_findings() -> Prefetch:
    """Fetch the findings of issued notices with their rectifications."""
    return Prefetch("findings", NoticeFinding.objects.select_related("rectification"))


def feedback_of(project: Project, user: AnyUser) -> FeedbackNoticeQuerySet:
    """Return the notices on a project that a user may see, the newest quarter first."""
    mine = FeedbackNotice.objects.visible_to(user).filter(project=project)
    return (
        mine.select_related("activity", "project__cycle", "corrects")
        .prefetch_related(with_findings(), "corrections")
        .order_by("-activity__year", "-activity__quarter", "-pk")
    )


def is_told() -> Exists:
    """Return the condition that a standing notice tells a finding."""
    told = NoticeFinding.objects.filter(notice__state=FeedbackState.ISSUED)
    return Exists(told.filter(rectification=OuterRef("pk")))


def untold() -> QuerySet[Rectification]:
    """Return the findings of quarters whose notice was issued that no standing notice tells."""
    issued = FeedbackNotice.objects.filter(state=FeedbackState.ISSUED)
    of_quarter = issued.filter(
        project=OuterRef("project"),
        activity__year=OuterRef("activity__year"),
        activity__quarter=OuterRef("activity__quarter"),
    )
    counted = Rectification.objects.counted().filter(project__state__in=COUNTED)
    return counted.filter(~is_told(), Exists(of_quarter))


def has_untold(activity: Activity) -> bool:
    """Tell whether the quarter of a notice has findings that no standing notice tells."""
    of_quarter = activity.period.lookup("activity__")
    return untold().filter(project=activity.project_id, **of_quarter).exists()


@dataclass(frozen=True)
class Due:
    """One notice that a quarter asks for, with what stands in the way of issuing it.

    Args:
        untold: findings that were recorded after the quarter's notice: they ask for a supplementary one.
    """

    activity: Activity
    notice: FeedbackNotice
    blocked: tuple[Sentence, ...] = ()
    untold: int = 0

    @property
    def is_issued(self) -> bool:
        """Whether it was issued."""
        return self.notice.state == FeedbackState.ISSUED


def due_activities(cycle: Cycle, quarter: Quarter) -> QuerySet[Activity]:
    """Return the notices that a quarter asks for, of the projects that are supervised."""
    return (
        Activity.objects.filter(project__cycle=cycle, kind=ActivityKind.NOTICE)
        .filter(project__state__in=COUNTED, **quarter.lookup())
        .select_related("project__cycle", "project__organization__unit")
        .prefetch_related("project__partners")
        .order_by("project__code", "pk")
    )


def quarter_notices(cycle: Cycle, quarter: Quarter, user: AnyUser) -> list[Due]:
    """Return what a quarter asks for with the notices that stand; a fixed number of queries.

    Whether a draft says something and whom it may not name is asked again when it is issued; here
    only what can be told for all at once: whether a visit was recorded, and whose project it is.
    """
    activities = list(due_activities(cycle, quarter))
    found = FeedbackNotice.objects.standing().filter(activity__in=activities)
    standing = {
        notice.activity_id: notice
        for notice in found.exclude(state=FeedbackState.CORRECTED).order_by("supplement", "pk")
    }
    left = untold().filter(project__cycle=cycle, **quarter.lookup("activity__"))
    counted = dict(left.order_by().values_list("project").annotate(n=Count("pk")))
    visited = set(
        Visit.objects.filter(
            activity__project__cycle=cycle, **quarter.lookup("activity__")
        ).values_list("activity__project", flat=True)
    )
    return [
        _due(
            activity,
            standing.get(activity.pk),
            activity.project_id in visited,
            counted.get(activity.project_id, 0),
            user,
        )
        for activity in activities
    ]


def _due(
    activity: Activity, notice: FeedbackNotice | None, is_visited: bool, untold: int, user: AnyUser
) -> Due:
    shown = notice or FeedbackNotice(activity=activity, project=activity.project)
    shown.activity, shown.project = activity, activity.project
    return Due(activity, shown, _in_the_way(shown, is_visited, untold, user), untold)


def _in_the_way(
    notice: FeedbackNotice, is_visited: bool, untold: int, user: AnyUser
) -> tuple[Sentence, ...]:
    if notice.state == FeedbackState.ISSUED and not untold:
        return (_("Issued already."),)
    if not user_can_write_feedback(notice.project, user):
        return (_("Feedback notices are written by the task force, not on one's own project."),)
    return () if is_visited else (_("No visit of this quarter has been recorded yet."),)


def rounds() -> list[Round]:
    """Return the quarters that ask for notices by now, the newest first, with how many were issued."""
    return rounds_of(_asked_for().begun().filter(project__state__in=COUNTED))


def _asked_for() -> ActivityQuerySet:
    return Activity.objects.filter(kind=ActivityKind.NOTICE)


def to_supplement(**narrowed: Any) -> list[dict[str, Any]]:
    """Count by quarter the findings that ask for a supplementary notice, and their projects."""
    rows = (
        untold()
        .filter(**narrowed)
        .order_by("activity__year", "activity__quarter", "project__cycle__year")
    )
    places = rows.values("project__cycle", "activity__year", "activity__quarter")
    counted = places.annotate(findings=Count("pk"), n=Count("project", distinct=True))
    return [dict(row) for row in counted]


def still_to_supplement() -> list[dict[str, Any]]:
    """Count the same of the years that are not closed."""
    # Their keys, not a condition: a database then begins with the few projects of these years.
    running = Cycle.objects.exclude(state=CycleState.CLOSED).values_list("pk", flat=True)
    return to_supplement(project__cycle__in=list(running))


def to_issue(today: date) -> list[Round]:
    """Return the quarters with notices that are due soon or overdue, the first first."""
    return rounds_of(_due_by(today), today)[::-1]


def due_of(rows: list[Due], today: date) -> list[Due]:
    """Keep the notices of a quarter that `to_issue` counts."""
    pks = _due_by(today).filter(pk__in=[row.activity.pk for row in rows]).values_list("pk")
    due = {pk for (pk,) in pks}
    return [row for row in rows if row.activity.pk in due]


def _due_by(today: date) -> ActivityQuerySet:
    return _asked_for().open().filter(due_on__lte=add_working_days(today, AHEAD))


def desk_counts(user: AnyUser, today: date) -> dict[str, int]:
    """Count the drafts that wait for a user: all, and overdue."""
    waiting = FeedbackNotice.objects.visible_to(user).waiting_for(user)
    return how_many(waiting, today)


def asking_activity(pk: int) -> Activity:
    """Return an activity that asks for a notice.

    Raises:
        Activity.DoesNotExist: there is none of this kind.
    """
    return Activity.objects.select_related("project__cycle", "project__organization__unit").get(
        pk=pk, kind=ActivityKind.NOTICE
    )
