"""Play a small year that is being judged today: a dozen projects, scored and computed, some sheets given back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from django.utils import timezone

from demonstration.cases import Case
from demonstration.content import PROJECTS_2022, PROJECTS_ADOPTED, PROJECTS_CURRENT
from demonstration.content.shapes import AdoptedApplication, Application
from demonstration.cycles import judged_cycle
from demonstration.doing import judging, progress
from demonstration.editing import approve_page, write_page
from demonstration.notices import announce_list
from demonstration.people import Company
from demonstration.stage import Story, at, days, last_working_day, moment, work_day
from demonstration.year_form import write_form_of_judged
from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Project
from partybuilding.projects.services import save_results

#: So many of the approved of 2022 go on, after the strongest; three others learn from cases.
PROJECTS, AFTER = 8, 3
AGAIN = "-again"
#: Days before today on which what concerns the judging happens; further apart than any public holiday lasts.
RESULTS, EVALUATION, DRAWN, SCORED, COMPUTED, GIVEN_BACK = 64, 52, 40, 28, 16, 4
#: The project that goes on after the others handed in their results, and the days ago on which it reported.
LONGER, REPORTED = PROJECTS - 1, (25, 6)
#: Of so many projects one leaves what fell due meanwhile undone, and one does its second step late.
ONE_BEHIND_IN, ONE_LATE_IN = 5, 4
#: So many days ago a report was questioned, and one such question answered.
ASKED, ANSWERED = 4, 1


class LastYear:
    """The year that is judged, with a project of the login "applicant" among its dozen.

    Args:
        earlier: the projects of 2022 by the keys of their texts.
    """

    def __init__(
        self, company: Company, earlier: Mapping[str, Project], *, quiet: bool = False
    ) -> None:
        self.company, self.quiet = company, quiet
        self.today = timezone.localdate()
        self.officer = company.department[0]
        year = days(self.today, -300).year
        with at(moment(date(year, 1, 10))):
            self.cycle = judged_cycle(year, self.today, by=self.officer)
            write_form_of_judged(self.cycle, by=self.officer)
        self.cases = [
            Case(company, self.cycle, text, 400 + number, origin=earlier.get(_origin_of(text)))
            for number, text in enumerate(_texts())
        ]

    def _day(self, before: int) -> date:
        return last_working_day(days(self.today, -before))

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
        own = next(case for case in self.cases if case.applicant.username == "applicant")
        days_of = (self._day(ASKED), self._day(ANSWERED))
        progress.add_to_last_year(story, own, self.cases[0], *days_of)
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
        results, reports = self._day(RESULTS), 0
        for number, step in enumerate(case.text.plan):
            due = max(case.deadline(step.deadline), self.cycle.starts_on.replace(day=15))
            reported = self._reported_on(place, number, due, results)
            if reported is not None:
                story.add(work_day(reported, place), partial(progress.report, case, number))
                reports += 1
        if place != LONGER:
            story.add(work_day(results, place), partial(_results, case))
            return
        for number, before in enumerate(REPORTED, start=reports):
            if number < len(case.text.plan):
                story.add(
                    work_day(self._day(before), place), partial(progress.report, case, number)
                )

    def _reported_on(self, place: int, number: int, due: date, results: date) -> date | None:
        """Return when a step was reported before the results were handed in: some late, some ahead of time."""
        last = last_working_day(days(results, -1 - place % 3))
        if due < results:
            is_late = number == 1 and place % ONE_LATE_IN == 1
            return min(last_working_day(days(due, 4 + place if is_late else 0)), last)
        is_ahead = due < self.today or (place + number) % 3 == 0
        return last if is_ahead and place % ONE_BEHIND_IN != 2 and place != LONGER else None

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
        *(_again(text) for text in chosen),
        *PROJECTS_ADOPTED,
        _again(replace(own, partners=())),
    ]


def _again(text: Application) -> Application:
    return replace(text, key=f"{text.key}{AGAIN}", title=f"{text.title}（巩固提升）")


def _origin_of(text: Application) -> str:
    """Return the key of the project of 2022 that an application goes on from, if there is one."""
    if isinstance(text, AdoptedApplication):
        return text.adopts
    return text.key.removesuffix(AGAIN)


def _approve(case: Case) -> None:
    move(case.project, "approve", by=case.officer, reason="会议研究，同意继续立项。")


def _results(case: Case) -> None:
    promises = case.project.commitments
    left = promises.unkept().values_list("pk", flat=True)
    told = dict.fromkeys(left, "按计划推进，年底前全部完成，现场可查。")
    made = promises.count()
    rest = "，其余年底前完成" if told else ""
    summary = f"{made}项承诺已办结{made - len(told)}项，主要目标已实现{rest}。"
    save_results(case.project, by=case.applicant, summary=summary, explanations=told)
    move(case.project, "submit_results", by=case.applicant)
