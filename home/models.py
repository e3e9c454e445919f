"""Every model of the site's own pages; Django looks here."""

from home.front_page import HomePage
from home.news.index import NewsIndexPage
from home.news.models import NewsCategory
from home.news.pages import NewsPage
from home.pages import SiteMapPage, TextPage
from home.site_settings import ColumnSettings

__all__ = [
    "ColumnSettings",
    "HomePage",
    "NewsCategory",
    "NewsIndexPage",
    "NewsPage",
    "SiteMapPage",
    "TextPage",
]
