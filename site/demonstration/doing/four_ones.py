"""Let some of the four ones pass on in 2022."""

from datetime import date
from functools import partial

from demonstration.cases import Case
from demonstration.content import KEEPING, PEOPLE
from demonstration.content.work_shapes import Handover
from demonstration.stage import Story, work_day
from partybuilding.projects.services import appoint_four_ones


def add_to_year(story: Story, cases: list[Case]) -> None:
    """Add the handovers, each on the day on which the department records it."""
    of_key = {case.text.key: case for case in cases}
    for place, handover in enumerate(KEEPING.handovers):
        case = of_key[handover.project]
        story.add(
            work_day(date.fromisoformat(handover.recorded), place),
            partial(_hand_over, case, handover),
        )


def _hand_over(case: Case, handover: Handover) -> None:
    person = handover.person or PEOPLE.leaders[case.company.leading].person
    account = case.company.leaders.get(person.name) if handover.duty == "leader" else None
    named = {handover.duty: (person.name, person.post, account)}
    since = date.fromisoformat(handover.since)
    appoint_four_ones(case.project, named, by=case.officer, since=since)
