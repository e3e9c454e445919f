"""Read everything that waits, as light rows: enough to count, filter and sort, a few queries in all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, WorkflowState, get_page_models

from partybuilding.column.waiting.columns import Column, stale_columns
from partybuilding.column.waiting.states import WorkKind
from partybuilding.core.pages import ColumnPage
from partybuilding.core.types import AnyUser
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.states import ProjectState

#: The page type of what has no page yet.
PROJECT_PAGE = ProjectPage._meta.model_name or ""
#: Approved after it was last published: the publication that the approval was for was refused.
NEVER_OUT = Q(approved__gt=F("last_published_at")) | Q(
    approved__isnull=False, last_published_at=None
)


@dataclass
class Row:
    """One thing that waits.

    Args:
        kind: what has to be done.
        since: from when on it waits.
        page_type: the lower-case name of the page's type.
        promise: whether the promises of its project are to be published.
        author: the key of who wrote the text last, so that others let it go out; None where nobody has to.
        goes_live: when it is scheduled to go out.
    """

    kind: WorkKind
    since: datetime
    page_type: str
    page: int | None = None
    project: int | None = None
    promise: bool = False
    author: int | None = None
    goes_live: datetime | None = None
    column: Column | None = None

    def days(self, today: date) -> int:
        """Return the calendar days that it has waited."""
        return max(0, (today - timezone.localdate(self.since)).days)


def rows_for(user: AnyUser, today: date | None = None) -> list[Row]:
    """Return everything that waits on the pages that a user works on, in no order."""
    promised = _promised(user)
    rows = rows_of_pages(today or timezone.localdate(), promised)
    seen = {row.page for row in rows}
    rows += [
        Row(WorkKind.HAND_IN, since, PROJECT_PAGE, page=page, project=pk, promise=True)
        for page, (pk, since) in promised.items()
        if page not in seen
    ]
    return [*rows, *_unwritten(user)]


def rows_of_pages(
    today: date, promised: Mapping[int, tuple[int, datetime]] | None = None
) -> list[Row]:
    """Return what waits of pages that changed, are under way or scheduled, and the columns without news.

    Args:
        promised: by page, the projects whose promises are to be published.
    """
    types = page_types()
    alone = {model for model in types.values() if not model.needs_four_eyes()}
    rows = []
    for found in _pages():
        kind = types[found["content_type"]]
        author = None if kind in alone else found["author"]
        rows.append(_row_of_page(found, kind._meta.model_name or "", author, promised or {}))
    return [*rows, *_stale(today)]


def page_types() -> dict[int, type[ColumnPage]]:
    """Return the page types of the column by the key of their content type."""
    models = [model for model in get_page_models() if issubclass(model, ColumnPage)]
    return {kind.pk: model for model, kind in ContentType.objects.get_for_models(*models).items()}  # type: ignore[misc]


def _pages() -> QuerySet:
    """Return what waits of every page of the column: its kind, since when, whose text."""
    flow = _flows_of_pages(WorkflowState.objects.active())
    last_act = Coalesce("current_task_state__finished_at", "current_task_state__started_at")
    schedule = Revision.page_revisions.filter(object_id=_key()).exclude(approved_go_live_at=None)
    approved = _flows_of_pages(TaskState.objects, "workflow_state__").filter(
        status=TaskState.STATUS_APPROVED,
        workflow_state__status=WorkflowState.STATUS_APPROVED,
        finished_at__gte=OuterRef("latest_revision_created_at"),
    )
    # What neither changed nor is under way or scheduled waits for nothing: that is nearly all there is.
    under_way = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    scheduled = Revision.page_revisions.exclude(approved_go_live_at=None)
    stirring = Q(has_unpublished_changes=True)
    stirring |= Q(pk__in=_pages_named_by(under_way)) | Q(pk__in=_pages_named_by(scheduled))
    return (
        Page.objects.filter(stirring, content_type__in=page_types(), alias_of=None, expired=False)
        .order_by()
        .annotate(
            flow=Subquery(flow.values("status")[:1]),
            acted=Subquery(flow.annotate(at=last_act).values("at")[:1]),
            goes_live=Subquery(schedule.values("approved_go_live_at")[:1]),
            approved=Subquery(approved.order_by("-finished_at").values("finished_at")[:1]),
            author=F("latest_revision__user"),
            work=Case(
                When(flow=WorkflowState.STATUS_IN_PROGRESS, then=Value(WorkKind.REVIEW)),
                When(flow=WorkflowState.STATUS_NEEDS_CHANGES, then=Value(WorkKind.RETURNED)),
                When(goes_live__isnull=False, then=Value(WorkKind.SCHEDULED)),
                When(NEVER_OUT, then=Value(WorkKind.KEPT_BACK)),
                When(has_unpublished_changes=True, then=Value(WorkKind.DRAFT)),
                output_field=CharField(),
            ),
        )
        .exclude(work=None)
        .values(
            *("pk", "content_type", "work", "acted", "goes_live", "approved", "author"),
            "latest_revision_created_at",
        )
    )


def _pages_named_by(rows: QuerySet) -> QuerySet:
    return rows.order_by().annotate(named=Cast("object_id", BigIntegerField())).values("named")


def _key() -> Cast:
    return Cast(OuterRef("pk"), CharField())


def _flows_of_pages(found: QuerySet, flow: str = "") -> QuerySet:
    """Keep what belongs to the workflow of the page of the outer query."""
    base = ContentType.objects.get_for_model(Page)
    return found.filter(**{f"{flow}base_content_type": base, f"{flow}object_id": _key()})


def _row_of_page(
    values: dict[str, Any],
    page_type: str,
    author: int | None,
    promised: Mapping[int, tuple[int, datetime]],
) -> Row:
    kind = WorkKind(values["work"])
    since = {
        WorkKind.REVIEW: values["acted"],
        WorkKind.RETURNED: values["acted"],
        WorkKind.KEPT_BACK: values["approved"],
    }.get(kind)
    project, _since = promised.get(values["pk"], (None, None))
    return Row(
        kind,
        since or values["latest_revision_created_at"] or timezone.now(),
        page_type,
        page=values["pk"],
        project=project,
        promise=project is not None,
        author=author,
        goes_live=values["goes_live"],
    )


def _promised(user: AnyUser) -> dict[int, tuple[int, datetime]]:
    """Return by page the projects whose promises are to be published, and since when."""
    waiting = Project.objects.visible_to(user).filter(state=ProjectState.COMMITMENTS_SUBMITTED)
    rows = waiting.exclude(page=None).values_list("page", "pk", "state_since").order_by()
    return {page: (pk, since) for page, pk, since in rows}


def unwritten(user: AnyUser) -> QuerySet[Project]:
    """Return the approved projects without a page, but for those that ended before they had one."""
    chosen = Project.objects.visible_to(user).chosen().filter(page=None)
    return chosen.exclude(state=ProjectState.TERMINATED).order_by()


def _unwritten(user: AnyUser) -> Iterator[Row]:
    for pk, state, since in unwritten(user).values_list("pk", "state", "state_since"):
        promise = state == ProjectState.COMMITMENTS_SUBMITTED
        yield Row(WorkKind.WRITE, since, PROJECT_PAGE, project=pk, promise=promise)


def _stale(today: date) -> Iterator[Row]:
    for column, newest in stale_columns(today):
        since = timezone.make_aware(datetime.combine(newest, time()))
        yield Row(WorkKind.STALE, since, column.page_type, column=column)
