"""What the list of work shows: rows chosen, sorted and paged, with what one has to know of each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from partybuilding.column.waiting.rows import Row, page_types, rows_for
from partybuilding.column.waiting.states import PROMISE, WorkKind
from partybuilding.core.machine.offers import may_take
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser, User
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.projects.models import Project

PER_PAGE = 30
SORTS = ("urgent", "longest", "newest")
#: Whose texts are listed: the user's own, or those of others.
BY = ("me", "others")


@dataclass
class Item:
    """One row with what is known of its page, its review and its project."""

    row: Row
    days: int
    type_name: str = ""
    page: Page | None = None
    project: Project | None = None
    flow: WorkflowState | None = None
    is_own: bool = False
    may_return: bool = False

    @property
    def title(self) -> str:
        """The title as its editor knows it."""
        if self.page is not None:
            return self.page.draft_title
        return str(self.project or (self.row.column and self.row.column.label) or "")

    @property
    def author(self) -> str:
        """Who wrote the text last."""
        return name_of(self.page and self.page.latest_revision and self.page.latest_revision.user)

    @property
    def was_public(self) -> bool:
        """Whether residents have read it before and cannot now."""
        page = self.page
        return page is not None and not page.live and page.first_published_at is not None


@dataclass
class Work:
    """The list of work as one query asked for it."""

    page: PaginatorPage
    items: list[Item]
    counts: dict[str, int]
    types: list[tuple[str, str, int]]
    kind: str = ""
    page_type: str = ""
    sort: str = SORTS[0]
    all: int = 0
    params: dict[str, str] = field(default_factory=dict)
    by: str = ""

    def query(self, **changes: str) -> str:
        """Write the query with some parameters changed; an empty one is left out."""
        out = QueryDict(mutable=True)
        for name, value in {**self.params, **changes}.items():
            if value:
                out[name] = value
        return out.urlencode()


def work_for(user: AnyUser, query: Any, today: date | None = None) -> Work:
    """List what a query asks for; unknown parameters and values are ignored, never an error."""
    today = today or timezone.localdate()
    rows = rows_for(user, today)
    names = {m._meta.model_name: str(m._meta.verbose_name) for m in page_types().values()}
    kind = query.get("kind", "") if query.get("kind") in {*WorkKind.values, PROMISE} else ""
    page_type = query.get("type", "") if query.get("type") in names else ""
    sort = query.get("sort") if query.get("sort") in SORTS else SORTS[0]
    by = query.get("by") if query.get("by") in BY else ""
    rows = [row for row in rows if not by or (row.author == user.pk) == (by == "me")]
    of_type = [row for row in rows if not page_type or row.page_type == page_type]
    of_kind = [row for row in rows if _is(row, kind)]
    found = sorted((row for row in of_type if _is(row, kind)), key=_order(sort, user))
    page = Paginator(found, PER_PAGE).get_page(query.get("page"))
    numbers = Counter(row.page_type for row in of_kind)
    present = {row.page_type for row in rows}
    return Work(
        page,
        items_of(page.object_list, user, today),
        counts_of(of_type),
        [(code, names[code], numbers[code]) for code in names if code in present],
        kind,
        page_type,
        sort,
        len(of_type),
        {"kind": kind, "type": page_type, "sort": sort if sort != SORTS[0] else "", "by": by},
        by,
    )


def counts_of(rows: Iterable[Row]) -> dict[str, int]:
    """Count rows by kind; what has promises to publish is counted for itself once more."""
    rows = list(rows)
    counts = Counter(row.kind.value for row in rows)
    return {**counts, PROMISE: sum(row.promise for row in rows)}


def _is(row: Row, kind: str) -> bool:
    if not kind:
        return True
    return row.promise if kind == PROMISE else row.kind.value == kind


def _order(sort: str, user: AnyUser) -> Any:
    """Return the key to sort by: what is this user's to do first, or by the days alone."""
    if sort == "longest":
        return lambda row: (row.since, row.page or 0)
    if sort == "newest":
        return lambda row: (-row.since.timestamp(), -(row.page or 0))
    roles = roles_of_user(user)
    writes = roles.is_superuser or roles.has(Role.EDITOR)
    reviews = roles.is_superuser or roles.has(Role.PUBLISHER)
    return lambda row: (rank_of(row, user, writes, reviews), row.since, row.page or 0)


def rank_of(row: Row, user: AnyUser, writes: bool, reviews: bool) -> int:
    """Rank what this user can move on before what waits for others; promises before the rest."""
    if row.kind == WorkKind.REVIEW:
        mine = reviews and row.author != user.pk
    else:
        mine = writes and row.kind != WorkKind.SCHEDULED
    place = list(WorkKind).index(row.kind)
    return (0 if mine else 100) + (0 if row.promise else 20) + place


def items_of(rows: Iterable[Row], user: AnyUser, today: date) -> list[Item]:
    """Fetch what is shown of some rows, in a fixed number of queries."""
    rows = list(rows)
    pages = _pages_of(rows)
    flows = _flows_of(rows)
    projects = _projects_of(rows)
    names = {m._meta.model_name: str(m._meta.verbose_name) for m in page_types().values()}
    items = []
    for row in rows:
        project = projects.get(("project", row.project)) or projects.get(("page", row.page))
        items.append(
            Item(
                row,
                row.days(today),
                names.get(row.page_type, ""),
                pages.get(row.page or 0),
                project,
                flows.get(str(row.page)),
                is_own=row.author is not None and row.author == user.pk and not user.is_superuser,
                may_return=row.promise
                and project is not None
                and may_take(project, user, "return_commitments"),
            )
        )
    return items


def _pages_of(rows: list[Row]) -> dict[int, Page]:
    keys = [row.page for row in rows if row.page]
    return Page.objects.select_related("latest_revision__user").in_bulk(keys) if keys else {}


def _flows_of(rows: list[Row]) -> dict[str, WorkflowState]:
    """Return the running or returned workflows by the key of their page, with who acted last."""
    keys = [str(row.page) for row in rows if row.kind in (WorkKind.REVIEW, WorkKind.RETURNED)]
    if not keys:
        return {}
    flows = (
        WorkflowState.objects.active()
        .filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id__in=keys,
        )
        .select_related("requested_by", "current_task_state__finished_by")
    )
    return {flow.object_id: flow for flow in flows}


def _projects_of(rows: list[Row]) -> dict[tuple[str, int | None], Project]:
    """Return the projects of rows, by their own key and by that of their page."""
    own = [row.project for row in rows if row.project]
    pages = [row.page for row in rows if row.page]
    if not (own or pages):
        return {}
    found = (
        Project.objects.filter(Q(pk__in=own) | Q(page__in=pages))
        .select_related("organization", "cycle", "page")
        .defer("page__body")
        .prefetch_related("partners")
    )
    known: dict[tuple[str, int | None], Project] = {}
    for project in found:
        known["project", project.pk] = project
        page = getattr(project, "page", None)
        if page is not None:
            known["page", page.pk] = project
    return known


def name_of(person: User | None) -> str:
    """Return a person's name; nothing for nobody."""
    return (person.get_full_name() or person.get_username()) if person else ""
