"""Play the year 2022: 135 applications, 64 approved, promised, done and graded."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from demonstration.cases import Case
from demonstration.content import PROJECTS_2022, UNFINISHED
from demonstration.content.shapes import FinishedApplication
from demonstration.doing import bulletins, four_ones, judging, opinions, progress, supervision
from demonstration.people import Company
from demonstration.stage import Story, at, days, later, moment, work_day
from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import DecisionSession
from partybuilding.projects.services import close_session, note_decision, open_session, save_results
from partybuilding.projects.states import Decision

DECIDED_ON = date(2022, 4, 28)
IMPLEMENTED_FROM = date(2022, 5, 10)
#: The experts' visits end on 6 January, the Spring Festival begins on the 21st.
JUDGED = judging.Dates(
    peers_drawn=date(2022, 7, 8),
    peers_until=date(2022, 7, 22),
    groups_drawn=date(2022, 12, 22),
    scored_until=date(2023, 1, 6),
    computed=date(2023, 1, 9),
)


class Year2022:
    """The year and its cases, played stage by stage."""

    def __init__(self, company: Company, cycle: Cycle, *, quiet: bool = False) -> None:
        self.company, self.cycle, self.quiet = company, cycle, quiet
        self.cases = [
            Case(company, cycle, text, number) for number, text in enumerate(PROJECTS_2022)
        ]

    @property
    def approved(self) -> list[Case]:
        """The cases that were approved, best first."""
        chosen = [case for case in self.cases if _text(case).outcome == "approved"]
        return sorted(chosen, key=lambda case: _text(case).strength or 0)

    def apply_and_review(self) -> None:
        """Let everybody apply, be returned and mend, be recommended or not by the unit."""
        story = Story()
        story.add(moment(self.cycle.applications_open, hour=8), self._open)
        for case in self.cases:
            self._apply(story, case)
        story.play("2022年度 申报与初审", quiet=self.quiet)

    def _open(self) -> None:
        move(self.cycle, "open_applications", by=self.company.department[0])
        self.cycle.refresh_from_db()

    def _apply(self, story: Story, case: Case) -> None:
        text = _text(case)
        n = case.number
        start = work_day(days(self.cycle.applications_open, 1 + n % 18), n)
        story.add(start, case.start)
        if n % 3 == 0:
            story.add(later(start, 1, n), case.enclose)
        submitted = later(start, 2 + n % 4, n)
        story.add(submitted, case.submit)
        reviewed = later(submitted, 2 + n % 4, n)
        if text.returned_once and text.returned_once.by == "unit":
            returned = text.returned_once
            story.add(reviewed, lambda: case.send_back(returned))
            mended = later(reviewed, 2, n)
            story.add(mended, lambda: case.mend(returned))
            reviewed = later(mended, 2, n)
        if text.outcome == "withdrawn":
            story.add(reviewed, lambda: case.withdraw(text.reason))
        elif text.declined_by == "unit":
            story.add(reviewed, lambda: case.not_recommend(text.grounds, text.reason))
        else:
            story.add(reviewed, case.pass_first)

    def pre_assess(self) -> None:
        """Let the department read, hear and visit, rate, and name the four ones."""
        story = Story()
        start = date(2022, 4, 6)
        for case in self._decided_by_department():
            text = _text(case)
            good = text.outcome == "approved"
            when = work_day(days(start, case.number % 15), case.number)
            if text.returned_once and text.returned_once.by == "department":
                returned = text.returned_once
                sent = work_day(start, case.number)
                story.add(sent, partial(case.send_back, returned))
                mended = later(sent, 2, case.number)
                story.add(mended, partial(case.mend, returned))
                passed = later(mended, 2, case.number)
                story.add(passed, case.pass_first)
                when = later(passed, 1, case.number)
            methods = ("documents", "hearing", "visit") if good else ("documents", "hearing")
            for after, method in enumerate(methods):
                held = later(when, after, case.number + after)
                story.add(held, partial(case.assess, (method,), good=good))
            rated = later(when, len(methods), case.number)
            story.add(rated, partial(case.rate, _share(text)))
            if good:
                story.add(rated + timedelta(minutes=20), case.appoint)
        story.play("2022年度 预评估", quiet=self.quiet)

    def _decided_by_department(self) -> list[Case]:
        return [
            case
            for case in self.cases
            if _text(case).outcome == "approved" or _text(case).declined_by == "department"
        ]

    def decide(self) -> DecisionSession:
        """Hold the decision session and close it: 64 approved."""
        by = self.company.department[0]
        with at(moment(DECIDED_ON, hour=14)):
            cycle = move(Cycle.objects.get(pk=self.cycle.pk), "start_selection", by=by)
            session = open_session(cycle, "2022年度立项评审会", by=by)
            texts = {case.project.pk: _text(case) for case in self.cases}
            for item in session.items.all():
                self._note(item, texts[item.project_id], by)
        with at(moment(DECIDED_ON, hour=17)):
            close_session(DecisionSession.objects.get(pk=session.pk), by=by)
        return DecisionSession.objects.get(pk=session.pk)

    @staticmethod
    def _note(item: Any, text: FinishedApplication, by: Any) -> None:
        if text.outcome == "approved":
            note_decision(item, Decision.APPROVE, by=by, reason="会议研究，同意立项。")
        else:
            note_decision(item, Decision.DECLINE, by=by, grounds=text.grounds, reason=text.reason)

    def promise(self) -> None:
        """Let the approved write their commitments, taken from their plans."""
        story = Story()
        for case in self.approved:
            story.add(work_day(date(2022, 5, 5 + case.number % 2), case.number), case.promise)
        story.play("2022年度 提交承诺", quiet=self.quiet)

    def do_and_grade(self) -> None:
        """Report the steps, hand in results, judge, announce and archive."""
        story = Story()
        progress.add_to_year(story, self.approved)
        for case in self.approved:
            story.add(work_day(supervision.RESULTS_FROM, case.number), partial(_results, case))
        bulletins.add_to_year(story, self.company, self.cycle)
        officer = self.company.department[0]
        story.add(moment(IMPLEMENTED_FROM), partial(self._turn, "start_implementation", officer))
        story.add(moment(date(2022, 12, 20)), partial(self._turn, "start_evaluation", officer))
        judging.add_to_year(story, self.company, self.cycle, self.approved, JUDGED)
        judging.compute_and_announce(story, self.company, self.cycle, JUDGED)
        for case in self.approved:
            story.add(work_day(date(2023, 2, 6), case.number), partial(_archive, case))
        story.add(moment(date(2023, 2, 28)), partial(self._turn, "close", officer))
        four_ones.add_to_year(story, self.approved)
        supervision.add_to_year(story, self.company, self.approved)
        opinions.add_to_year(story, self.company, self.cycle, self.approved)
        story.play("2022年度 实施与评定", quiet=self.quiet)

    def _turn(self, step: str, by: Any) -> None:
        move(Cycle.objects.get(pk=self.cycle.pk), step, by=by)


def _text(case: Case) -> FinishedApplication:
    assert isinstance(case.text, FinishedApplication)
    return case.text


def _share(text: FinishedApplication) -> float:
    """Rate the approved between 97 % and 84 % by their strength, the declined below 75 %."""
    return 0.97 - (text.strength or 64) * 0.002 if text.outcome == "approved" else 0.74


def _results(case: Case) -> None:
    """Sum up what was reached, explain what was not, and hand it in."""
    places = range(len(case.text.plan))
    why = {at: UNFINISHED[key] for at in places if (key := (case.text.key, at)) in UNFINISHED}
    reached = [step.goal for at, step in enumerate(case.text.plan) if at not in why]
    summary = f"{len(places)}项承诺办结{len(reached)}项。{'；'.join(reached)}。"
    keys = case.project.commitments.order_by("order").values_list("pk", flat=True)
    told = {keys[at]: words for at, words in why.items()}
    save_results(case.project, by=case.applicant, summary=summary, explanations=told)
    move(case.project, "submit_results", by=case.applicant)


def _archive(case: Case) -> None:
    move(case.project, "archive", by=case.officer, reason="资料齐全，同意归档。")
