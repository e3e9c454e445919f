"""Play the whole demonstration, as people would do it, through the services."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial

from django.contrib.auth import get_user_model
from django.utils import timezone

from demonstration import articles, news
from demonstration.book import make_book
from demonstration.cases import busiest_leader
from demonstration.content import ORGANIZATIONS, PROJECTS_CURRENT
from demonstration.current import AHEAD, CurrentYear
from demonstration.cycles import current_cycle, cycle_of_2022
from demonstration.doing import bulletins, opinions
from demonstration.editing import publish_now, publish_year, write_page
from demonstration.last_year import LastYear
from demonstration.notices import (
    announce_grades_of_2022,
    announce_list,
    announce_list_of_2022,
)
from demonstration.people import gather
from demonstration.spread import spread
from demonstration.stage import at, indexed_at_the_end, moment
from demonstration.year_2022 import Year2022
from partybuilding.boards.services import remind
from partybuilding.core.services import mark_all_read, seal_trail
from partybuilding.organizations.models import Organization

#: The logins that the demonstration offers, with what waits for each.
LOGINS = (
    ("admin", "系统管理员", "/admin/"),
    ("department", "组织部", "/admin/"),
    ("unit", "归口单位初审员", "/admin/"),
    ("applicant", "申报单位", "/portal/"),
    ("expert", "评审专家", "/portal/"),
    ("taskforce", "工作专班", "/admin/"),
    ("editor", "编辑", "/admin/"),
    ("publisher", "发布", "/admin/"),
    ("leader", "包抓领导", "/admin/"),
)


def is_empty() -> bool:
    """Tell whether the database holds no organisation yet."""
    return not Organization.objects.exists()


def play(*, quiet: bool = False) -> None:
    """Gather everybody, play 2022 and the year that is open today."""
    applicant, unit, leader = _leading_parts()
    with at(moment(date(2022, 1, 10))):
        company = gather(applicant, unit, leader)
        news.prepare(company)
        cycle = cycle_of_2022(by=company.department[0])
    with indexed_at_the_end():
        first = Year2022(company, cycle, quiet=quiet)
        _play_2022(first)
        earlier = {case.text.key: case.project for case in first.approved}
        LastYear(company, earlier, quiet=quiet).play()
        current = current_cycle(timezone.localdate(), by=company.department[0])
        _play_now(CurrentYear(company, current, quiet=quiet))
        news.tell(company, quiet=quiet)
        articles.keep_words(company)
        articles.go_out(company, quiet=quiet)
        remind()  # once, so that the inboxes look as on any working day
    seal_trail()


def _play_2022(year: Year2022) -> None:
    company, quiet = year.company, year.quiet
    year.apply_and_review()
    year.pre_assess()
    announce_list_of_2022(company, year.decide())
    year.promise()
    publish_year(company, year.approved, quiet=quiet)
    year.do_and_grade()
    announce_grades_of_2022(company)
    spread(company, year.approved, quiet=quiet)
    make_book(company, year.cycle)
    _read_everything()


def _play_now(year: CurrentYear) -> None:
    company, cycle = year.company, year.cycle
    year.play(partial(announce_list, company, cycle, "first-batch"))
    announce_list(company, cycle, "second-batch")
    publish_now(company, year.ahead, year.ahead_at["published"], quiet=year.quiet)
    year.report()
    bulletins.add_to_now(company, cycle)
    write_page(company, year.approved[AHEAD], submit=False)
    opinions.add_to_now(company, year.ahead[0], year.ahead_at["published"])


def _read_everything() -> None:
    """Let everybody have read the notices of the year that is over."""
    with at(moment(date(2023, 3, 20))):
        for user in get_user_model().objects.filter(notices__read_at=None).distinct():
            mark_all_read(user)


def _leading_parts() -> tuple[str, str, int]:
    """Return the organisation of the login "applicant", the unit of "unit", the place of "leader".

    The applicant is one whose application was returned; the unit is the one with the most waiting;
    the leader is in charge of one of the projects that run ahead this year, and of several of 2022.
    """
    unit_of = {place.key: place.unit for place in ORGANIZATIONS}
    applicant = next(text.lead for text in PROJECTS_CURRENT if text.state == "returned")
    waiting = Counter(unit_of[t.lead] for t in PROJECTS_CURRENT if t.state == "submitted")
    ahead = [
        (200 + number, text)
        for number, text in enumerate(PROJECTS_CURRENT)
        if text.state == "approved"
    ]
    leader = busiest_leader(ahead[:AHEAD])
    return applicant, waiting.most_common(1)[0][0], leader


def logins() -> Iterator[str]:
    """Yield a line for each login."""
    for name, role, place in LOGINS:
        yield f"  {name:<11} {role}　{place}"
