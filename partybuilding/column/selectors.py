"""Read the column: which year is on show, and where every approved project's page stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from partybuilding.column.figures import CHOOSING
from partybuilding.column.states import PageStatus
from partybuilding.core.answers.wording import worded
from partybuilding.core.pages import open_to_all
from partybuilding.core.types import AnyUser
from partybuilding.cycles.states import ANNOUNCED
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.selectors import register_of


@dataclass(frozen=True)
class OnShow:
    """The column's own pages as residents may find them; a year only when it has something to read.

    Args:
        index: the index of all projects, when there is anything to read.
        years: the pages of the years, newest first, each with `year`, `stage` and `cycle_id`.
    """

    index: Page | None = None
    years: tuple[Any, ...] = ()

    @property
    def newest(self) -> Any:
        """The page of the newest year."""
        return self.years[0] if self.years else None

    @property
    def settled(self) -> Any:
        """The page of the newest year that has chosen its projects; of the newest when none has."""
        chosen = (year for year in self.years if year.stage not in CHOOSING)
        return next(chosen, self.newest)


def on_show(request: HttpRequest) -> OnShow:
    """Return what the column shows, read once for a request."""
    known = getattr(request, "_on_show", None)
    if known is None:
        known = request._on_show = read_on_show()  # type: ignore[attr-defined]
    return known


def year_links(years: Iterable[Any], chosen: Any, path: str) -> list[dict[str, Any]]:
    """Return the ways to the same page for other years, the chosen one marked; one that is chosen still says so."""
    return [
        {
            "text": (
                _("Year %(year)s (under way)")
                if year.stage not in ANNOUNCED
                else _("Year %(year)s")
            )
            % {"year": year.year},
            "href": f"{path}?year={year.year}",
            "current": chosen is not None and year.cycle_id == chosen.cycle_id,
        }
        for year in years
    ]


def read_on_show() -> OnShow:
    """Read what the column shows."""
    found = _pages_on_show()
    years = tuple(page for page in found if page.year)
    index = next((page for page in found if not page.year), None)
    return OnShow(index if years else None, years)


@worded
def _pages_on_show() -> QuerySet[Page]:
    """Return the index of all projects and the years with something to read, newest first."""
    kinds = ("projectindexpage", "projectyearpage")
    shown = ProjectPage.objects.readable().filter(project__cycle=OuterRef("projectyearpage__cycle"))
    # By their kind first: to ask every page of the site which one it is takes the longer the more there are.
    of_kind = Page.objects.filter(
        content_type__app_label="partybuilding", content_type__model__in=kinds
    )
    pages = open_to_all(of_kind).filter(
        Q(projectindexpage__isnull=False) | Exists(shown.order_by())
    )
    pages = pages.annotate(
        year=F("projectyearpage__cycle__year"),
        stage=F("projectyearpage__cycle__state"),
        cycle_id=F("projectyearpage__cycle"),
    )
    return pages.order_by("-year")


def pages_of(user: AnyUser) -> QuerySet[Project]:
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


def status_counts(user: AnyUser) -> dict[str, int]:
    """Count the pages by where they stand."""
    rows = pages_of(user).order_by().values_list("page_status")  # type: ignore[misc]
    return dict(rows.annotate(n=Count("pk")))
