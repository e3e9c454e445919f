"""What left the site for the official account, one of it changed on the site since; and the words editors watch."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from demonstration.bodies import text
from demonstration.content import WORDS
from demonstration.editing import Desk
from demonstration.people import Company
from demonstration.stage import Story
from home.models import NewsPage
from partybuilding.cases.pages import CaseStudyPage
from partybuilding.inspection.services import import_words
from partybuilding.projects.pages import ProjectPage
from partybuilding.wechat.forms import lines_of
from partybuilding.wechat.services import compare_with_site, record_export
from partybuilding.wechat.sources import source_of_page, source_of_results
from partybuilding.wechat.states import Way

#: Items are exported so long after they appeared, and one is added to so long after that.
AFTER, ADDED = timedelta(hours=2), timedelta(days=1)
#: What was added to a text after it had gone out.
ADDITION = "补充：活动时间有调整，请以所在党组织的通知为准。"


def keep_words(company: Company) -> None:
    """Let an editor take over the list of words."""
    lines = (f"{one.word}|{one.better}|{one.reason}" for one in WORDS)
    import_words("\n".join(lines), by=company.editors[0])


def go_out(company: Company, *, quiet: bool = False) -> None:
    """Let editors export news, a project, a case and the results of 2022, and change one item afterwards."""
    story, now = Story(), timezone.now()
    old = NewsPage.objects.live().filter(first_published_at__lte=now - AFTER - 2 * ADDED)
    news = list(old.order_by("-first_published_at")[:3])
    for place, page in enumerate(news):
        when = page.first_published_at + AFTER
        way = Way.ZIP if place % 2 else Way.COPY
        story.add(when, partial(export_page, company, page.pk, place, way))
    kinds: tuple[Any, ...] = (ProjectPage, CaseStudyPage)
    for place, kind in enumerate(kinds):
        first = kind.objects.live().order_by("first_published_at").first()
        when = first.first_published_at + AFTER
        story.add(when, partial(export_page, company, first.pk, place, Way.COPY))
    story.add(now - ADDED, partial(export_results, company))
    if news:
        changed = news[0].first_published_at + AFTER + ADDED
        story.add(changed, partial(add_to, company, news[0].pk))
    story.play("公众号推文", quiet=quiet)


def export_page(company: Company, pk: int, place: int, way: Way) -> None:
    """Let an editor take the article of a page along."""
    source = source_of_page(pk)
    record_export(source, lines_of(source), way, by=Desk(company, place).editor)


def export_results(company: Company) -> None:
    """Let an editor take the article of the results of 2022 along."""
    source = source_of_results(2022)
    record_export(source, lines_of(source), Way.ZIP, by=Desk(company, 1).editor)


def add_to(company: Company, pk: int) -> None:
    """Let an editor add a sentence to an item, and a publisher approve it: the article differs from then on."""
    desk, page = Desk(company, 0), NewsPage.objects.get(pk=pk)
    desk.write(page, body=[*page.body.raw_data, text(ADDITION)])
    desk.hand_in(page)
    desk.release(page)
    compare_with_site(
        timezone.now(), page=pk
    )  # many steps are stored at once here, and none by then
