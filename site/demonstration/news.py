"""The front page's part in the demonstration: what head and foot say, and the news."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import partial

from django.utils import timezone
from wagtail.models import Site

from demonstration.bodies import Block, Writer, note
from demonstration.content import NEWS, PROJECTS_2022, SITE
from demonstration.content.column_shapes import NewsItem
from demonstration.content.shapes import NEWS_NOTES
from demonstration.editing import Desk
from demonstration.figures import Facts
from demonstration.people import Company
from demonstration.stage import Story, moment
from home.models import ColumnSettings, NewsCategory, NewsIndexPage, NewsPage
from partybuilding.opendata.pages import OpenDataPage
from partybuilding.projects.pages import ProjectPage

TITLES = {text.key: text.title for text in PROJECTS_2022}
#: Items of the same day, and those of today, stand so far apart.
APART = timedelta(minutes=7)


def prepare(company: Company) -> None:
    """Fill in the site's settings as an administrator would, and who gives the data; each says that it is a sample."""
    said = ColumnSettings.for_site(Site.objects.get(is_default_site=True))
    for name, value in asdict(SITE).items():
        setattr(said, name, value)
    said.full_clean()
    said.save()
    OpenDataPage.objects.update(provider=said.organizer, contact=said.contact)


def tell(company: Company, *, quiet: bool = False) -> None:
    """Let editors write the news and publishers approve it, each item on its day."""
    facts, index, story = Facts(), NewsIndexPage.objects.get(), Story()
    for place, item in enumerate(NEWS):
        story.add(appears(item, place, facts), partial(publish, company, item, place, facts, index))
    story.play("新闻动态", quiet=quiet)


def appears(item: NewsItem, place: int, facts: Facts) -> datetime:
    """Return when an item appears: on its day, so many days before today, or after its notice."""
    latest = timezone.localtime() - APART
    if item.notice:
        return min(facts.announced_at(item.notice) + APART, latest)
    ago = latest.date() - timedelta(days=item.days_ago)
    day = date.fromisoformat(item.day) if item.day else ago
    return min(moment(day, hour=9 + place % 8, minute=place % 60), latest)


def publish(
    company: Company, item: NewsItem, place: int, facts: Facts, index: NewsIndexPage
) -> None:
    """Write one item, hand it in and approve it."""
    desk = Desk(company, place)
    page = NewsPage(
        title=facts.fill(item.title),
        category=NewsCategory.objects.get(code=item.category),
        summary=facts.fill(item.summary),
        source=item.origin,
        author=item.author,
        body=[
            *Writer(facts, desk.draw).body(item.body),
            *related(item),
            note(item.source, NEWS_NOTES),
        ],
        **desk.lead(item.scene, 500 + place, facts.fill(item.title)),
    )
    desk.add(index, page)
    desk.hand_in(page)
    desk.release(page)


def related(item: NewsItem) -> list[Block]:
    """Return the block of the projects that an item is about; none for an item about all."""
    titles = [TITLES[key] for key in item.projects]
    pages = ProjectPage.objects.filter(title__in=titles).values_list("title", "pk")
    known = dict(pages)
    return [{"type": "projects", "value": [known[title] for title in titles]}] if titles else []
