"""Read the news for other pages."""

from home.news.listing import readable_news
from home.news.pages import NewsPageQuerySet

#: Items on the front page.
LATEST = 5


def latest_news(most: int = LATEST) -> NewsPageQuerySet:
    """Return the newest items that residents may read, with what lists show."""
    return readable_news()[:most]
