"""Play the year that is open today: applications in every state, with work waiting for every role."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from partybuilding.demo.acts import Case
from partybuilding.demo.content.projects_current import PROJECTS_CURRENT
from partybuilding.demo.content.shapes import CurrentApplication
from partybuilding.demo.people import Company
from partybuilding.demo.rules import OPENED_BEFORE
from partybuilding.demo.stage import Story, days, work_day
from partybuilding.projects.services import assign_experts

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

    def play(self) -> None:
        """Bring every application to its state."""
        story = Story()
        opened = timezone.localtime().replace(hour=8, minute=0) - timedelta(days=OPENED_BEFORE)
        story.add(opened, self._open)
        waiting = 0
        for place, case in enumerate(self.cases):
            story.add(self._day(1 + place % 6, place), case.start)
            state = _text(case).state
            if state != "draft":
                self._hand_in(story, case, place)
            if state == "first_passed":
                self._prepare(story, case, PREPARED[waiting % len(PREPARED)])
                waiting += 1
        story.play(f"{self.cycle.year}年度 申报与评审", quiet=self.quiet)

    def _open(self) -> None:
        move(self.cycle, "open_applications", by=self.company.department[0])
        self.cycle.refresh_from_db()

    def _day(self, offset: int, place: int) -> Any:
        """Return a moment of a working day so many days after the opening, never after now."""
        when = work_day(days(self.opened, offset), place)
        return min(when, timezone.localtime() - timedelta(minutes=90 - place))

    def _hand_in(self, story: Story, case: Case, place: int) -> None:
        text = _text(case)
        late = text.state == "submitted" and place % 2 == 0
        submitted = (
            self._day((18 if late else 8) + place % 4, place)
            if text.state == "submitted"
            else self._day(7 + place % 2, place)
        )
        if place % 2 == 0:
            story.add(submitted - timedelta(minutes=30), case.enclose)
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
            story.add(reviewed, lambda: case.decline(case.reviewer, text.grounds, text.reason))
        else:
            story.add(reviewed, case.pass_first)
            self._decide(story, case, place)

    def _decide(self, story: Story, case: Case, place: int) -> None:
        text = _text(case)
        if text.state == "approved":
            self._prepare(story, case, READY)
            story.add(
                self._day(22, place),
                lambda: move(case.project, "approve", by=case.officer, reason="同意先行立项。"),
            )
        elif text.state == "declined":
            story.add(
                self._day(22, place),
                lambda: case.decline(case.officer, text.grounds, text.reason),
            )

    def _prepare(self, story: Story, case: Case, methods: tuple[str, ...]) -> None:
        when = self._day(18, case.number % 30)
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


def _text(case: Case) -> CurrentApplication:
    assert isinstance(case.text, CurrentApplication)
    return case.text
