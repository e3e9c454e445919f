"""What the front page shows of news, notices and the letterbox."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.navigation import ways_of
from home.news.index import NewsIndexPage, readable_news
from home.news.pages import NewsPage, line_of
from partybuilding.column.notices.document import banner_of
from partybuilding.column.notices.index import NoticeIndexPage
from partybuilding.column.notices.pages import NoticePage
from partybuilding.column.notices.selectors import open_notices
from partybuilding.core.answers.wording import worded
from partybuilding.core.selectors import count_of
from partybuilding.opinions.figures import counts_of_month, month_began
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.pages import OpinionIndexPage
from partybuilding.opinions.replies import readable_replies, reply_of

NEWS, NOTICES = 4, 3
Part = dict[str, Any]


def address_of_part(model: type[Page], request: HttpRequest) -> str:
    """Return the address of a part of the site, by its type; empty when it is not shown."""
    ways = (way for part in ways_of(request).parts for way in part.ways)
    return next((way.href for way in ways if issubclass(way.kind, model)), "")


def news_part(request: HttpRequest) -> Part | None:
    """Return the notices that are open to comment, and below them the newest news."""
    banners = [banner_of(notice, request) for notice in _open_notices(timezone.localdate())]
    notices = [
        {**banner, "date": banner["starts"], "is_strong": True, "note": banner["left"]}
        for banner in banners
    ]
    room = max(1, NEWS - len(notices))
    rows = [*notices, *(line_of(item, request) for item in _newest_news()[:room])]
    if not rows:
        return None
    href = address_of_part(NewsIndexPage, request) or address_of_part(NoticeIndexPage, request)
    return {"rows": rows, "href": href}


@worded
def _open_notices(today: date) -> QuerySet[NoticePage]:
    return open_notices(today, NOTICES)


@worded
def _newest_news() -> QuerySet[NewsPage]:
    return readable_news().prefetch_related(None).order_by("-first_published_at", "-pk")[:NEWS]


@worded
def _newest_reply() -> QuerySet[Opinion]:
    return readable_replies().order_by("-published_at", "-pk")[:1]


@worded
def _counted(first: datetime, today: date) -> QuerySet[OpinionIndexPage, Any]:
    counts = counts_of_month(first, today) | {"replies": count_of(readable_replies())}
    return OpinionIndexPage.objects.annotate(**counts).values_list(*counts)[:1]


def opinions_part(request: HttpRequest) -> Part | None:
    """Return the newest answer, the ways to the letterbox, and how it did this month; nothing without one."""
    href = address_of_part(OpinionIndexPage, request)
    if not href:
        return None
    today = timezone.localdate()
    ((received, answered, late, replies),) = _counted(month_began(today), today)
    facts = {"received": received or 0, "answered": answered or 0, "late": late or 0}
    words = _("This month %(received)s opinions arrived: %(answered)s answered, %(late)s late.")
    newest = next(iter(_newest_reply()), None)
    return {
        "newest": reply_of(newest, request) if newest else None,
        "count": replies or 0,
        "words": words % facts if received else "",
        "href": reverse("opinion_replies"),
        "buttons": [
            {"text": _("Write an opinion"), "href": href},
            {
                "text": _("Look up my opinion"),
                "href": reverse("opinion_lookup"),
                "tone": "secondary",
            },
        ],
    }
