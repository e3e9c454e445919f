"""Play the year that is open today: applications in every state, with work waiting for every role."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from typing import Any

from django.utils import timezone

from demonstration.cases import Case
from demonstration.content import PROJECTS_CURRENT
from demonstration.content.shapes import CurrentApplication
from demonstration.doing import progress, supervision
from demonstration.people import Company
from demonstration.stage import Story, days, moment, office_time, work_day
from demonstration.year_form import write_form
from partybuilding.core.calendar import add_working_days
from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from partybuilding.projects.services import assign_experts

#: The first of the approved run ahead: named in a notice, promised, one of them under way.
AHEAD = 2
#: What happens to those that run ahead, by days after the opening, each on a day of its own.
AHEAD_ON = {
    "started": 1,
    "submitted": 3,
    "reviewed": 5,
    "prepared": 7,
    "approved": 8,
    "noticed": 9,
    "promised": 17,
    "published": 18,
    "visited": 19,
    "rectified": 23,
    "proposed": 24,
}

#: What is recorded of each application that awaits the decision: most are ready, some lack a part.
READY = ("documents", "hearing", "visit")
PREPARED = (READY, READY, ("documents",), READY, ("documents", "hearing"), READY, (), READY)


class CurrentYear:
    """The open year and its cases; nothing in it lies in the future."""

    def __init__(self, company: Company, cycle: Cycle, *, quiet: bool = False) -> None:
        self.company, self.cycle, self.quiet = company, cycle, quiet
        self.opened: date = cycle.applications_open
        self.cases = [
            Case(company, cycle, text, 200 + number) for number, text in enumerate(PROJECTS_CURRENT)
        ]

    @property
    def approved(self) -> list[Case]:
        """The cases that are approved by now."""
        return [case for case in self.cases if _text(case).state == "approved"]

    @property
    def ahead(self) -> list[Case]:
        """The approved that run ahead of the others."""
        return self.approved[:AHEAD]

    @cached_property
    def ahead_at(self) -> dict[str, datetime]:
        """When what happens to those that run ahead: working days that follow each other, none after now."""
        found: dict[str, datetime] = {}
        day, latest = self.opened, office_time(timezone.now())
        for place, (name, offset) in enumerate(AHEAD_ON.items()):
            day = max(add_working_days(days(self.opened, offset), 0), add_working_days(day, 1))
            before_now = latest + timedelta(minutes=5 * place)
            found[name] = min(moment(day, hour=9, minute=4 * place), before_now)
        return found

    def play(self, announce: Callable[[], None]) -> None:
        """Bring every application to its state; `announce` the first that are approved."""
        story = Story()
        story.add(moment(self.opened, hour=8), self._open)
        waiting = 0
        for place, case in enumerate(self.cases):
            state = _text(case).state
            if case in self.ahead:
                self._run_ahead(story, case)
                continue
            story.add(self._day(1 + place % 6, place), case.start)
            if state != "draft":
                self._hand_in(story, case, place)
            if state == "first_passed":
                self._prepare(story, case, PREPARED[waiting % len(PREPARED)], self._day(18, place))
                waiting += 1
        story.add(self.ahead_at["noticed"], announce)
        story.play(f"{self.cycle.year}年度 申报与评审", quiet=self.quiet)

    def _open(self) -> None:
        write_form(self.cycle, by=self.company.department[0])
        move(self.cycle, "open_applications", by=self.company.department[0])
        self.cycle.refresh_from_db()

    def _day(self, offset: int, place: int) -> datetime:
        """Return a moment of a working day so many days after the opening, never after now."""
        when = work_day(days(self.opened, offset), place)
        return min(when, office_time(timezone.now()) + timedelta(minutes=place % 60))

    def _run_ahead(self, story: Story, case: Case) -> None:
        """Approve a case early, and let it write its promises."""
        when = self.ahead_at
        story.add(when["started"], case.start)
        story.add(when["submitted"], case.enclose)
        story.add(when["submitted"], case.submit)
        story.add(when["reviewed"], case.pass_first)
        self._prepare(story, case, READY, when["prepared"])
        story.add(when["approved"], partial(_approve, case))
        story.add(when["promised"], case.promise)

    def report(self) -> None:
        """Let the project that is under way propose a change and be visited."""
        story = Story()
        progress.add_to_now(story, self.ahead[0], self.ahead_at)
        supervision.add_to_now(story, self.company, self.ahead[0], self.ahead_at)
        story.play(f"{self.cycle.year}年度 进展", quiet=self.quiet)

    def _hand_in(self, story: Story, case: Case, place: int) -> None:
        text = _text(case)
        late = text.state == "submitted" and place % 2 == 0
        submitted = (
            self._day((18 if late else 8) + place % 4, place)
            if text.state == "submitted"
            else self._day(7 + place % 2, place)
        )
        if place % 2 == 0:
            story.add(submitted, case.enclose)
        story.add(submitted, case.submit)
        if text.state == "submitted":
            return
        reviewed = self._day(11 + place % 4, place)
        if text.state == "withdrawn":
            story.add(reviewed, lambda: case.withdraw(text.reason))
        elif text.state == "returned" and text.returned:
            returned = text.returned
            if returned.by == "department":
                story.add(reviewed, case.pass_first)
            story.add(self._day(21, place), lambda: case.send_back(returned))
        elif text.declined_by == "unit":
            story.add(reviewed, lambda: case.not_recommend(text.grounds, text.reason))
            if text.state == "declined":
                self._decline(story, case, place)
        else:
            story.add(reviewed, case.pass_first)
            self._decide(story, case, place)

    def _decide(self, story: Story, case: Case, place: int) -> None:
        text = _text(case)
        if text.state == "approved":
            self._prepare(story, case, READY, self._day(18, place))
            story.add(self._day(22, place), partial(_approve, case))
        elif text.state == "declined":
            self._decline(story, case, place)

    def _decline(self, story: Story, case: Case, place: int) -> None:
        text = _text(case)
        story.add(
            self._day(22, place), lambda: case.decline(case.officer, text.grounds, text.reason)
        )

    def _prepare(self, story: Story, case: Case, methods: tuple[str, ...], when: datetime) -> None:
        group = self._group_of(case)
        story.add(when, lambda: assign_experts(case.project, group, by=case.officer))
        if methods:
            story.add(when, lambda: case.assess(methods))
        if methods == READY:
            share = 0.95 - case.number % 7 * 0.02
            story.add(when, lambda: case.rate(share))
            story.add(when, case.appoint)

    def _group_of(self, case: Case) -> Any:
        groups = list(self.company.groups.values())
        if case.number % 3 == 0:
            return groups[0]
        return groups[case.number % len(groups)]


def _approve(case: Case) -> None:
    move(case.project, "approve", by=case.officer, reason="同意先行立项。")


def _text(case: Case) -> CurrentApplication:
    assert isinstance(case.text, CurrentApplication)
    return case.text
