"""The public page of supervision: bulletins, rounds by quarter, findings and what became of them."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from partybuilding.core.pages import PageMeta, SingularPage
from partybuilding.core.pages.linked_data import dataset
from partybuilding.supervision.bulletins.selectors import readable_bulletins
from partybuilding.supervision.rounds.listing import (
    cards_of,
    chosen,
    notice_list,
    with_what_is_shown,
)
from partybuilding.supervision.rounds.table import held_rounds, rounds_of


class SupervisionIndexPage(SingularPage):
    """Supervision in the open: what was planned and held, what was found, what was put right."""

    column_type = pgettext_lazy("column type", "Supervision")

    introduction = RichTextField(
        gettext_lazy("introduction"), blank=True, features=["bold", "link"]
    )

    max_count = 1
    subpage_types = ["partybuilding.BulletinPage"]
    template = "partybuilding/supervision/supervision_index_page.html"
    content_panels = [*SingularPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = gettext_lazy("page of supervision")
        verbose_name_plural = gettext_lazy("pages of supervision")

    @classmethod
    def listed(cls) -> QuerySet:
        """Return what residents find here beside the bulletins: the rounds that were held."""
        return held_rounds()

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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the query asks for: bulletins, rounds, notices with their findings."""
        listing = notice_list(request.GET, self.get_url(request) or request.path)
        shown = with_what_is_shown(listing.page.object_list)
        feed = reverse("supervision_feed")
        query = f"?{listing.query}" if listing.query else ""
        return {
            **super().get_context(request, *args, **kwargs),
            "listing": listing,
            "cards": cards_of(shown, request),
            "bulletins": self._bulletins(listing, request),
            "rounds": rounds_of(listing),
            "feed_url": feed,
            "feed_links": [
                {"text": self.title, "href": f"{feed}{query}", "kind": "Atom"},
                *(
                    {
                        "text": _("Findings and rectification"),
                        "href": f"{reverse(name)}{query}",
                        "kind": kind,
                    }
                    for name, kind in (("supervision_csv", "CSV"), ("supervision_json", "JSON"))
                ),
            ],
        }

    def _bulletins(self, listing: Any, request: HttpRequest) -> list[dict[str, Any]]:
        """Return the bulletins of the years that are asked for, the newest first."""
        found = readable_bulletins()
        if years := chosen(listing, "year"):
            found = found.filter(cycle__year__in=years)
        return [
            {"title": page.title, "href": page.get_url(request), "date": page.first_published_at}
            for page in found
        ]
