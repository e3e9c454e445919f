"""Let some of the four ones pass on in 2022, and remind everybody of what is due today."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from demonstration.acts import Case, leader_of
from demonstration.content import people
from demonstration.content.four_ones import HANDOVERS, Handover
from demonstration.content.shapes import Application
from demonstration.stage import Story, work_day
from partybuilding.boards.services import remind
from partybuilding.projects.services import appoint_four_ones


def add_to_year(story: Story, year: Any) -> None:
    """Add the handovers, each on the day on which the department records it."""
    cases = {case.text.key: case for case in year.approved}
    for place, handover in enumerate(HANDOVERS):
        case = cases[handover.project]
        story.add(
            work_day(date.fromisoformat(handover.recorded), place),
            partial(_hand_over, case, handover),
        )


def _hand_over(case: Case, handover: Handover) -> None:
    person = handover.person or people.LEADERS[case.company.leading].person
    account = case.company.leaders.get(person.name) if handover.duty == "leader" else None
    named = {handover.duty: (person.name, person.post, account)}
    since = date.fromisoformat(handover.since)
    appoint_four_ones(case.project, named, by=case.officer, since=since)


def busiest_leader(kinds: Iterable[tuple[int, Application]]) -> int:
    """Return the place of the leader who is in charge of most of these applications.

    Args:
        kinds: number and content of each application.
    """
    counts = [0] * len(people.LEADERS)
    for number, text in kinds:
        counts[people.LEADERS.index(leader_of(text, number))] += 1
    return counts.index(max(counts))


def add_to_now() -> None:
    """Remind once, so that the inboxes look as on any working day."""
    remind()
