"""Pages of the column, and records whose state was forged behind the door's back."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection
from PIL import Image
from wagtail.images import get_image_model

from partybuilding.column.services import start_page
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.told import frozen_now
from tests.factories.people import make_organization
from tests.factories.projects import Cast, make_cast, make_project
from tests.replay import replayed


@replayed
def make_page(
    state: str = "implementing", cast: Cast | None = None, *, live: bool = True, **fields: Any
) -> ProjectPage:
    """Make a project's page by the people of its cast, published or as a draft."""
    cast = cast or make_cast()
    project = make_project(state, cast)
    if fields:
        Project.objects.filter(pk=project.pk).update(**fields)
        project.refresh_from_db()
    page = start_page(project, by=cast["editor"])
    if live:
        publish(page, cast)
    return ProjectPage.objects.get(pk=page.pk)


def publish(page: ProjectPage, cast: Cast) -> None:
    """Publish a page; one whose promises wait was announced when the project was approved."""
    waiting = page.publication_due()
    if waiting:
        forge(page.project, "approved")
    page.get_latest_revision().publish(user=cast["publisher"])
    if waiting:
        forge(page.project, "commitments_submitted")


@replayed
def make_pages(number: int, cast: Cast) -> list[ProjectPage]:
    """Make many live pages at once, past the services, for lists that must not slow down."""
    first = make_page("implementing", cast)
    year = first.get_parent().specific
    made = [first]
    other = make_organization(cast.organization.unit) if number > 2 else None
    for count in range(1, number):
        project = Project.objects.get(pk=first.project_id)
        project.pk, project.code = None, f"{first.project.code}-{count:04d}"
        project.organization = cast.organization if count % 2 else other
        project._state.adding = True
        project.save()
        project.facts = {"submit": frozen_now(project).as_json(project.submitted_at)}
        project.save(update_fields=["facts"])
        page = ProjectPage(
            project=project,
            title=f"{first.title}{count}",
            slug=project.code,
            summary=first.summary,
            live=True,
            first_published_at=first.first_published_at,
            last_published_at=first.last_published_at,
            lead_image=first.lead_image,
            lead_image_alt=first.lead_image_alt,
        )
        made.append(year.add_child(instance=page))
    return made


def make_image(title: str = "议事厅") -> Any:
    """Put a small picture into the library."""
    file = BytesIO()
    Image.new("RGB", (640, 480), "#B3000C").save(file, "PNG")
    return get_image_model().objects.create(
        title=title, file=ContentFile(file.getvalue(), name="picture.png")
    )


def forge(project: Project, state: str) -> None:
    """Write a state past the door, as only somebody with the database in hand could."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE partybuilding_project SET state = %s WHERE id = %s", [state, project.pk]
        )
