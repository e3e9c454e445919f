"""The public page of supervision: bulletins, rounds by quarter, findings and what became of them."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.core.answers.wording import worded
from partybuilding.core.pages import PageMeta
from partybuilding.core.pages.lists import ListIndexPage, Listing
from partybuilding.core.pages.meta import dataset
from partybuilding.supervision.bulletins.pages import BulletinPage
from partybuilding.supervision.bulletins.selectors import readable_bulletins
from partybuilding.supervision.rounds.listing import cards_of, notice_list, told_notices
from partybuilding.supervision.rounds.table import held_rounds, rounds_of


class SupervisionIndexPage(ListIndexPage):
    """Supervision in the open: what was planned and held, what was found, what was put right."""

    column_type = pgettext_lazy("column type", "Supervision")

    subpage_types = ["partybuilding.BulletinPage"]
    template = "partybuilding/supervision/supervision_index_page.html"

    class Meta:
        verbose_name = gettext_lazy("page of supervision")
        verbose_name_plural = gettext_lazy("pages of supervision")

    @classmethod
    def listed(cls) -> QuerySet:
        """Return what residents find here beside the bulletins: the rounds that were held."""
        return held_rounds()

    @classmethod
    def list_of(cls, query: Any, path: str = "") -> Listing:
        """List the notices that an address asks for."""
        return notice_list(query, path)

    @classmethod
    def has_something_to_read(cls) -> bool:
        """Tell whether residents find a bulletin or a round here."""
        return readable_bulletins().exists() or cls.listed().exists()

    def meta(self, request: HttpRequest) -> PageMeta:
        """Return what the head tells of a list that can be taken along."""
        meta = PageMeta.of(
            self,
            request,
            description=self.search_description
            or _("Rounds of supervision by quarter, findings, rectification and bulletins."),
        )
        files = (("text/csv", "supervision_csv"), ("application/json", "supervision_json"))
        found = [(kind, request.build_absolute_uri(reverse(name))) for kind, name in files]
        return replace(meta, things=(dataset(meta, found),))

    def shown(self, listing: Listing, request: HttpRequest) -> dict[str, Any]:
        """Return what the query asks for: bulletins, rounds, notices with their findings, files."""
        files = (
            (self.title, "supervision_feed", "Atom"),
            (_("Findings and rectification"), "supervision_csv", "CSV"),
            (_("Findings and rectification"), "supervision_json", "JSON"),
        )
        return {
            "cards": cards_of(listing.told(told_notices), request),
            "bulletins": self._bulletins(listing, request),
            "rounds": rounds_of(listing),
            "feed_url": reverse("supervision_feed"),
            "feed_links": [
                {"text": text, "href": listing.address_of(name), "kind": kind}
                for text, name, kind in files
            ],
        }

    def _bulletins(self, listing: Listing, request: HttpRequest) -> list[dict[str, Any]]:
        """Return the bulletins of the years that are asked for, the newest first."""
        return [
            {"title": page.title, "href": page.get_url(request), "date": page.first_published_at}
            for page in _told_bulletins(tuple(map(int, listing.chosen("year"))))
        ]


@worded
def _told_bulletins(years: tuple[int, ...]) -> QuerySet[BulletinPage]:
    """Return the bulletins of some years, of all when none is named."""
    found = readable_bulletins()
    return found.filter(cycle__year__in=years) if years else found
