"""What pages that tell a story to residents share: one sentence, a lead picture, the head of an article."""

from dataclasses import replace
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

from partybuilding.core.pages import pictures
from partybuilding.core.pages.linked_data import article
from partybuilding.core.pages.made import MadePage, MadePageForm
from partybuilding.core.pages.meta import PageMeta, absolute


class TellingPageForm(MadePageForm):
    """The editor's form of such a page."""

    def clean(self) -> dict[str, Any]:
        """Ask what the lead picture shows before the page is handed in; a draft may still lack it."""
        cleaned = super().clean()
        if self.is_handed_in and cleaned.get("lead_image") and not cleaned.get("lead_image_alt"):
            self.add_error("lead_image_alt", _("Say what the lead picture shows."))
        return cleaned


class TellingPage(MadePage):
    """A page with one sentence for lists and a lead picture."""

    summary = models.CharField(
        gettext_lazy("summary"),
        max_length=120,
        help_text=gettext_lazy("One sentence for lists and search results, in plain words."),
    )
    lead_image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=gettext_lazy("lead picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_image_alt = models.CharField(
        gettext_lazy("text alternative of the lead picture"), max_length=120, blank=True
    )

    telling_panels: list[Panel] = [
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("lead_image"), FieldPanel("lead_image_alt")],
            heading=gettext_lazy("Lead picture"),
        ),
    ]

    class Meta:
        abstract = True

    @cached_property
    def lead_picture(self) -> pictures.Picture | None:
        """The lead picture at the top of the page."""
        return pictures.picture_of(self.lead_image, pictures.LEAD, self.lead_image_alt)

    @property
    def card_picture(self) -> pictures.Picture | None:
        """The lead picture as lists show it."""
        return pictures.picture_of(self.lead_image, pictures.CARD, self.lead_image_alt)

    def told_by(self) -> str:
        """Name the organisation that stands behind what is told."""
        raise NotImplementedError

    def meta(self, request: HttpRequest) -> PageMeta:
        """Return what the head tells of an article; of one that was withdrawn its title alone."""
        if self.is_withdrawn:
            return super().meta(request)
        meta = PageMeta.of(
            self,
            request,
            description=self.summary,
            published=self.first_published_at,
            source=self.told_by(),
            image=absolute(self.lead_picture, request),
            is_article=True,
        )
        return replace(meta, things=(article(meta),))
