"""新闻 in the CMS: every item with its date, category and state, and the categories."""

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.news.models import NewsCategory
from home.news.pages import NewsPage, NewsPageQuerySet
from partybuilding.organizations.permissions import user_works_on_pages


class NewsMenuItem(MenuItem):
    """The way to the list, for those who work on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the user's roles."""
        return user_works_on_pages(request.user)


def published_on(page: NewsPage) -> str:
    """Write the day on which residents could first read an item."""
    day = page.published_on
    return date_format(timezone.localtime(day), "Y-m-d") if day else ""


class NewsView(IndexView):
    """The list with the names of the categories fetched along."""

    def annotate_queryset(self, pages: NewsPageQuerySet) -> NewsPageQuerySet:
        """Add the name of each item's category."""
        return super().annotate_queryset(pages.annotate(category_name=F("category__name")))


class NewsListing(PageListingViewSet):
    """Every news item."""

    name = "news"
    model = NewsPage
    index_view_class = NewsView
    icon = "doc-full-inverse"
    menu_label = _("News items")
    menu_item_class = NewsMenuItem
    ordering = "-latest_revision_created_at"
    list_filter = ("category", "live", "first_published_at")
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column(
            "category_name",
            label=_("news category"),
            sort_key="category__order",
            width="12%",
        ),
        Column(
            "first_published_at",
            label=_("Published on"),
            accessor=published_on,
            sort_key="first_published_at",
            width="14%",
        ),
        DateColumn(
            "latest_revision_created_at",
            label=_("Last edited"),
            sort_key="latest_revision_created_at",
            width="14%",
        ),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
    ]


class CategoryListing(SnippetViewSet):
    """The categories of the news."""

    model = NewsCategory
    icon = "tag"
    menu_label = _("News categories")
    list_display = ("name", "code", "order")
    sort_order_field = "order"
    copy_view_enabled = False
    inspect_view_enabled = False


class NewsGroup(ViewSetGroup):
    """What editors of the news work with."""

    menu_label = _("News")
    menu_icon = "doc-full-inverse"
    menu_order = 150
    items = (NewsListing("news"), CategoryListing)
