"""Recognise the brands of the demonstration and select its cases, and publish the pages of both."""

from dataclasses import asdict
from datetime import date
from functools import partial

from demonstration.bodies import Writer, heading, listing, note, text
from demonstration.cases import Case
from demonstration.content import BRANDS, CASES
from demonstration.content.column_shapes import BrandText, CaseText, Figures
from demonstration.editing import Desk
from demonstration.figures import Facts
from demonstration.people import Company
from demonstration.stage import Story, days, work_day
from partybuilding.brands.models import Brand
from partybuilding.brands.services import begin_page, start_brand
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.services import start_case
from partybuilding.core.services import move
from partybuilding.projects.models import Project

#: After the year was archived: written, decided, published, promoted.
WRITTEN_ON, DECIDED_ON = date(2023, 2, 13), date(2023, 3, 8)
PUBLISHED_ON, PROMOTED_ON = date(2023, 3, 13), date(2023, 3, 15)
#: What editors leave as it was filled from the file: the facts, counted from rows, and the evidence.
FILLED = ("facts", "figure", "gallery")


def spread(company: Company, cases: list[Case], *, quiet: bool = False) -> None:
    """Play the brands and the case studies of the year."""
    projects = {case.text.key: case.project for case in cases}
    story = Story()
    for place, brand in enumerate(BRANDS):
        _play_brand(story, company, brand, projects[brand.projects[0]], place)
    for place, said in enumerate(CASES):
        _play_case(story, company, said, projects[said.project], place)
    story.play("2022年度 案例与品牌", quiet=quiet)


def _play_brand(
    story: Story, company: Company, said: BrandText, project: Project, place: int
) -> None:
    actor = _BrandActs(company, said, project, place)
    story.add(work_day(WRITTEN_ON, place), actor.write)
    story.add(work_day(days(WRITTEN_ON, 2), place), actor.nominate)
    story.add(work_day(DECIDED_ON, place), partial(actor.decide, "recognise"))
    story.add(work_day(PUBLISHED_ON, place), actor.publish)
    if said.promoted:
        story.add(work_day(PROMOTED_ON, place), partial(actor.decide, "promote"))


def _play_case(
    story: Story, company: Company, said: CaseText, project: Project, place: int
) -> None:
    actor = _CaseActs(company, said, project, place)
    story.add(work_day(days(WRITTEN_ON, 1), place), actor.write)
    story.add(work_day(DECIDED_ON, place), actor.select)
    story.add(work_day(days(PUBLISHED_ON, 1), place), actor.publish)


class _BrandActs:
    def __init__(self, company: Company, said: BrandText, project: Project, place: int) -> None:
        self.desk, self.said, self.project = Desk(company, place), said, project
        self.officer = company.department[place % len(company.department)]
        self.place = place

    @property
    def brand(self) -> Brand:
        return Brand.objects.get(name=self.said.name)

    def write(self) -> None:
        """Begin the brand and write its page."""
        said = self.said
        brand = start_brand(self.project, by=self.desk.editor, name=said.name)
        page = begin_page(brand, by=self.desk.editor)
        story = [
            *(heading("名字从哪里来"), text(said.origin)),
            *(heading("怎么做"), text(said.practice)),
            *(heading("做得怎么样"), text(said.effect)),
            note(said.source),
        ]
        self.desk.write(
            page,
            slogan=said.slogan,
            summary=said.summary,
            story=story,
            spread=[text(said.spread)],
            logo=self.desk.logo(said.mark, said.name),
            places=[{"type": "place", "value": asdict(place)} for place in said.places],
            honours=[{"type": "honour", "value": asdict(honour)} for honour in said.honours],
            **self.desk.lead(said.scene, 300 + self.place, said.name),
        )

    def nominate(self) -> None:
        """Propose it, with grounds."""
        move(self.brand, "nominate", by=self.desk.editor, reason=self.said.summary)

    def decide(self, step: str) -> None:
        """Let the department recognise or promote it."""
        move(self.brand, step, by=self.officer, reason="会议研究，同意。")

    def publish(self) -> None:
        """Take its page through the workflow."""
        page = self.brand.page
        self.desk.hand_in(page)
        self.desk.release(page)


class _CaseActs:
    def __init__(self, company: Company, said: CaseText, project: Project, place: int) -> None:
        self.desk, self.said, self.project = Desk(company, place), said, project
        self.officer = company.department[place % len(company.department)]
        self.place = place

    @property
    def case(self) -> CaseStudy:
        return CaseStudy.objects.get(project=self.project)

    def write(self) -> None:
        """Begin the case, write its page and submit the case."""
        said = self.said
        page = start_case(self.project, by=self.desk.editor, title=said.title)
        writer = Writer(Facts(), self.desk.draw)
        counted = [block for block in page.results.raw_data if block["type"] in FILLED]
        method = [writer.block(said.method)] if said.method else []
        looks = (
            [writer.before_and_after(said.before, said.after)] if said.before and said.after else []
        )
        more = [writer.block(part) for part in (said.statistic, said.quote) if part]
        self.desk.write(
            page,
            summary=said.summary,
            situation=[text(*said.situation)],
            practice=[text(*said.practice), *method],
            results=[
                *(writer.block(Figures(said.figures)), text(*said.results)),
                *(*looks, *more, *counted),
            ],
            lessons=[listing(said.lesson, ordered=True), note(said.source)],
            **self.desk.lead(said.scene, 400 + self.place, said.title),
        )
        move(self.case, "submit", by=self.desk.editor, reason="材料齐全，请予遴选。")

    def select(self) -> None:
        """Let the department select it."""
        move(self.case, "select", by=self.officer, reason="做法具体，可以照着做，同意入选。")

    def publish(self) -> None:
        """Take its page through the workflow: the case is published with it."""
        page = self.case.page
        self.desk.hand_in(page)
        self.desk.release(page)
