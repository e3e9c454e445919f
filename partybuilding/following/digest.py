"""The week in one article for the official account, from the same entries as the mails; made by editors."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from partybuilding.core.pages.feeds import Entry
from partybuilding.core.pages.manuscript import Element, Heading, Manuscript, Prose, words
from partybuilding.core.pages.meta import site_address
from partybuilding.following.news import Scope, news_of
from partybuilding.organizations.models import IssuingBody
from partybuilding.wechat.models import WechatExport, WechatExportQuerySet
from partybuilding.wechat.sources import ArticleSource

#: Entries of one digest, at most: an article holds 20,000 characters with its layout.
IN_A_DIGEST = 25
DAYS = 7


class DigestSource(ArticleSource):
    """The week; it stands on no page of its own, so what left before is known by its title."""

    @property
    def key(self) -> dict[str, Any]:
        """Neither a page nor a run."""
        return {}

    @property
    def exports(self) -> WechatExportQuerySet:
        """What left the site under the same title, the newest first."""
        return WechatExport.objects.filter(page=None, run=None, title=self.manuscript.title)

    @property
    def screen(self) -> str:
        """The address of the digest in the CMS."""
        return reverse("partybuilding:wechat_digest")


def digest_source() -> DigestSource:
    """Return what became public in the last seven days.

    Raises:
        LookupError: nothing did.
    """
    now = timezone.now()
    entries = news_of(Scope(), now - timedelta(days=DAYS))[:IN_A_DIGEST]
    if not entries:
        raise LookupError
    first, last = (timezone.localdate(now) - timedelta(days=days) for days in (DAYS - 1, 0))
    days = {name: date_format(day, "MONTH_DAY_FORMAT") for name, day in (("a", first), ("b", last))}
    manuscript = Manuscript(
        title=_("This week on the column (%(a)s to %(b)s)") % days,
        author=IssuingBody.on(last).name,
        digest=_("%(n)s things became public this week.") % {"n": len(entries)},
        href=reverse("wagtail_serve", args=[""]),
        body=tuple(_elements(entries)),
    )
    return DigestSource(manuscript, is_public=True)


def _elements(entries: list[Entry]) -> Iterator[Element]:
    """Tell the entries day by day, the newest first."""
    yield from words(_("What was promised, kept, supervised and answered, day by day."))
    by_day: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.published is not None:
            day = date_format(timezone.localtime(entry.published), "MONTH_DAY_FORMAT")
            by_day.setdefault(day, []).append(entry)
    for day, told in by_day.items():
        yield Heading(day)
        rows = ((f"{site_address()}{one.href}", one.title, one.author) for one in told)
        items = format_html_join("", '<li><a href="{}">{}</a>（{}）</li>', rows)
        yield Prose(format_html("<ul>{}</ul>", items))
