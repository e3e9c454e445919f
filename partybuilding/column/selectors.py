"""Read the column: which year is on show, and where every approved project's page stands."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast
from wagtail.models import Page, WorkflowState

from partybuilding.column.pages import ProjectIndexPage, ProjectYearPage
from partybuilding.column.states import PageStatus
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.selectors import register_of


def shown_year_pages() -> QuerySet[ProjectYearPage]:
    """Return the pages of the years that have something to read, newest first."""
    shown = ProjectPage.objects.readable().order_by().values("project__cycle")
    years = ProjectYearPage.objects.live().public().filter(cycle__in=shown)
    return years.select_related("cycle").order_by("-cycle__year")


def newest_year_page() -> ProjectYearPage | None:
    """Return the page of the newest year that has something to read."""
    return shown_year_pages().first()


def index_page() -> ProjectIndexPage | None:
    """Return the index of all projects."""
    return ProjectIndexPage.objects.live().public().first()


def pages_of(user: Any) -> QuerySet[Project]:
    """Return the approved projects that a user may see, each with its `page_status`."""
    return with_page_status(register_of(user).chosen()).select_related("page").defer("page__body")


def with_page_status(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Add where the page of each project stands; what is with the publishers comes first."""
    flows = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("page"), CharField()),
    )
    return projects.annotate(
        page_in_review=Exists(flows.filter(status=WorkflowState.STATUS_IN_PROGRESS)),
        page_returned=Exists(flows.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)),
        page_changed=F("page__has_unpublished_changes"),
        page_status=Case(
            When(page__isnull=True, then=Value(PageStatus.NONE)),
            When(page_in_review=True, then=Value(PageStatus.REVIEW)),
            When(page_returned=True, then=Value(PageStatus.RETURNED)),
            When(page__live=True, then=Value(PageStatus.LIVE)),
            default=Value(PageStatus.DRAFT),
        ),
    )


def status_counts(user: Any) -> dict[str, int]:
    """Count the pages by where they stand."""
    rows = pages_of(user).order_by().values_list("page_status").annotate(n=Count("pk"))
    return dict(rows)
