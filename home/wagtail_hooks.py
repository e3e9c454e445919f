"""What the site changes in the CMS's own furniture: labels in Chinese, no links to English sites."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from home.admin_words import label_in_chinese
from home.news.admin import NewsGroup

#: Entries of the help menu that lead to sites in English, by the beginnings of their names.
ENGLISH_HELP = ("whats-new-in-wagtail", "editor-guide")


@hooks.register("register_admin_viewset")
def news_screens() -> NewsGroup:
    """Add the list of news and their categories."""
    return NewsGroup()


@hooks.register("construct_help_menu")
def keep_help_at_home(request: HttpRequest, items: list[Any]) -> None:
    """Take the links to English sites from the help menu."""
    items[:] = [item for item in items if not item.name.startswith(ENGLISH_HELP)]


label_in_chinese()
