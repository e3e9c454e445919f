"""One news item."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from home.news.addresses import address_of
from home.news.blocks import NewsBodyBlock
from home.news.models import NewsCategory
from home.office import settings_of_site
from partybuilding.core.answers.memory import remembered
from partybuilding.core.pages import Article, ArticleForm, ColumnPage, open_to_all, pictures
from partybuilding.core.pages.manuscript import Element, elements_of, ways
from partybuilding.projects.blocks import projects_to_read

#: Other items that an item leads to at its end.
RELATED = 5


class NewsPageQuerySet(PageQuerySet):
    """Lists of news."""

    def readable(self) -> "NewsPageQuerySet":
        """Keep what residents may read."""
        return open_to_all(self)

    def newest_first(self) -> "NewsPageQuerySet":
        """Sort by the day of publication."""
        return self.order_by("-first_published_at", "-pk")

    def for_lists(self) -> "NewsPageQuerySet":
        """Fetch what lists show, and no bodies."""
        return (
            self.defer_streamfields()
            .select_related("category", "lead_image")
            .prefetch_related(pictures.with_cut("lead_image", pictures.CARD))
        )

    def after(self, page: "NewsPage") -> "NewsPageQuerySet":
        """Keep what was published later than an item."""
        when = page.first_published_at
        same = Q(first_published_at=when, pk__gt=page.pk)
        return self.filter(Q(first_published_at__gt=when) | same)

    def before(self, page: "NewsPage") -> "NewsPageQuerySet":
        """Keep what was published earlier than an item."""
        when = page.first_published_at
        same = Q(first_published_at=when, pk__lt=page.pk)
        return self.filter(Q(first_published_at__lt=when) | same)


class NewsPageForm(ArticleForm):
    """The editor's form of a news item."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.source:
            self.initial["source"] = settings_of_site().organizer


class NewsPage(Article, ColumnPage):
    """A news item; its date is that of its first publication, which nobody can edit."""

    article_kind = "NewsArticle"
    is_singular = False

    category = models.ForeignKey(
        NewsCategory,
        verbose_name=gettext_lazy("news category"),
        null=True,
        on_delete=models.PROTECT,
        related_name="news",
    )
    source = models.CharField(
        gettext_lazy("source of the text"),
        max_length=60,
        help_text=gettext_lazy("Who stands behind the text; shown to readers as its source."),
    )
    author = models.CharField(gettext_lazy("author"), max_length=40, blank=True)
    body = StreamField(NewsBodyBlock(), verbose_name=gettext_lazy("page body"))

    objects = PageManager.from_queryset(NewsPageQuerySet)()

    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "home/news/news_page.html"
    base_form_class = NewsPageForm
    content_panels = [
        HelpPanel(template="home/news/panel.html"),
        *ColumnPage.content_panels,
        FieldPanel("category", widget=forms.Select),
        Article.summary_panel,
        FieldRowPanel([FieldPanel("source"), FieldPanel("author")]),
        Article.picture_panel,
        FieldPanel("body"),
    ]

    search_kind = "news"
    search_fields = [
        *ColumnPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("source"),
        index.SearchField("author"),
        index.SearchField("body"),
        index.FilterField("category"),
    ]

    class Meta:
        verbose_name = gettext_lazy("news item")
        verbose_name_plural = gettext_lazy("news items")

    @property
    def search_note(self) -> str:
        """The line below it among the results of a search."""
        return self.category.name if self.category else self.source

    @property
    def search_projects(self) -> list[int]:
        """The projects that the item is about."""
        chosen = (part.value for part in self.body if part.block_type == "projects")
        return [page.project_id for pages in chosen for page in pages if page is not None]

    @property
    def published_on(self) -> datetime | None:
        """The date that readers see: when it was first published."""
        return self.first_published_at

    @classmethod
    def needs_four_eyes(cls) -> bool:
        """Ask the settings: where one person makes the site, news goes out without a second one."""
        return remembered("news of one", lambda: not settings_of_site().news_of_one)

    @classmethod
    def to_read(cls) -> PageQuerySet:
        """Return the items with their category and lead picture."""
        return cls.objects.select_related("category", "lead_image")

    def told_by(self) -> str:
        """Name the source."""
        return self.source

    def elements(self) -> Iterator[Element]:
        """Yield the body, the projects that it is about by their names."""

        def projects(value: Any) -> Iterator[Element]:
            return ways(_("Related projects"), projects_to_read(value))

        return elements_of(self.body, projects=projects)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the item; until it was published, its address follows its title."""
        if self.path and self.first_published_at is None and self._is_renamed():
            self.slug = self._get_autogenerated_slug(address_of(self.title))
        super().save(*args, **kwargs)

    def _is_renamed(self) -> bool:
        """Tell whether the title differs from the stored one; a new item brings its address or gets one."""
        if self._state.adding:
            return not self.slug
        stored = type(self)._base_manager.filter(pk=self.pk).values_list("title", flat=True)
        return self.title not in stored

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the picture, the neighbours in time, and what else was written of the same kind."""
        pictures.fetch_cuts([self.lead_image], pictures.LEAD)
        return {
            **super().get_context(request, *args, **kwargs),
            "lead_picture": self.lead_picture,
            "category_url": self._category_url(request),
            **self._others(request),
        }

    def _category_url(self, request: HttpRequest) -> str:
        """Return the address of the list of this category."""
        parent = self.above[-1] if self.above else self.get_parent()
        return f"{parent.get_url(request)}?category={self.category.code}" if self.category else ""

    def _others(self, request: HttpRequest) -> dict[str, Any]:
        """Return the item before, the item after, and the newest others of the category, as entries."""
        if self.first_published_at is None:
            return {}
        lists = type(self).objects.readable().defer_streamfields()
        later = lists.after(self).order_by("first_published_at", "pk").first()
        earlier = lists.before(self).newest_first().first()
        taken = [page.pk for page in (self, later, earlier) if page]
        kin = lists.filter(category=self.category_id).exclude(pk__in=taken).newest_first()
        return {
            "neighbours": [
                {**line_of(page, request), "meta": words}
                for page, words in ((earlier, _("Earlier news")), (later, _("Later news")))
                if page
            ],
            "related": [line_of(page, request) for page in kin[:RELATED]],
        }


def line_of(page: NewsPage, request: HttpRequest) -> dict[str, Any]:
    """Return what one line of a list of links shows."""
    return {
        "href": page.get_url(request) or "",
        "title": page.title,
        "date": page.published_on,
    }
