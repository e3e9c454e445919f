"""What an article is told of: a page of the column or the results of a year, as residents read it now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from partybuilding.core.pages import ColumnPage, open_to_all
from partybuilding.core.pages.column import for_reader
from partybuilding.core.pages.manuscript import Manuscript
from partybuilding.core.pages.meta import site_address
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.models import Run
from partybuilding.evaluation.selectors.public import public_run
from partybuilding.organizations.models import IssuingBody
from partybuilding.wechat.layout import set_article
from partybuilding.wechat.models import WechatExport, WechatExportQuerySet
from partybuilding.wechat.pictures import fetch, picture
from partybuilding.wechat.results import manuscript_of_results


@dataclass(frozen=True)
class ArticleSource:
    """A page or a run with what it says.

    Args:
        is_public: whether residents may read it; only what they may read leaves the site.
    """

    manuscript: Manuscript
    is_public: bool
    page: Page | None = None
    run: Run | None = None

    @property
    def key(self) -> dict[str, Any]:
        """What of an export says that it is of this."""
        return {"page": self.page} if self.page else {"run": self.run}

    @property
    def exports(self) -> WechatExportQuerySet:
        """What left the site of it, the newest first."""
        return WechatExport.objects.filter(**self.key)

    @property
    def screen(self) -> str:
        """The address of its article in the CMS."""
        return screen_of(self.page, self.run)

    @property
    def address(self) -> str:
        """The address at which residents read it, as they know it."""
        return f"{site_address()}{self.manuscript.href}" if self.is_public else ""

    def tells_what(self, export: WechatExport) -> bool:
        """Tell whether an export says what residents read now."""
        return self.is_public and self.manuscript.digest_of_text == export.text_hash

    def html(self, where: Callable[[Any], str]) -> str:
        """Return the content of the article.

        Args:
            where: tells where a cut of a picture stands.
        """
        fetch(self.manuscript.images)

        def source(image: Any) -> str:
            cut = picture(image)
            return where(cut) if cut else ""

        return set_article(self.manuscript, base=site_address(), source=source)


def on_site(cut: Any) -> str:
    """Return where a picture stands on the site, for readers elsewhere."""
    return cut.url if "://" in cut.url else f"{site_address()}{cut.url}"


def screen_of(page: Page | None, run: Run | None) -> str:
    """Return the address of an article in the CMS; empty when its page is gone."""
    if page is not None:
        return reverse("partybuilding:wechat_page", args=[page.pk])
    return reverse("partybuilding:wechat_results", args=[run.cycle.year]) if run else ""


def can_be_told(page: Any) -> bool:
    """Tell whether a page is a text that is told on the official account."""
    kind = type(page)
    return issubclass(kind, ColumnPage) and kind.manuscript is not ColumnPage.manuscript


def source_of_page(pk: int) -> ArticleSource:
    """Return a page as residents read it, or its last draft while they cannot.

    Raises:
        LookupError: there is no such page, or it is no text.
    """
    page = Page.objects.filter(pk=pk).first()
    shown = page and for_reader(page)
    if not can_be_told(shown):
        raise LookupError(pk)
    is_public = open_to_all(Page.objects.filter(pk=pk)).exists()
    told = shown if is_public or shown.live else shown.get_latest_revision_as_object()
    return ArticleSource(told.manuscript(), is_public, page=page)


def source_of_results(year: int) -> ArticleSource:
    """Return the public results of a year.

    Raises:
        LookupError: none are public.
    """
    try:
        run = public_run(year)
    except Run.DoesNotExist as error:
        raise LookupError(year) from error
    issuer = IssuingBody.on(timezone.localdate())
    return ArticleSource(manuscript_of_results(run, issuer.name), True, run=run)


def source_of(export: WechatExport) -> ArticleSource | None:
    """Return what an export was told of, as it is now; None when it is gone or not public any more."""
    try:
        if export.page_id:
            return source_of_page(export.page_id)
        if export.run_id:
            year = Cycle.objects.values_list("year", flat=True).get(runs=export.run_id)
            return source_of_results(year)
    except LookupError:
        pass
    return None
