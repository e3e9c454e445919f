"""What the editors' desk watches of the news: that residents find something new."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.news.index import NewsIndexPage, latest_news
from partybuilding.column.waiting.columns import Column
from partybuilding.conf import setting
from partybuilding.core.types import AnyUser

#: After so many days without news the editors are told (public.md, "Rules of the public record").
STALE_DAYS: int = setting("NEWS_STALE_DAYS")


def newest_day() -> date | None:
    """Return the day of the newest item that residents may read; nothing before the first."""
    newest = latest_news(1).first()
    return timezone.localdate(newest.published_on) if newest and newest.published_on else None


def next_item(user: AnyUser) -> str:
    """Return where a user writes the next item."""
    index = NewsIndexPage.objects.first()
    if index is None or not index.permissions_for_user(user).can_add_subpage():
        return reverse("wagtailadmin_explore_root")
    return reverse("wagtailadmin_pages:add", args=["home", "newspage", index.pk])


NEWS = Column("news", _("News"), "newspage", STALE_DAYS, newest_day, next_item)
