"""The public page of a case study, made together with its record, and the index of cases."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search.index import SearchField

from partybuilding.cases.lineage import lineage_of
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.permissions import user_can_edit_case
from partybuilding.cases.similar import similar_cases
from partybuilding.cases.states import FINISHED, TABLE
from partybuilding.core.pages import (
    Article,
    ArticleForm,
    RecordPage,
    RecordPageForm,
    open_to_all,
    own_address,
    pictures,
)
from partybuilding.core.pages.facets import Facet, year_facet
from partybuilding.core.pages.manuscript import Element, Heading, elements_of, facts
from partybuilding.core.pages.pictures import images_of
from partybuilding.organizations.filters import sector_facet, unit_facet
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.facets import grade_facet
from partybuilding.projects.forms import ProjectField
from partybuilding.projects.models import Project
from partybuilding.projects.page.facts import announced_grade
from partybuilding.projects.selectors import reading_ways
from partybuilding.projects.told import registers_of
from partybuilding.spreading.account import SpreadIndexPage, story_account
from partybuilding.spreading.blocks import StoryBlock

#: The parts of a case in the order of reading.
STREAMS = ("situation", "practice", "results", "lessons")


class CasePageQuerySet(PageQuerySet):
    """Lists of the pages of cases."""

    def readable(self) -> "CasePageQuerySet":
        """Keep what residents may read: live, and allowed by the record."""
        return open_to_all(self).filter(case__state__in=TABLE.public_states())


class CasePageForm(ArticleForm, RecordPageForm):
    """The editor's form of a case's page; title and project are also the record's."""

    record_fields = ("project",)
    project = ProjectField(
        label=gettext_lazy("Project that the case tells of"),
        help_text=gettext_lazy("Cases are written from projects that have been graded."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "project" in self.fields:
            self.fields["project"].offer(self.for_user, FINISHED)

    def may_write(self, record: CaseStudy) -> bool:
        """Let who writes cases give a draft another project."""
        return user_can_edit_case(record, self.for_user)

    def material_of(self, record: CaseStudy) -> dict[str, Any]:
        """Return the project."""
        return {"project": record.project_id}

    def material(self) -> dict[str, Any]:
        """Add the title, which the record follows while the case is being prepared."""
        return {**super().material(), "title": self.cleaned_data["title"]}

    def begin_record(self, material: dict[str, Any]) -> CaseStudy:
        """Begin the case with its title and project."""
        return CaseStudy(created_by=self.for_user, **material)


class CaseStudyPage(Article, RecordPage):
    """A case study as residents read it."""

    record_name = "case"
    publication_step = "publish"

    case = models.OneToOneField(
        CaseStudy,
        verbose_name=gettext_lazy("case study"),
        on_delete=models.PROTECT,
        related_name="page",
    )
    situation = StreamField(StoryBlock(), verbose_name=gettext_lazy("situation"))
    practice = StreamField(StoryBlock(), verbose_name=gettext_lazy("practice"))
    results = StreamField(
        StoryBlock(),
        verbose_name=gettext_lazy("results"),
        help_text=gettext_lazy("With figures: from what to what, how many, in how long."),
    )
    lessons = StreamField(StoryBlock(), verbose_name=gettext_lazy("what can be copied"))

    objects = PageManager.from_queryset(CasePageQuerySet)()

    search_kind = "case"
    search_fields = [
        *RecordPage.search_fields,
        *(SearchField(name) for name in ("summary", *STREAMS, "search_record")),
    ]

    parent_page_types = ["partybuilding.CaseIndexPage"]
    subpage_types: list[str] = []
    template = "partybuilding/cases/case_page.html"
    base_form_class = CasePageForm
    content_panels = [
        HelpPanel(template="partybuilding/cases/panel.html"),
        *RecordPage.content_panels,
        FieldPanel("project", required_on_save=True),
        Article.summary_panel,
        Article.picture_panel,
        *(FieldPanel(name) for name in STREAMS),
    ]

    class Meta:
        verbose_name = gettext_lazy("case page")
        verbose_name_plural = gettext_lazy("case pages")

    def slug_of(self, record: CaseStudy) -> str:
        """Return the project's number; a further case of the same project is counted on."""
        earlier = CaseStudy.objects.filter(project=record.project_id, pk__lt=record.pk).count()
        code = record.project.code or ""
        return f"{code}-{earlier + 1}" if earlier else code

    def text_of(self, name: str) -> str:
        """Return the words of a part, without marks."""
        value = getattr(self, name)
        if name not in STREAMS:
            return value
        return "\n".join(map(str, value.stream_block.get_searchable_content(value)))

    def _label(self, name: str) -> Any:
        field: Any = self._meta.get_field(name)
        return field.verbose_name

    def parts(self) -> dict[Any, str]:
        """Return the words of every part that a case needs, by its label."""
        names = ("summary", *STREAMS)
        return {self._label(name): self.text_of(name) for name in names}

    def elements(self) -> Iterator[Element]:
        """Yield the facts, then part by part what the case tells."""
        project = self.case.project
        yield from facts(facts_of(self.case, project, project.told.organizations))
        for name in STREAMS:
            if stream := getattr(self, name):
                yield Heading(capfirst(str(self._label(name))))
                yield from elements_of(stream)

    @classmethod
    def to_read(cls) -> CasePageQuerySet:
        """Return the pages with what showing one needs."""
        return cls.objects.select_related(
            "case__project__cycle",
            "case__project__organization__unit",
            "case__project__grade_class",
            "case__project__topic",
            "lead_image",
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what of the record residents may read, the parts, the pictures, and where the case leads."""
        project = self.case.project
        parts = [(self._label(name), getattr(self, name)) for name in STREAMS]
        images = [image for _label, stream in parts for image in images_of(stream)]
        pictures.fetch_cuts([self.lead_image, *images], pictures.LEAD, pictures.BODY, pictures.CARD)
        owners, grade = project.told.organizations, announced_grade(project)
        origins = reading_ways([project], request)
        return {
            **super().get_context(request, *args, **kwargs),
            **story_account([project], origins),
            "project": project,
            "stage": {"public": grade, "tone": "positive"} if grade else None,
            "kicker": "、".join(owners),
            "facts": facts_of(self.case, project, owners),
            "facts_title": _("Case facts"),
            "origins_title": _("The project that the case tells of"),
            "parts": [(label, stream) for label, stream in parts if stream],
            "origins": origins,
            "lead_picture": self.lead_picture,
            "address": own_address(self.get_url(request) or request.path, request),
            "adoption_url": f"{reverse('portal:start_from')}?case={self.slug}",
            "lineage": lineage_of(self.case, request),
            "similar": similar_cases(self, request),
        }

    def told_by(self) -> str:
        """Name the leading organisation."""
        return self.case.project.told.organization

    @property
    def search_year(self) -> int:
        """The programme year of the case's project."""
        return self.case.project.cycle.year

    @property
    def search_sector(self) -> str:
        """The field of the case's project."""
        return self.case.project.sector

    @property
    def search_projects(self) -> list[int]:
        """The case's project."""
        return [self.case.project_id]

    @property
    def search_names(self) -> list[str]:
        """The organisations that the case tells of."""
        return self.case.project.told.organizations

    @property
    def search_note(self) -> str:
        """Who carried the project out, in one line."""
        return "、".join(self.search_names)

    def search_record(self) -> list[str]:
        """Return by what of its project the case is found: title, organisations, unit, number."""
        project = self.case.project
        today = registers_of(project)
        names = (*self.search_names, project.told.unit, *today.organizations, today.unit)
        return [project.title, *dict.fromkeys(names), project.code]


def facts_of(case: CaseStudy, project: Project, owners: list[str]) -> list[dict[str, Any]]:
    """Return the facts beside a case's text."""
    selected = case.selected_at and date_format(timezone.localtime(case.selected_at), "DATE_FORMAT")
    return [
        {"label": _("Carried out by"), "value": "、".join(owners)},
        {"label": pgettext("column", "Reporting unit"), "value": project.told.unit},
        {"label": pgettext("column", "Field"), "value": project.told.sector},
        {"label": pgettext("column", "Grade"), "value": announced_grade(project)},
        {"label": pgettext("case", "Selected on"), "value": selected},
    ]


class CaseIndexPage(SpreadIndexPage):
    """Every case study that residents may read, with filters."""

    column_type = pgettext_lazy("column type", "Case studies")
    subpage_types = ["partybuilding.CaseStudyPage"]
    template = "partybuilding/cases/case_index_page.html"
    order = ("-case__published_at", "-pk")
    facets = (
        year_facet("case__project__cycle__year"),
        sector_facet("case__project__sector"),
        Facet("topic", pgettext_lazy("column", "Topic"), "case__project__topic__title"),
        unit_facet("case__project__organization__unit"),
        grade_facet("case__project", alone=True),
    )
    words_in = ("title", "summary", "case__project__title", "case__project__organization__name")
    projects = "case__project"
    opening = gettext_lazy("%(count)s cases of the year %(year)s")

    class Meta:
        verbose_name = gettext_lazy("cases index")
        verbose_name_plural = gettext_lazy("cases indexes")

    @classmethod
    def listed(cls) -> QuerySet[CaseStudyPage]:
        """Return the cases."""
        return readable_cases()

    def card_of(
        self, page: CaseStudyPage, request: HttpRequest, *, pictured: bool
    ) -> dict[str, Any]:
        """Return what the card of a case shows."""
        return card_of(page, request, pictured=pictured)


def readable_cases() -> QuerySet[CaseStudyPage]:
    """Return every case page that residents may read, with what lists show."""
    return (
        CaseStudyPage.objects.readable()
        .defer(*STREAMS)
        .select_related(
            "case__project__cycle",
            "case__project__organization",
            "case__project__grade_class",
            "lead_image",
        )
        .prefetch_related(pictures.with_cut("lead_image", pictures.CARD))
    )


def card_of(page: CaseStudyPage, request: HttpRequest, *, pictured: bool = True) -> dict[str, Any]:
    """Return what a case's card shows."""
    project = page.case.project
    return {
        "href": page.get_url(request),
        "title": page.title,
        "organization": project.told.organization,
        "sector": project.told.sector,
        "year": project.cycle.year,
        "grade": announced_grade(project),
        "summary": page.summary,
        "image": page.card_picture if pictured else None,
        "sign": SECTORS.sign(project.sector),
        "is_plain": not pictured,
    }
