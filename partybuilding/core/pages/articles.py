"""Pages that are articles: one sentence for lists, a lead picture, the head of an article; and their first draft."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from partybuilding.core.pages import pictures
from partybuilding.core.pages.gate import ColumnPageForm
from partybuilding.core.pages.manuscript import Element, Figure, Manuscript
from partybuilding.core.pages.meta import PageMeta, absolute, article
from partybuilding.core.states import Text

SUMMARY_LENGTH = 120


class ArticleForm(ColumnPageForm):
    """The editor's form of an article."""

    def clean(self) -> dict[str, Any]:
        """Ask what the lead picture shows before the page is handed in; a draft may still lack it."""
        cleaned = super().clean()
        if self.is_handed_in and cleaned.get("lead_image") and not cleaned.get("lead_image_alt"):
            self.add_error("lead_image_alt", _("Say what the lead picture shows."))
        return cleaned


class Article(models.Model):
    """What a page of the column shares that is an article."""

    is_withdrawn: bool
    first_published_at: datetime | None

    #: What it is in the words of schema.org.
    article_kind = "Article"

    summary = models.CharField(
        gettext_lazy("summary"),
        max_length=SUMMARY_LENGTH,
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

    summary_panel = FieldPanel("summary")
    picture_panel = MultiFieldPanel(
        [FieldPanel("lead_image"), FieldPanel("lead_image_alt")],
        heading=gettext_lazy("Lead picture"),
    )

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
        """Name who stands behind what is told."""
        raise NotImplementedError

    @property
    def shared_picture(self) -> pictures.Picture | None:
        """What stands for the page where its address is shared."""
        return self.lead_picture

    def meta(self, request: HttpRequest) -> PageMeta:
        """Return what the head tells of an article; of one that was withdrawn its title alone."""
        if self.is_withdrawn:
            return super().meta(request)  # type: ignore[misc]
        meta = PageMeta.of(
            self,
            request,
            description=self.summary,
            published=self.first_published_at,
            source=self.told_by(),
            author=getattr(self, "author", ""),
            image=absolute(self.shared_picture, request),
            is_article=True,
        )
        return replace(meta, things=(article(meta, self.article_kind),))

    def elements(self) -> Iterator[Element]:
        """Yield what the text says, element by element; the lead picture stands before it."""
        raise NotImplementedError

    def manuscript(self) -> Manuscript:
        """Return what the article says, without its layout."""
        lead = [Figure(self.lead_image, self.lead_image_alt)] if self.lead_image else []
        return Manuscript(
            title=self.title,  # type: ignore[attr-defined]
            author=getattr(self, "author", "") or self.told_by(),
            digest=self.summary,
            href=self.get_url() or "",  # type: ignore[attr-defined]
            cover=self.lead_image,
            cover_alt=self.lead_image_alt,
            body=(*lead, *self.elements()),
        )


def first_sentence(text: str) -> str:
    """Cut a text at its first full stop, at most as long as a summary may be."""
    head = text.strip().split("。")[0].strip()
    return head[:SUMMARY_LENGTH] if head else ""


def paragraphs(text: str) -> str:
    """Write plain text as escaped paragraphs of rich text."""
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def blocks_from(parts: Iterable[tuple[Text, str]]) -> list[dict[str, Any]]:
    """Write parts with their headings as blocks of a page's body; a part without words is left out."""
    blocks: list[dict[str, Any]] = []
    for heading, text in parts:
        if text.strip():
            if heading:
                blocks.append({"type": "heading", "value": str(heading)})
            blocks.append({"type": "text", "value": paragraphs(text)})
    return blocks
