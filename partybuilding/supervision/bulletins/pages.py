"""The quarter's bulletin (全区通报): figures frozen as they were counted, words around them, and its blocks."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search.index import SearchField

from partybuilding.core.pages import (
    ColumnPage,
    CorrectablePage,
    PageMeta,
    PublicationRefused,
    open_to_all,
)
from partybuilding.core.pages.blocks import QuoteBlock, TableBlock, TextBlock, expand_links
from partybuilding.core.pages.manuscript import Manuscript
from partybuilding.core.pages.meta import article
from partybuilding.cycles.models import Cycle
from partybuilding.supervision.bulletins import rules
from partybuilding.supervision.bulletins.editing import BulletinPageForm
from partybuilding.supervision.bulletins.manuscript import elements_of_bulletin
from partybuilding.supervision.bulletins.presentation import (
    Figures,
    laggards_of,
    practices_of,
    shown_practices,
)
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.states import QUARTERS
from partybuilding.supervision.wording import when_words

#: What may be marked up; a bulletin leads to no files of the library.
RICH_TEXT = ["bold", "ol", "ul", "link"]


class WordsBlock(blocks.StreamBlock):
    """Words before or after the figures."""

    heading = blocks.CharBlock(
        label=gettext_lazy("Section heading"),
        icon="title",
        max_length=60,
        template="partybuilding/blocks/heading.html",
    )
    text = TextBlock(
        label=gettext_lazy("Running text"),
        icon="pilcrow",
        features=RICH_TEXT,
        template="partybuilding/blocks/text.html",
    )
    quote = QuoteBlock()
    table = TableBlock()

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Look up the links of all texts before the first is drawn."""
        expand_links(value)
        return super().get_context(value, parent_context=parent_context)

    class Meta:
        template = "partybuilding/blocks/body.html"


class BulletinPageQuerySet(PageQuerySet):
    """Lists of bulletins."""

    def readable(self) -> "BulletinPageQuerySet":
        """Keep what residents may read."""
        return open_to_all(self)


class BulletinPage(CorrectablePage, ColumnPage):
    """What a quarter came to, for the whole district to read."""

    cycle = models.ForeignKey(
        Cycle,
        verbose_name=gettext_lazy("programme year"),
        editable=False,
        on_delete=models.PROTECT,
        related_name="bulletins",
    )
    year = models.PositiveSmallIntegerField(gettext_lazy("calendar year"), editable=False)
    quarter = models.PositiveSmallIntegerField(
        gettext_lazy("quarter"), choices=QUARTERS, editable=False
    )
    figures = models.JSONField(default=dict, editable=False)
    computed_at = models.DateTimeField(
        gettext_lazy("figures computed at"), null=True, editable=False
    )
    #: The visits whose good practice is told.
    chosen = models.JSONField(default=list, editable=False)
    number = models.CharField(
        gettext_lazy("document number"),
        max_length=60,
        blank=True,
        help_text=gettext_lazy("As on the official paper, if there is one."),
    )
    issuer = models.CharField(gettext_lazy("issuing organization"), max_length=100, blank=True)
    opening = StreamField(
        WordsBlock(), verbose_name=gettext_lazy("words before the figures"), blank=True
    )
    body = StreamField(
        WordsBlock(), verbose_name=gettext_lazy("words after the figures"), blank=True
    )

    objects = PageManager.from_queryset(BulletinPageQuerySet)()

    search_kind = "bulletin"
    search_fields = [
        *ColumnPage.search_fields,
        SearchField("number"),
        SearchField("opening"),
        SearchField("body"),
        SearchField("search_record"),
    ]

    parent_page_types = ["partybuilding.SupervisionIndexPage"]
    subpage_types: list[str] = []
    template = "partybuilding/supervision/bulletin_page.html"
    base_form_class = BulletinPageForm
    content_panels = [
        HelpPanel(template="partybuilding/supervision/bulletins/panel.html"),
        *ColumnPage.content_panels,
        FieldRowPanel([FieldPanel("number"), FieldPanel("issuer")]),
        FieldPanel("opening"),
        FieldPanel("practices"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = gettext_lazy("bulletin of a quarter")
        verbose_name_plural = gettext_lazy("bulletins of quarters")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "year", "quarter"],
                condition=models.Q(corrects=None),
                name="one_bulletin_a_quarter",
            ),
        ]

    @classmethod
    def to_read(cls) -> BulletinPageQuerySet:
        """Return the bulletins with their years."""
        return cls.objects.select_related("cycle")

    @property
    def period(self) -> Quarter:
        """The quarter that it is about."""
        return Quarter(self.year, self.quarter)

    @property
    def search_year(self) -> int:
        """The programme year."""
        return self.cycle.year

    def search_record(self) -> list[str]:
        """Return by what it is found besides its words: its quarter and the projects it names."""
        named = shown_practices(self)
        return [when_words(self), *(f"{row['organization']} {row['text']}" for row in named)]

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return the bulletin as a revision holds it; once published, its figures are what they are."""
        page = super().with_content_json(content)
        page.cycle_id, page.year, page.quarter = self.cycle_id, self.year, self.quarter
        page.corrects_id = self.corrects_id
        if self.first_published_at is not None:
            page.figures, page.computed_at = self.figures, self.computed_at
        return page

    def personal_texts(self) -> Iterator[tuple[str, str]]:
        """Yield the page's own texts, then what was counted and chosen."""
        yield from super().personal_texts()
        for row in shown_practices(self):
            yield _("Good practice"), f"{row['title']}\n{row['organization']}\n{row['text']}"
        for row in self.figures.get("laggards", []):
            yield _("Projects with most overdue"), f"{row['title']}\n{row['organization']}"

    def before_publication(self, revision: Any) -> None:
        """Hold a revision to the rules of bulletins too.

        Raises:
            PublicationRefused: its figures are missing or were computed before the quarter was over.
        """
        super().before_publication(revision)
        if found := list(rules.problems(revision.as_object())):
            raise PublicationRefused(found)

    def meta(self, request: HttpRequest) -> PageMeta:
        """Return what the head tells of an official document."""
        meta = PageMeta.of(
            self,
            request,
            description=self.description,
            published=self.first_published_at,
            source=self.issuer,
            is_article=True,
        )
        return replace(meta, things=(article(meta),))

    @property
    def description(self) -> str:
        """What it came to, in one line."""
        return f"{self.title}。{Figures(self.figures).sentence}"

    def manuscript(self) -> Manuscript:
        """Return what the bulletin says, without its layout."""
        return Manuscript(
            title=self.title,
            author=self.issuer,
            digest=self.description,
            href=self.get_url() or "",
            body=tuple(elements_of_bulletin(self)),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the figures as large numbers, chart and table, and the papers to take along."""
        figures = Figures(self.figures)
        papers = [
            {
                "name": self.title,
                "href": reverse("bulletin_paper", args=[self.slug, edition]),
                "kind": kind,
            }
            for edition, kind in (("pdf", "PDF"), ("docx", "Word"))
        ]
        return {
            **super().get_context(request, *args, **kwargs),
            "figures": figures,
            "practices": practices_of(self, request),
            "laggards": laggards_of(self, request),
            "papers": papers if self.live else [],
            "corrected": self.told_corrections(request),
        }
