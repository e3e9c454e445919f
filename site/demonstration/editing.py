"""How editors and publishers work: draw, write, hand in, approve; and the pages of projects so made."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from wagtail.images import get_image_model
from wagtail.models import Page

from demonstration.bodies import note, text
from demonstration.cases import Case
from demonstration.content import PAGE_TEXTS, SCENE_OF_PROJECT
from demonstration.people import Company
from demonstration.pictures import draw, logo, scene_of, words
from demonstration.stage import Story, moment, work_day
from partybuilding.column.services import body_from, start_page
from partybuilding.core.pages import pictures
from partybuilding.projects.pages import ProjectPage

#: The promises were handed in by 6 May (a Friday); Saturday the 7th was a working day in 2022.
#: The notice of the list was open until the 9th.
WRITTEN_ON, PUBLISHED_ON = date(2022, 5, 7), date(2022, 5, 10)


class Desk:
    """One editor and one publisher who see a page through; the number decides who they are."""

    def __init__(self, company: Company, number: int) -> None:
        self.editor = company.editors[number % len(company.editors)]
        self.publisher = company.publishers[number % len(company.publishers)]

    def write(self, page: Any, **fields: Any) -> None:
        """Let the editor write into a draft; as in the CMS the row of an unpublished page follows."""
        for name, value in fields.items():
            setattr(page, name, value)
        if not page.live:
            page.save()
        page.save_revision(user=self.editor)

    def add(self, parent: Any, page: Any) -> None:
        """Let the editor add a draft below a page."""
        page.live, page.has_unpublished_changes, page.owner = False, True, self.editor
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        page.save_revision(user=self.editor, log_action=True)

    def hand_in(self, page: Any) -> None:
        """Let the editor hand a page in for review."""
        page.get_workflow().start(page, self.editor)

    def release(self, page: Any) -> None:
        """Let the publisher approve it: it goes live; the cuts that a first visit needs are made."""
        fresh = type(page)._base_manager.get(pk=page.pk)
        fresh.current_workflow_task_state.approve(user=self.publisher)
        cut(getattr(fresh, "lead_image", None))

    def drawing(self, scene: str, seed: int, title: str) -> Any:
        """Draw a scene into the library of pictures."""
        return get_image_model().objects.create(
            title=title,
            file=ContentFile(draw(scene, seed), name=f"{scene}-{seed}.jpg"),
            description=words(scene),
            uploaded_by_user=self.editor,
        )

    def draw(self, scene: str, seed: int, title: str) -> int:
        """Draw a scene into the library, cut for running text, and return its key."""
        image = self.drawing(scene, seed, title)
        image.get_renditions(pictures.BODY, pictures.CARD)
        return image.pk

    def logo(self, mark: str, title: str) -> Any:
        """Draw the logo of a brand into the library, cut as its page shows it."""
        image = get_image_model().objects.create(
            title=f"{title}标志",
            file=ContentFile(logo(mark), name=f"logo-{ord(mark)}.png"),
            description=f"红底白字的“{mark}”字标志",
            uploaded_by_user=self.editor,
        )
        image.get_rendition(pictures.MARK)
        return image

    def lead(self, scene: str, seed: int, title: str) -> dict[str, Any]:
        """Return the fields of a lead picture."""
        return {
            "lead_image": self.drawing(scene, seed, title),
            "lead_image_alt": words(scene),
        }


def cut(image: Any) -> None:
    """Make the cuts of lists and of the head of a page, so that no visitor waits for them."""
    if image is not None:
        image.get_renditions(pictures.CARD, pictures.LEAD)


def publish_year(company: Company, cases: list[Case], *, quiet: bool = False) -> None:
    """Write, submit and approve the pages of a year: with approval the promises are public."""
    story = Story()
    for place, case in enumerate(cases):
        published = moment(PUBLISHED_ON, hour=8 + place // 60, minute=place % 60)
        story.add(work_day(WRITTEN_ON, place), partial(write_page, company, case))
        story.add(published, partial(approve_page, company, case))
    story.play("2022年度 公开栏页面", quiet=quiet)


def publish_now(
    company: Company, ahead: list[Case], when: datetime, *, quiet: bool = False
) -> None:
    """Write the pages of those that run ahead, and publish the first; the other waits for approval."""
    story = Story()
    for case in ahead:
        story.add(when, partial(write_page, company, case))
    story.add(when, partial(approve_page, company, ahead[0]))
    story.play("本年度 公开承诺", quiet=quiet)


def write_page(company: Company, case: Case, *, submit: bool = True) -> None:
    """Let an editor write a page, and submit it to the publishers."""
    desk = Desk(company, case.number)
    page = start_page(case.project, by=desk.editor)
    said = PAGE_TEXTS.get(case.text.key)
    scene = SCENE_OF_PROJECT.get(case.text.key) or scene_of(case.text.sector, case.number)
    fields: dict[str, Any] = desk.lead(scene, case.number, case.text.title)
    body = body_from(case.project)
    if said is not None:
        fields["summary"] = said.summary
        body = [text(said.introduction), *body]
    desk.write(page, body=[*body, note(case.text.source)], **fields)
    if submit:
        desk.hand_in(page)


def approve_page(company: Company, case: Case) -> None:
    """Let a publisher approve the page: it goes live, and the project is under way."""
    Desk(company, case.number).release(ProjectPage.objects.get(project=case.project))
