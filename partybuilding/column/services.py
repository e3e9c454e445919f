"""Write the column's pages from the records: a year's page, a project's draft page."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.column.pages import ProjectIndexPage, ProjectYearPage
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.pages.articles import blocks_from, first_sentence
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.permissions import user_works_on_pages
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage


def start_page(project: Project, *, by: AnyUser) -> ProjectPage:
    """Make the draft page of an approved project, filled from its record; once only.

    Returns the page that exists when there is one already.

    Raises:
        NotYours: pages are started by editors and publishers.
        ConditionUnmet: the project is not approved, or the column has no index of projects.
    """
    if not user_works_on_pages(by):
        raise NotYours([_("Pages are started by editors.")])
    with transaction.atomic():
        locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        existing = ProjectPage.objects.filter(project=locked).first()
        if existing is not None:
            return existing
        if not locked.state_row.public:
            raise ConditionUnmet([_("Only an approved project can have a page.")])
        assert by.is_authenticated
        page = ProjectPage(
            project=locked,
            title=locked.title,
            slug=locked.code or "",
            summary=first_sentence(locked.highlights),
            body=body_from(locked),
            live=False,
            has_unpublished_changes=True,
            owner=by,
        )
        year_page(locked.cycle, by=by).add_child(instance=page)
        page.save_revision(user=by, log_action=True)
    return page


def year_page(cycle: Cycle, *, by: AnyUser) -> ProjectYearPage:
    """Return the page of a year, made and published the first time it is needed.

    Raises:
        ConditionUnmet: the column has no index of projects.
    """
    index = ProjectIndexPage.objects.select_for_update(of=("self",)).first()
    page = ProjectYearPage.objects.filter(cycle=cycle).first()
    if page is not None:
        return page
    if index is None:
        raise ConditionUnmet([_("Make the index of projects below the front page first.")])
    page = ProjectYearPage(cycle=cycle, title=cycle.name, slug=str(cycle.year), owner=by)
    index.add_child(instance=page)
    page.save_revision(user=by).publish(skip_permission_checks=True)
    return page


def body_from(project: Project) -> list[dict[str, Any]]:
    """Write the parts of the application that residents may read as blocks to be edited."""
    parts = (
        (_("What the project tackles"), project.problem),
        (_("What makes it distinctive"), project.distinctiveness),
        (_("What it wants to achieve"), project.highlights),
    )
    return blocks_from(parts)
