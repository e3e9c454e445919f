"""The list of projects that residents read: live pages only, filtered, searched, sorted, paged."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Case, CharField, Prefetch, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.images import get_image_model

from partybuilding.core.answers.wording import built_once, worded
from partybuilding.core.pages import pictures
from partybuilding.core.pages.facets import Facet, year_facet
from partybuilding.core.pages.lists import Listing, list_of
from partybuilding.core.pages.words import QUERY_LENGTH, clean_words
from partybuilding.organizations.filters import sector_facet, unit_facet
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.facets import grade_facet
from partybuilding.projects.models import Partner
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import late_projects
from partybuilding.projects.stages import STAGE_OF, STAGES, stage_of

SORTS = {
    "newest": ("-first_published_at", "-pk"),
    "number": ("project__code", "pk"),
    "title": ("title", "pk"),
}
SORT_LABELS = {
    "newest": gettext_lazy("Newest first"),
    "number": gettext_lazy("By number"),
    "title": gettext_lazy("By title"),
}
#: The value of the filter for projects with an overdue commitment.
LATE = "1"
#: What lists, feeds and files show of a project, its page and its kin; wording and reading all columns of
#: six tables takes longer than all the rest of the query.
SHOWN = (
    *("title", "summary", "slug", "path", "depth", "url_path"),
    *("first_published_at", "last_published_at", "lead_image", "lead_image_alt"),
    *("project__code", "project__facts", "project__sector", "project__state"),
    *("project__state_since", "project__cycle__year", "project__cycle__state"),
    *("project__organization__name", "project__organization__unit__name"),
    *("project__grade_class__name",),
)


@built_once
def readable_projects() -> QuerySet[ProjectPage]:
    """Return every project page that residents may read, with what lists show."""
    cuts = get_image_model().get_rendition_model().objects.filter(filter_spec=pictures.CARD)
    return (
        ProjectPage.objects.readable()
        .only(*SHOWN)
        .select_related(
            "project__cycle",
            "project__organization__unit",
            "project__grade_class",
            "lead_image",
        )
        .prefetch_related(
            Prefetch("lead_image__renditions", queryset=cuts, to_attr="prefetched_renditions")
        )
    )


@worded
def told_projects(keys: tuple[int, ...]) -> QuerySet[ProjectPage]:
    """Return some of them."""
    return readable_projects().filter(pk__in=keys)


def project_list(
    query: QueryDict | Mapping[str, Any], path: str = "", cycle_id: int | None = None
) -> Listing:
    """List what a query asks for; unknown parameters and values are ignored, never an error."""
    pages, facets = readable_projects(), project_facets(cycle_id)
    if cycle_id is not None:
        pages = pages.filter(project__cycle=cycle_id)
        facets = tuple(facet for facet in facets if facet.name != "year")
    q = clean_words(query.get("q", ""))
    asked = str(query.get("sort"))
    sort = asked if asked in SORTS else next(iter(SORTS))
    return list_of(
        pages,
        query,
        facets,
        path,
        *SORTS[sort],
        words=condition(q),
        known_as=("projects", cycle_id),
        q=q,
        longest=QUERY_LENGTH,
        sorts=SORT_LABELS,
        sort=sort,
    )


def project_facets(cycle_id: int | None = None) -> tuple[Facet, ...]:
    """Return what the list can be narrowed to, in the order of the offer; the grade once announced.

    Args:
        cycle_id: the year whose words it speaks; without one today's.
    """
    sectors = frozenset(SECTORS.codes())
    return (
        year_facet("project__cycle__year", several=True),
        sector_facet("project__sector", year=cycle_id, several=True, fixed=sectors),
        unit_facet("project__organization__unit", several=True),
        Facet(
            "state",
            pgettext_lazy("column", "Stage"),
            "project__state",
            words=lambda code: stage_of(code).public,
            order=list(STAGES).index,
            code=STAGE_OF.__getitem__,
            fixed=frozenset(STAGES),
            several=True,
        ),
        Facet(
            "overdue",
            pgettext_lazy("column", "Commitments"),
            _is_late(timezone.localdate()),
            words=lambda _code: _("With commitments overdue or not kept"),
            fixed=frozenset([LATE]),
            several=True,
            alone=True,
        ),
        grade_facet("project", several=True, alone=True),
    )


@lru_cache(maxsize=1)
def _is_late(today: date) -> Case:
    """Return the expression for projects with an overdue commitment; wording it takes longer than all other facets."""
    late = When(late_projects("project", today), then=Value(LATE))
    return Case(late, default=Value(""), output_field=CharField())


def condition(q: str) -> Q:
    """Return the condition that every word is somewhere in title, summary, organisations or number."""
    found = Q()
    for word in q.split():
        found &= (
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(project__organization__name__icontains=word)
            | Q(project__in=_joined_by(word))
            | Q(project__code__icontains=word)
        )
    return found


def _joined_by(name: str) -> QuerySet[Partner, Any]:
    return Partner.objects.filter(organization__name__icontains=name).values("project")
