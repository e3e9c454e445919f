"""Play a small year that is being judged today: a dozen projects, scored and computed, some sheets given back."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from django.utils import timezone

from demonstration.cases import Case
from demonstration.content import PROJECTS_2022, PROJECTS_CURRENT
from demonstration.content.shapes import Application
from demonstration.cycles import judged_cycle
from demonstration.doing import judging
from demonstration.editing import approve_page, write_page
from demonstration.notices import announce_list
from demonstration.people import Company
from demonstration.stage import Story, at, days, moment, work_day
from partybuilding.core.calendar import add_working_days
from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from partybuilding.projects.services import save_results

#: So many of the approved of 2022 go on, after the strongest.
PROJECTS, AFTER = 11, 3
#: Days before today on which what concerns the judging happens.
RESULTS, EVALUATION, DRAWN, SCORED, COMPUTED, GIVEN_BACK = 40, 35, 30, 12, 8, 5


class LastYear:
    """The year that is judged, with a project of the login "applicant" among its dozen."""

    def __init__(self, company: Company, *, quiet: bool = False) -> None:
        self.company, self.quiet = company, quiet
        self.today = timezone.localdate()
        self.officer = company.department[0]
        year = days(self.today, -300).year
        with at(moment(date(year, 1, 10))):
            self.cycle = judged_cycle(year, self.today, by=self.officer)
        self.cases = [
            Case(company, self.cycle, text, 400 + number) for number, text in enumerate(_texts())
        ]

    def _day(self, before: int) -> date:
        return add_working_days(days(self.today, -before), 0)

    def play(self) -> None:
        """Let it be applied for, promised, done and judged, up to the preview of its run."""
        story, year = Story(), self.cycle.year
        for step, day in (
            ("open_applications", date(year, 3, 1)),
            ("start_selection", date(year, 4, 6)),
            ("start_implementation", date(year, 5, 10)),
            ("start_evaluation", self._day(EVALUATION)),
        ):
            story.add(moment(day, hour=8), partial(self._turn, step))
        for place, case in enumerate(self.cases):
            self._bring(story, case, place)
        announce = partial(announce_list, self.company, self.cycle)
        story.add(moment(date(year, 4, 29), hour=19), announce)
        on = judging.Dates(
            peers_drawn=date(year, 7, 8),
            peers_until=date(year, 7, 22),
            groups_drawn=self._day(DRAWN),
            scored_until=self._day(SCORED),
            computed=self._day(COMPUTED),
        )
        judging.add_to_year(story, self.company, self.cycle, self.cases, on)
        compute = partial(judging.compute_now, self.cycle, self.officer)
        story.add(moment(on.computed, hour=10), compute)
        story.add(moment(self._day(GIVEN_BACK), hour=15), self._give_back)
        story.play(f"{year}年度 实施与评审", quiet=self.quiet)

    def _turn(self, step: str) -> None:
        move(Cycle.objects.get(pk=self.cycle.pk), step, by=self.officer)
        self.cycle.refresh_from_db()

    def _bring(self, story: Story, case: Case, place: int) -> None:
        """Let a case be approved, promised and published, and hand its results in."""
        year = self.cycle.year

        def on(month: int, day: int) -> datetime:
            return work_day(date(year, month, day), place)

        story.add(on(3, 7), case.start)
        story.add(on(3, 14), case.submit)
        story.add(on(3, 21), case.pass_first)
        for day, method in enumerate(("documents", "hearing", "visit"), start=8):
            story.add(on(4, day), partial(case.assess, (method,)))
        story.add(on(4, 15), partial(case.rate, 0.95 - place * 0.01))
        story.add(on(4, 15) + timedelta(minutes=20), case.appoint)
        story.add(on(4, 28), partial(_approve, case))
        story.add(on(5, 5), case.promise)
        story.add(on(5, 7), partial(write_page, self.company, case))
        story.add(on(5, 9), partial(approve_page, self.company, case))
        story.add(work_day(self._day(RESULTS), place), partial(_results, case))

    def _give_back(self) -> None:
        mine = next(case for case in self.cases if case.applicant.username == "applicant")
        expert = next(one for one in self.company.groups["village_industry"].members.all()
                      if one.username == "expert")  # fmt: skip
        judging.give_back(self.cycle, expert, mine.organization, self.officer)


def _texts() -> list[Application]:
    approved = [text for text in PROJECTS_2022 if text.outcome == "approved" and not text.partners]
    chosen = sorted(approved, key=lambda text: text.strength or 0)[AFTER : AFTER + PROJECTS]
    own = next(text for text in PROJECTS_CURRENT if text.state == "returned")
    return [
        replace(text, key=f"{text.key}-again", title=f"{text.title}（巩固提升）")
        for text in (*chosen, replace(own, partners=()))
    ]


def _approve(case: Case) -> None:
    move(case.project, "approve", by=case.officer, reason="会议研究，同意继续立项。")


def _results(case: Case) -> None:
    keys = case.project.commitments.values_list("pk", flat=True)
    told = dict.fromkeys(keys, "按计划推进，年底前全部完成，现场可查。")
    summary = f"{len(told)}项承诺按计划推进，主要目标已实现。"
    save_results(case.project, by=case.applicant, summary=summary, explanations=told)
    move(case.project, "submit_results", by=case.applicant)
