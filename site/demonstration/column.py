"""Write and publish the pages of the demonstration's projects, by the editors' workflow."""

from datetime import date, datetime
from functools import partial
from typing import Any

from demonstration.acts import Case
from demonstration.bodies import note, text
from demonstration.content.page_texts import PAGE_TEXTS
from demonstration.content.scenes import SCENE_OF_PROJECT
from demonstration.editing import Desk
from demonstration.people import Company
from demonstration.pictures import scene_of
from demonstration.stage import Story, moment, work_day
from partybuilding.column.services import body_from, start_page
from partybuilding.projects.pages import ProjectPage

#: The promises were handed in by 6 May (a Friday); Saturday the 7th was a working day in 2022.
#: The notice of the list was open until the 9th.
WRITTEN_ON, PUBLISHED_ON = date(2022, 5, 7), date(2022, 5, 10)


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
