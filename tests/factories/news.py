"""News as editors write it: drafts, and items that residents read since a day."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from home.news.index import NewsIndexPage
from home.news.models import NewsCategory
from home.news.pages import NewsPage
from tests.replay import replayed

TEXT = {"type": "text", "value": "<p>议题当场认领，办没办成都公开。</p>"}


@replayed
def write_news(title: str = "邻里议事厅开到楼栋", **fields: Any) -> NewsPage:
    """Make a draft; `category` is the code of one."""
    code = fields.pop("category", "work")
    facts = {
        "summary": "居民在家门口议事。",
        "source": "区委组织部",
        "body": [TEXT],
        "category": NewsCategory.objects.get(code=code),
        **fields,
    }
    page = NewsPage(title=title, live=False, has_unpublished_changes=True, **facts)
    return NewsIndexPage.objects.get().add_child(instance=page)


@replayed
def publish_news(title: str = "邻里议事厅开到楼栋", *, by: Any = None, **fields: Any) -> NewsPage:
    """Make an item and publish it."""
    page = write_news(title, **fields)
    page.save_revision(user=by).publish()
    return NewsPage.objects.get(pk=page.pk)


@replayed
def make_many_news(number: int, **fields: Any) -> list[NewsPage]:
    """Make many live items at once, a day apart, the last one the oldest."""
    newest = timezone.now()
    return [
        dated(write_news(f"第{count}期简报", **fields), newest - timedelta(days=count))
        for count in range(number)
    ]


def dated(page: NewsPage, day: datetime) -> NewsPage:
    """Let an item be live since a day, past the workflow."""
    facts = {"live": True, "first_published_at": day, "last_published_at": day}
    NewsPage.objects.filter(pk=page.pk).update(**facts)
    return NewsPage.objects.get(pk=page.pk)
