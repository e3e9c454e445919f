"""The public page of a project."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search.index import SearchField

from partybuilding.core.pages import Article, ArticleForm, RecordPage, open_to_all, pictures
from partybuilding.core.pages.blocks import file_entry
from partybuilding.core.pages.manuscript import Element
from partybuilding.core.pages.pictures import images_of
from partybuilding.projects.blocks import AttachmentsBlock, BodyBlock
from partybuilding.projects.models import Project
from partybuilding.projects.page.changed import changed_at
from partybuilding.projects.page.facts import (
    announced_grade,
    company_of,
    key_facts,
    moment_words,
    personal_texts_of,
    termination_reason,
)
from partybuilding.projects.page.manuscript import elements_of_project
from partybuilding.projects.page.parts import Place, Reading, at_place, page_sections_of
from partybuilding.projects.page.words import words_of_record
from partybuilding.projects.stages import stage_of
from partybuilding.projects.states import TABLE

#: The picture that stands for a project where it is shared, in pixels (`column.share_card`).
CARD = (1200, 630)


class ProjectPageQuerySet(PageQuerySet):
    """Lists of project pages."""

    def readable(self) -> "ProjectPageQuerySet":
        """Keep what residents may read: live, and allowed by the record."""
        return open_to_all(self).filter(project__state__in=TABLE.public_states())


class ProjectPage(Article, RecordPage):
    """A project as residents read it; made only from its project."""

    record_name = "project"
    publication_step = "publish_commitments"
    #: Made from its project alone.
    is_creatable = False

    project = models.OneToOneField(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="page"
    )
    body = StreamField(BodyBlock(), verbose_name=_("page body"), blank=True)
    attachments = StreamField(
        AttachmentsBlock(), verbose_name=_("attachments of the page"), blank=True
    )

    objects = PageManager.from_queryset(ProjectPageQuerySet)()

    search_kind = "project"
    search_fields = [
        *RecordPage.search_fields,
        SearchField("summary"),
        SearchField("body"),
        SearchField("search_record"),
    ]

    parent_page_types = ["partybuilding.ProjectYearPage"]
    subpage_types: list[str] = []
    template = "partybuilding/projects/project_page.html"
    base_form_class = ArticleForm
    content_panels = [
        HelpPanel(template="partybuilding/projects/panels/record.html"),
        *RecordPage.content_panels,
        Article.summary_panel,
        Article.picture_panel,
        FieldPanel("body"),
        FieldPanel("attachments"),
    ]

    class Meta:
        verbose_name = _("project page")
        verbose_name_plural = _("project pages")

    @classmethod
    def to_read(cls) -> ProjectPageQuerySet:
        """Return the pages with their records, and what of them a page says."""
        return cls.objects.select_related(
            "project__cycle", "project__organization__unit", "project__grade_class", "lead_image"
        ).annotate(last_change=changed_at())

    @property
    def changed_at(self) -> datetime | None:
        """When the text or what became of the promises last changed; lists have to read it along."""
        return getattr(self, "last_change", None) or self.last_published_at

    @property
    def search_year(self) -> int:
        """The programme year."""
        return self.project.cycle.year

    @property
    def search_sector(self) -> str:
        """The field of the project."""
        return self.project.sector

    @property
    def search_projects(self) -> list[int]:
        """The project itself."""
        return [self.project_id]

    @property
    def search_names(self) -> list[str]:
        """The organisations that carry the project out."""
        return self.project.told.organizations

    @property
    def search_note(self) -> str:
        """Who carries the project out, in one line."""
        return "、".join(self.search_names)

    def search_record(self) -> list[str]:
        """Return what of the record the page is found by."""
        return words_of_record(self.project)

    def told_by(self) -> str:
        """Name the leading organisation."""
        return self.project.told.organization

    def slug_of(self, record: Project) -> str:
        """Return the address that whoever starts the page gave it: the project's number."""
        return self.slug

    def personal_texts(self) -> Iterator[tuple[str, str]]:
        """Yield the page's own texts, then what of the record is published with them."""
        yield from super().personal_texts()
        yield from personal_texts_of(self)

    def files_to_read(self) -> list[dict[str, Any]]:
        """Return the files of the page as a list of attachments shows them."""
        return [file_entry(block.value) for block in self.attachments if block.value is not None]

    @property
    def shared_picture(self) -> pictures.Picture:
        """The card that says how far its promises are."""
        address = reverse("share_card", args=[self.project.cycle.year, self.project.code])
        return pictures.Picture(address, *CARD, self.title)

    def elements(self) -> Iterator[Element]:
        """Yield what of page and record residents read."""
        return elements_of_project(Reading(self, self.project, None))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what of the record residents may read, section by section, and the pictures."""
        project = self.project
        is_preview = getattr(request, "is_preview", False)
        reading = Reading(self, project, request, is_preview)
        company = company_of(project, reading.posts, reading.today)
        images = [self.lead_image, *images_of(self.body)]
        pictures.fetch_cuts(images, pictures.LEAD, pictures.BODY, pictures.CARD)
        sections = page_sections_of(reading)
        ways = [project.cycle.year, project.code]
        return {
            **super().get_context(request, *args, **kwargs),
            "project": project,
            "organizations": company.organizations,
            "stage": stage_of(project.state) if project.state_row.public else None,
            "grade": announced_grade(project),
            "facts": [*key_facts(project, company), *self._moments()],
            "lead_picture": self.lead_picture,
            "termination_reason": termination_reason(project),
            "first": at_place(sections, Place.FIRST),
            "main": at_place(sections, Place.MAIN),
            "folds": at_place(sections, Place.FOLD),
            "body_headings": [one.value for one in self.body if one.block_type == "heading"],
            "acts": [shown.part["act"] for shown in sections if shown.part.get("act")],
            "sheet_href": reverse("project_sheet", args=ways) if sections else "",
            "feed_href": reverse("project_feed", args=ways),
        }

    def _moments(self) -> list[dict[str, Any]]:
        """Return when the page was first published and last changed, as facts."""
        first, last = self.first_published_at, self.changed_at
        told = [(pgettext_lazy("column", "First published"), first)]
        if last and first and last.replace(second=0, microsecond=0) > first:
            told.append((pgettext_lazy("column", "Last updated"), last))
        return [{"label": label, "value": moment_words(moment)} for label, moment in told if moment]
