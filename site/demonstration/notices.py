"""Announce lists and grades of the demonstration as public notices."""

from datetime import date
from typing import Any

from django.utils import timezone

from demonstration.bodies import Block, heading, listing, text
from demonstration.content import NOTICES, SITE
from demonstration.editing import Desk
from demonstration.figures import Facts
from demonstration.people import Company
from demonstration.stage import at, moment
from partybuilding.column.notices.index import NoticeIndexPage
from partybuilding.column.notices.pages import NoticePage
from partybuilding.column.notices.period import Period
from partybuilding.column.notices.services import start_notice
from partybuilding.core.calendar import add_working_days
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import DecisionSession

#: Working days that a list is open to comment.
OPEN_FOR = 5
LISTED_ON, GRADED_ON = date(2022, 4, 29), date(2023, 1, 10)


def announce_list_of_2022(company: Company, session: DecisionSession) -> None:
    """Announce the approved list of 2022 on the day after the session."""
    with at(moment(LISTED_ON, hour=8)):
        announce_list(company, session.cycle, "approved-2022", session=session)


def announce_list(
    company: Company, cycle: Cycle, key: str = "", *, session: DecisionSession | None = None
) -> None:
    """Let the department begin a notice of what is approved, an editor write it, a publisher approve.

    Args:
        key: of its words in the content; without it the words of the draft stay.
    """
    desk = Desk(company, len(key))
    notice = start_notice(
        cycle, by=company.department[0], session=session, period=_period(timezone.localdate())
    )
    words: dict[str, Any] = {}
    if key:
        said, facts = NOTICES[key], Facts()
        body = [text(*map(facts.fill, said.introduction))]
        words = {"title": facts.fill(said.title), "body": body}
    desk.write(notice, **words, **_office())
    desk.hand_in(notice)
    desk.release(notice)


def announce_grades_of_2022(company: Company) -> None:
    """Announce the grades of 2022 with every project's name."""
    desk, facts, said = Desk(company, 0), Facts(), NOTICES["grades-2022"]
    period = _period(GRADED_ON)
    with at(moment(GRADED_ON, hour=10)):
        notice = NoticePage(
            title=facts.fill(said.title),
            slug=f"{GRADED_ON:%Y%m%d}",
            opens_on=period.opens_on,
            closes_on=period.closes_on,
            body=[text(*map(facts.fill, said.introduction)), *_graded(facts.cycle)],
            **_office(),
        )
        desk.add(NoticeIndexPage.objects.get(), notice)
        desk.hand_in(notice)
        desk.release(notice)


def _graded(cycle: Cycle) -> list[Block]:
    blocks: list[Block] = []
    for grade in cycle.grades.all():
        projects = cycle.projects.filter(grade_class=grade).select_related("organization")
        lines = [
            f"{project.title}（{project.organization.name}）"
            for project in projects.order_by("code")
        ]
        blocks += [heading(f"{grade.name}（{len(lines)}个）"), listing(lines, ordered=True)]
    return blocks


def _period(opens_from: date) -> Period:
    """Return a period that begins on a day, or on the first working day after it."""
    opens_on = add_working_days(opens_from, 0)
    return Period(opens_on, add_working_days(opens_on, OPEN_FOR - 1))


def _office() -> dict[str, Any]:
    return {
        "issuer": SITE.organizer,
        "objection_office": SITE.objection_office,
        "objection_phone": SITE.objection_phone,
        "objection_address": SITE.objection_address,
        "objection_form": SITE.objection_form,
    }
