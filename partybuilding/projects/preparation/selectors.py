"""Read how far a decision is prepared: of many projects at once, and of one with all that was found."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from partybuilding.core.models import Attachment
from partybuilding.core.rules import Verdict
from partybuilding.core.selectors import trail_of
from partybuilding.core.states import Text
from partybuilding.core.types import AnyUser
from partybuilding.core.words.book import Word
from partybuilding.cycles.models import Criterion
from partybuilding.cycles.states import PreAssessment
from partybuilding.projects.models import Assessment, FourOnesPost, Project, Rating
from partybuilding.projects.preparation.rules import (
    assessment_recorded,
    four_ones_named,
    fully_rated,
)
from partybuilding.projects.states import DUTIES, Duty, Method, ProjectState

#: The parts that a project can lack before the decision, as filters know them.
LACKS = {
    **{method: Q(**{f"has_{method}": False}) for method in Method.values},
    "rating": Q(is_rated=False),
    "four_ones": Q(is_named=False),
    "anything": Q(is_ready=False),
}


def with_preparation(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Add to each project what is done before its decision, in the one query.

    The marks say in SQL what the rules `assessment_recorded`, `fully_rated` and `four_ones_named` say
    of one project; a test holds them together.
    """
    here = {"project": OuterRef("pk")}
    unrated = Criterion.objects.filter(cycle=OuterRef("cycle")).exclude(
        pk__in=Rating.objects.filter(project=OuterRef(OuterRef("pk"))).values("criterion")
    )
    held = {f"has_{m}": Exists(Assessment.objects.filter(**here, method=m)) for m in Method.values}
    return projects.annotate(
        **held,
        is_rated=~Exists(unrated),
        total_points=_aggregate(Rating.objects.filter(**here), Sum("points")),
        posts_named=Coalesce(_aggregate(FourOnesPost.objects.on().filter(**here), Count("pk")), 0),
    ).annotate(
        is_named=Q(posts_named=len(Duty)),
        is_ready=assessed() & Q(is_rated=True, posts_named=len(Duty)),
    )


def assessed() -> Q:
    """Return the condition that what the year requires of a project is found out."""
    found = Assessment.objects.filter(project=OuterRef("pk"))
    heard = Exists(found.filter(method=Method.HEARING))
    return (
        Q(cycle__pre_assessment=PreAssessment.OPTIONAL)
        | Q(Exists(found), cycle__pre_assessment=PreAssessment.ANY)
        | Q(heard, cycle__pre_assessment=PreAssessment.HEARING)
    )


def _aggregate(rows: QuerySet, value: Any) -> Subquery:
    return Subquery(rows.order_by().values("project").annotate(value=value).values("value"))


def ready_counts(projects: QuerySet[Project]) -> dict[str, int]:
    """Count what awaits the decision: all, and what is prepared."""
    return projects.aggregate(n=Count("pk"), ready=Count("pk", filter=Q(is_ready=True)))


def awaiting_decision(user: AnyUser) -> QuerySet[Project]:
    """Return what awaits the decision and the user may see, with what is prepared."""
    waiting = Project.objects.visible_to(user).filter(state=ProjectState.FIRST_PASSED)
    listed = waiting.select_related("cycle", "organization__unit").prefetch_related("partners")
    return with_preparation(listed).order_by("organization__unit__code_key", "code")


@dataclass(frozen=True)
class Requirement:
    """One thing that approving still needs, or has."""

    label: Text
    verdict: Verdict
    step: str

    @property
    def is_met(self) -> bool:
        """Whether it is done."""
        return bool(self.verdict)


def requirements(project: Project) -> list[Requirement]:
    """Return what has to be done before a project can be approved, each with how it stands."""
    return [
        Requirement(Assessment._meta.verbose_name or "", assessment_recorded(project), "assess"),
        Requirement(Rating._meta.verbose_name or "", fully_rated(project), "rate"),
        Requirement(FourOnesPost._meta.verbose_name or "", four_ones_named(project), "four_ones"),
    ]


@dataclass(frozen=True)
class Held:
    """One pre-assessment with the files that belong to it."""

    assessment: Assessment
    files: tuple[Attachment, ...] = ()


def held_assessments(project: Project) -> list[Held]:
    """Return the pre-assessments of a project with their files that are still there."""
    there = {file.pk: file for file in project.attachments.all()}
    told = {
        row.data.get("assessment"): [there[file["id"]] for file in row.files if file["id"] in there]
        for row in trail_of(project).filter(step="assess")
    }
    return [Held(one, tuple(told.get(one.pk, ()))) for one in project.assessments.all()]


@dataclass(frozen=True)
class RatingSheet:
    """The initial rating of one project: points by criterion, their sum, and what could be had."""

    rows: tuple[tuple[Criterion, Decimal | None], ...]
    total: Decimal
    full: int

    @property
    def is_begun(self) -> bool:
        """Whether any criterion is rated."""
        return any(points is not None for _criterion, points in self.rows)


def rating_sheet(project: Project) -> RatingSheet:
    """Return the initial rating by the year's criteria."""
    given = {rating.criterion_id: rating.points for rating in project.ratings.all()}
    criteria = list(project.cycle.criteria.all())
    rows = tuple((criterion, given.get(criterion.pk)) for criterion in criteria)
    total = sum((points for _criterion, points in rows if points is not None), Decimal(0))
    return RatingSheet(rows, total, sum(criterion.points for criterion in criteria))


@dataclass(frozen=True)
class DutyRow:
    """One of the four ones: who holds it today, who follows on a day, who held it before (last first)."""

    duty: Duty
    label: str
    now: FourOnesPost | None
    next: FourOnesPost | None
    before: tuple[FourOnesPost, ...]


def duty_rows(project: Project, today: date | None = None) -> list[DutyRow]:
    """Return the four ones with their history, on a day."""
    today = today or timezone.localdate()
    posts = [post for post in project.four_ones.all() if post.is_effective]
    return [
        _duty_row(word, [post for post in posts if post.duty == word.code], today)
        for word in DUTIES.words(project.cycle_id)
    ]


def _duty_row(word: Word, posts: list[FourOnesPost], today: date) -> DutyRow:
    return DutyRow(
        Duty(word.code),
        str(word.label),
        next((post for post in posts if post.holds_on(today)), None),
        next((post for post in posts if post.since > today), None),
        tuple(post for post in reversed(posts) if post.until and post.until < today),
    )
