"""Feedback notices and bulletins of the demonstration: issued at each quarter's end, published soon after."""

from functools import partial
from typing import Any

from demonstration.bodies import heading, text
from demonstration.content import BULLETINS
from demonstration.content.work_shapes import BulletinText
from demonstration.people import Company
from demonstration.stage import Story, moment
from partybuilding.core.calendar import add_working_days
from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.cycles.models import Cycle
from partybuilding.supervision.bulletins.pages import BulletinPage
from partybuilding.supervision.bulletins.services import start_bulletin
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Visit
from partybuilding.supervision.notices.selectors import due_activities
from partybuilding.supervision.notices.services import draft_notice, issue_many

#: Working days after a quarter on which its bulletin is begun, and on which it is published.
BEGUN_AFTER, PUBLISHED_AFTER = 3, 4


def add_to_year(story: Story, company: Company, cycle: Cycle) -> None:
    """Let the task force issue each quarter's notices on its last day, and write its bulletin after it."""
    for said in BULLETINS.bulletins:
        quarter = Quarter(cycle.year, said.quarter)
        issued = moment(quarter.last_working_day, hour=17, minute=30)
        story.add(issued, partial(issue_quarter, company, cycle.pk, quarter))
        begun = add_working_days(quarter.last, BEGUN_AFTER)
        story.add(moment(begun, hour=10), partial(write, company, cycle.pk, quarter, said))
        out = add_working_days(quarter.last, PUBLISHED_AFTER)
        story.add(moment(out, hour=15), partial(release, company, cycle.pk, quarter))


def add_to_now(company: Company, cycle: Cycle) -> None:
    """Leave the task force a draft of the current year, where a visit has something to tell."""
    found = Visit.objects.filter(activity__project__cycle=cycle).order_by("held_on", "pk")
    visit = found.select_related("activity").last()
    if visit is None:
        return
    asked = due_activities(cycle, visit.activity.period).filter(done_on=None)
    activity = asked.filter(project=visit.activity.project_id).first()
    if activity is not None:
        draft_notice(activity, by=_officer(company, 0))


def issue_quarter(company: Company, cycle: int, quarter: Quarter) -> None:
    """Issue the notices of every project that was visited in a quarter; others await theirs."""
    year = Cycle.objects.get(pk=cycle)
    visited = Visit.objects.filter(activity__project__cycle=year, **quarter.lookup("activity__"))
    asked = due_activities(year, quarter).filter(done_on=None)
    fit = asked.filter(project__in=visited.values("activity__project"))
    issue_many(fit, by=_officer(company, quarter.number))


def write(company: Company, cycle: int, quarter: Quarter, said: BulletinText) -> None:
    """Let the task force begin a bulletin, write its words and hand it in; none where nothing was due."""
    officer = _officer(company, quarter.number)
    try:
        page = start_bulletin(Cycle.objects.get(pk=cycle), quarter, by=officer)
    except ConditionUnmet:
        return
    page.opening = [text(*said.opening)]
    page.body = [heading(said.heading), text(*said.body, BULLETINS.note)]
    page.save()
    page.save_revision(user=officer)
    page.get_workflow().start(page, officer)


def release(company: Company, cycle: int, quarter: Quarter) -> None:
    """Let a publisher approve the bulletin."""
    page = BulletinPage.objects.filter(cycle=cycle, **quarter.lookup()).first()
    if page is not None:
        publisher = company.publishers[quarter.number % len(company.publishers)]
        page.current_workflow_task_state.approve(user=publisher)


def _officer(company: Company, number: int) -> Any:
    return company.task_force[number % len(company.task_force)]
