"""What the first screen and the page editor say of articles that tell something else than the site."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.pages.remarks import Remark
from partybuilding.core.states import Tone
from partybuilding.core.types import AnyUser
from partybuilding.wechat.models import WechatExport
from partybuilding.wechat.permissions import user_can_make_articles
from partybuilding.wechat.selectors import how_many_differ
from partybuilding.wechat.sources import can_be_told, screen_of, source_of


def article_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Count the articles that differ from the site."""
    if user_can_make_articles(user):
        url = f"{reverse('party_wechat_modeladmin_index')}?differs=true"
        yield DeskLine(
            _("Articles that differ from the site"), how_many_differ(), 0, url, Tone.NEGATIVE
        )


def article_remarks(page: Page, user: AnyUser) -> Iterator[Remark]:
    """Say that the article that left last tells something else than the site; asked at each showing."""
    export = WechatExport.objects.filter(page=page.pk).order_by("-pk").first()
    if export is None:
        return
    source = source_of(export)
    if source is not None and source.tells_what(export):
        return
    facts = {
        "name": export.name,
        "at": f"{timezone.localtime(export.made_at):%Y-%m-%d %H:%M}",
    }
    text = _(
        "The article on the official account differs from the site: it was exported by %(name)s on "
        "%(at)s, and the text was changed or taken offline since. Export it again, or correct it there."
    )
    yield Remark(text % facts, Tone.NEGATIVE)


def article_button(
    page: Page, user: AnyUser, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a page in the CMS to its article."""
    if page.pk and can_be_told(page) and user_can_make_articles(user):
        url = screen_of(page, None)
        yield Button(_("Official account"), url, icon_name="mobile-alt", priority=30)
