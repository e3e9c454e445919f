"""A project over the years: the one it continues, the one that continues it, what each promised and kept."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.answers.wording import worded
from partybuilding.projects.models import Project, Source
from partybuilding.projects.page.facts import announced_grade
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import Tally, standings, tallies
from partybuilding.projects.states import SourceKind


def years_of(project: Project) -> list[int]:
    """Return the keys of the projects of one chain, the first one first, itself among them.

    Who leads a project goes on with it: the whole chain stands in the rows of one organisation.
    """
    origins = dict(_continued_by(project.organization_id))
    following = {origin: key for key, origin in origins.items()}
    chain = [project.pk]
    while (before := origins.get(chain[0])) is not None:
        chain.insert(0, before)
    while (after := following.get(chain[-1])) is not None:
        chain.append(after)
    return chain


@worded
def _continued_by(organization: int) -> "QuerySet[Source, tuple[int, int]]":
    """Return which projects of an organisation continue which."""
    told = Source.objects.filter(kind=SourceKind.CONTINUE, project__organization=organization)
    return told.order_by("pk").values_list("project", "origin")


def continued_part(reading: Any) -> Mapping[str, Any] | None:
    """Return the years of a project as far as residents may read of them; nothing for one that stands alone."""
    chain = years_of(reading.project)
    if len(chain) < 2:
        return None
    pages = ProjectPage.objects.readable().filter(project__in=chain).defer_streamfields()
    shown = pages.select_related("project__cycle", "project__grade_class")
    ordered = sorted(shown, key=lambda page: chain.index(page.project_id))
    if not [page for page in ordered if page.project_id != reading.project.pk]:
        return None
    kept = tallies(standings(chain, reading.today))
    rows = [_row(page, kept.get(page.project_id, Tally()), reading) for page in ordered]
    columns = (
        *(pgettext("column", "Project"), _("Promised"), _("Kept")),
        pgettext("column", "Grade"),
    )
    heads = [{"label": label, "numeric": at in (1, 2)} for at, label in enumerate(columns)]
    years = _("%(count)s years") % {"count": len(rows)}
    return {"columns": heads, "rows": rows, "sum": years}


def _row(page: ProjectPage, tally: Tally, reading: Any) -> list[Any]:
    is_here = page.project_id == reading.project.pk
    title = _("%(title)s (this page)") % {"title": page.title} if is_here else page.title
    way = {} if is_here else {"href": page.get_url(reading.request)}
    year = _("Year %(year)s") % {"year": page.project.cycle.year}
    return [
        {"text": title, "note": year, **way},
        {"text": tally.commitments, "numeric": True},
        {"text": tally.kept, "numeric": True},
        announced_grade(page.project) or "—",
    ]
