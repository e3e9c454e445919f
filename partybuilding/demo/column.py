"""Write and publish the pages of the demonstration, by the editors' workflow."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.utils.html import format_html
from wagtail.images import get_image_model
from wagtail.models import TaskState

from partybuilding.column.services import body_from, start_page
from partybuilding.demo.acts import Case
from partybuilding.demo.content.page_texts import PAGE_TEXTS
from partybuilding.demo.content.scenes import SCENE_OF_PROJECT
from partybuilding.demo.content.shapes import SOURCE_NOTES
from partybuilding.demo.people import Company
from partybuilding.demo.pictures import draw, scene_of, words
from partybuilding.demo.stage import Story, moment, work_day
from partybuilding.projects.pages import ProjectPage

#: The promises were handed in by 6 May (a Friday); Saturday the 7th was a working day in 2022.
WRITTEN_ON, PUBLISHED_ON = date(2022, 5, 7), date(2022, 5, 9)


def publish_year(company: Company, cases: list[Case], *, quiet: bool = False) -> None:
    """Write, submit and approve the pages of a year: with approval the promises are public."""
    story = Story()
    for place, case in enumerate(cases):
        story.add(work_day(WRITTEN_ON, place), partial(write_page, company, case))
        story.add(
            moment(PUBLISHED_ON, hour=9 + place % 8, minute=place % 60),
            partial(approve_page, company, case),
        )
    story.play("2022年度 公开栏页面", quiet=quiet)


def show_every_stage(
    company: Company, cases: list[Case], when: datetime, *, quiet: bool = False
) -> None:
    """Leave work for editor and publisher: one page published, one submitted, one draft, the rest to be made."""
    story = Story()
    for place, case in enumerate(cases[:3]):
        story.add(when, partial(write_page, company, case, submit=place < 2))
    if cases:
        story.add(when, partial(approve_page, company, cases[0]))
    story.play("本年度 公开栏页面", quiet=quiet)


def write_page(company: Company, case: Case, *, submit: bool = True) -> ProjectPage:
    """Let an editor write a page, and submit it to the publishers."""
    editor = company.editors[case.number % len(company.editors)]
    page = start_page(case.project, by=editor)
    text = PAGE_TEXTS.get(case.text.key)
    if text is not None:
        page.summary = text.summary
        page.body = [
            {"type": "text", "value": format_html("<p>{}</p>", text.introduction)},
            *body_from(case.project),
        ]
    scene = SCENE_OF_PROJECT.get(case.text.key) or scene_of(case.text.sector, case.number)
    page.lead_image = drawing(scene, case.number, case.text.title, by=editor)
    page.lead_image_alt = words(scene)
    note = SOURCE_NOTES[case.text.source]
    page.body = [*page.body.raw_data, {"type": "text", "value": f"<p><i>{note}</i></p>"}]
    page.save_revision(user=editor)
    if submit:
        page.get_workflow().start(page, editor)
    return page


def drawing(scene: str, seed: int, title: str, *, by: Any) -> Any:
    """Draw a scene into the library of pictures."""
    return get_image_model().objects.create(
        title=title,
        file=ContentFile(draw(scene, seed), name=f"{scene}-{seed}.jpg"),
        description=words(scene),
        uploaded_by_user=by,
    )


def approve_page(company: Company, case: Case) -> None:
    """Let a publisher approve the page: it goes live."""
    page = ProjectPage.objects.get(project=case.project)
    task: TaskState = page.current_workflow_task_state
    task.approve(user=company.publishers[case.number % len(company.publishers)])
