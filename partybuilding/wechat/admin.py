"""The register of what left the site for the official account, and the ways to the results of each year."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets.button import HeaderButton

from partybuilding.core.registers.admin import RegisterAdmin, RegisterView
from partybuilding.core.registers.cells import Column, TitleColumn
from partybuilding.core.registers.filters import AnyOf
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.selectors.public import public_runs
from partybuilding.wechat.models import WechatExport, WechatExportQuerySet
from partybuilding.wechat.permissions import user_can_make_articles
from partybuilding.wechat.sources import screen_of
from partybuilding.wechat.states import Way


def differing(rows: WechatExportQuerySet, name: str, value: bool | None) -> QuerySet[WechatExport]:
    """Keep what differs from the site, when that was asked for."""
    return rows.differing() if value else rows


class ExportFilters(WagtailFilterSet):
    """What the register can be narrowed to."""

    differs = AnyOf(
        label=gettext_lazy("Against the site"),
        choices=[("true", gettext_lazy("Differs from the site"))],
        method=differing,
    )
    way = AnyOf(
        label=pgettext_lazy("wechat", "way"),
        choices=Way.choices,
    )

    class Meta:
        model = WechatExport
        fields: ClassVar[list[str]] = []


def moment(row: WechatExport) -> str:
    """Return when it left, to the minute."""
    return f"{timezone.localtime(row.made_at):%Y-%m-%d %H:%M}"


def standing(row: WechatExport) -> str:
    """Say since when it differs from the site; nothing when it does not, or was overtaken."""
    if row.differs_since is None:
        return ""
    day = f"{timezone.localtime(row.differs_since):%Y-%m-%d}"
    return _("differs since %(day)s") % {"day": day}


class ExportView(RegisterView):
    """The register, with the ways to the articles of the results."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to the article of the results of each year; those of pages begin at their pages."""
        results = [
            HeaderButton(
                _("Article of the results of %(year)s") % {"year": run.cycle.year},
                screen_of(None, run),
                icon_name="mobile-alt",
            )
            for run in public_runs()
        ]
        return [*results, *super().header_buttons]


class WechatAdmin(RegisterAdmin):
    """What left the site for the official account: by whom, when, and whether it still says the same."""

    model = WechatExport
    index_view_class = ExportView
    base_url_path = "party/wechat"
    menu_label = gettext_lazy("Official account")
    menu_icon = "mobile-alt"
    filterset_class = ExportFilters
    search_fields = ("title", "author", "name")
    default_ordering = ("-made_at", "-pk")
    export_columns = (
        (pgettext_lazy("wechat", "title of the article"), lambda row: row.title),
        (pgettext_lazy("wechat", "way"), lambda row: row.get_way_display()),
        (pgettext_lazy("wechat", "exported at"), lambda row: row.made_at),
        (pgettext_lazy("wechat", "exported by"), lambda row: row.name),
        (gettext_lazy("characters with layout"), lambda row: row.length),
        (gettext_lazy("Against the site"), standing),
        (gettext_lazy("hash of the text"), lambda row: row.text_hash),
    )

    def may_list(self, user: AnyUser) -> bool:
        """Show it to those who make articles."""
        return user_can_make_articles(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[WechatExport]:
        """Return every export with what it was told of."""
        rows = WechatExport.objects.visible_to(request.user)
        return rows.select_related("page", "run__cycle")

    def opened_at(self, item: WechatExport) -> str:
        """Return where its article is."""
        return screen_of(item.page, item.run)

    def get_columns(self, request: HttpRequest) -> list[Any]:
        """Return the columns of the list."""
        return [
            TitleColumn(
                "title",
                label=pgettext_lazy("wechat", "title of the article"),
                get_url=self.opened_at,
                sort_key="title",
            ),
            Column(
                "standing",
                label=gettext_lazy("Against the site"),
                accessor=standing,
                sort_key="differs_since",
                classname="party-late",
            ),
            Column(
                "way",
                label=pgettext_lazy("wechat", "way"),
                accessor="get_way_display",
                sort_key="way",
            ),
            Column(
                "made_at",
                label=pgettext_lazy("wechat", "exported at"),
                accessor=moment,
                sort_key="made_at",
                classname="party-number",
            ),
            Column("name", label=pgettext_lazy("wechat", "exported by"), sort_key="name"),
        ]
