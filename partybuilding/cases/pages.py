"""The public pages of case studies: the list, and one page a case, made together with its record."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager, PageQuerySet

from partybuilding.cases.models import CaseStudy
from partybuilding.cases.permissions import user_can_edit_case
from partybuilding.cases.states import FINISHED, TABLE
from partybuilding.core import pictures
from partybuilding.core.lists import Facet, facet_list
from partybuilding.core.pages import MadePage, MadePageForm, SingularPage, open_to_all
from partybuilding.organizations.states import Sector
from partybuilding.projects.blocks import BodyBlock
from partybuilding.projects.facts import announced_grade, organizations_of
from partybuilding.projects.forms_choosing import ProjectField
from partybuilding.projects.models import Project
from partybuilding.projects.selectors import reading_ways

#: How many cards of a list show their picture; a first view keeps to 15 requests.
PICTURED = 6
#: The parts of a case in the order of reading.
STREAMS = ("situation", "practice", "results", "lessons")


class CasePageQuerySet(PageQuerySet):
    """Lists of the pages of cases."""

    def readable(self) -> "CasePageQuerySet":
        """Keep what residents may read: live, and allowed by the record."""
        return open_to_all(self).filter(case__state__in=TABLE.public_states())


class CasePageForm(MadePageForm):
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

    def clean(self) -> dict[str, Any]:
        """Ask what the lead picture shows before the page is handed in; a draft may still lack it."""
        cleaned = super().clean()
        if self.is_handed_in and cleaned.get("lead_image") and not cleaned.get("lead_image_alt"):
            self.add_error("lead_image_alt", _("Say what the lead picture shows."))
        return cleaned


class CaseStudyPage(MadePage):
    """A case study as residents read it."""

    record_name = "case"
    publication_step = "publish"

    case = models.OneToOneField(
        CaseStudy,
        verbose_name=gettext_lazy("case study"),
        on_delete=models.PROTECT,
        related_name="page",
    )
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
    situation = StreamField(BodyBlock(), verbose_name=gettext_lazy("situation"))
    practice = StreamField(BodyBlock(), verbose_name=gettext_lazy("practice"))
    results = StreamField(
        BodyBlock(),
        verbose_name=gettext_lazy("results"),
        help_text=gettext_lazy("With figures: from what to what, how many, in how long."),
    )
    lessons = StreamField(BodyBlock(), verbose_name=gettext_lazy("what can be copied"))

    objects = PageManager.from_queryset(CasePageQuerySet)()

    parent_page_types = ["partybuilding.CaseIndexPage"]
    subpage_types: list[str] = []
    template = "partybuilding/cases/case_page.html"
    base_form_class = CasePageForm
    content_panels = [
        HelpPanel(template="partybuilding/cases/panel.html"),
        *MadePage.content_panels,
        FieldPanel("project", required_on_save=True),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("lead_image"), FieldPanel("lead_image_alt")],
            heading=gettext_lazy("Lead picture"),
        ),
        *(FieldPanel(name) for name in STREAMS),
    ]

    class Meta:
        verbose_name = gettext_lazy("case page")
        verbose_name_plural = gettext_lazy("case pages")

    def slug_of(self, record: CaseStudy) -> str:
        """Return the project's number; a further case of the same project is counted on."""
        earlier = CaseStudy.objects.filter(project=record.project_id, pk__lt=record.pk).count()
        code = record.project.code
        return f"{code}-{earlier + 1}" if earlier else code

    def get_admin_display_title(self) -> str:
        """Return the title with the case's state; lists of pages have fetched it."""
        state = getattr(self, "case_state", None) or self.case.state
        return f"{super().get_admin_display_title()}（{TABLE.state(state).label}）"

    def text_of(self, name: str) -> str:
        """Return the words of a part, without marks."""
        value = getattr(self, name)
        if name not in STREAMS:
            return value
        return "\n".join(map(str, value.stream_block.get_searchable_content(value)))

    def parts(self) -> dict[Any, str]:
        """Return the words of every part that a case needs, by its label."""
        names = ("summary", *STREAMS)
        return {self._meta.get_field(name).verbose_name: self.text_of(name) for name in names}

    @property
    def card_picture(self) -> pictures.Picture | None:
        """The lead picture as lists show it."""
        return pictures.picture_of(self.lead_image, pictures.CARD, self.lead_image_alt)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what of the record residents may read, the parts, and the pictures."""
        project = Project.objects.select_related("cycle", "organization__unit", "grade_class").get(
            pk=self.case.project_id
        )
        parts = [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in STREAMS]
        blocks = [block for _label, stream in parts for block in stream]
        figures = [block.value["image"] for block in blocks if block.block_type == "figure"]
        pictures.fetch_cuts([self.lead_image, *figures], pictures.LEAD, pictures.BODY)
        owners = organizations_of(project)
        return {
            **super().get_context(request, *args, **kwargs),
            "project": project,
            "kicker": "、".join(owners),
            "facts": facts_of(self.case, project, owners),
            "facts_title": _("Case facts"),
            "source": owners[0],
            "origins_title": _("The project that the case tells of"),
            "parts": [(label, stream) for label, stream in parts if stream],
            "origins": reading_ways([project], request),
            "lead_picture": pictures.picture_of(
                self.lead_image, pictures.LEAD, self.lead_image_alt
            ),
        }


def facts_of(case: CaseStudy, project: Project, owners: list[str]) -> list[dict[str, Any]]:
    """Return the facts beside a case's text."""
    unit = project.organization.unit
    selected = case.selected_at and date_format(timezone.localtime(case.selected_at), "DATE_FORMAT")
    return [
        {"label": _("Carried out by"), "value": "、".join(owners)},
        {"label": pgettext("column", "Reporting unit"), "value": unit and unit.name},
        {"label": pgettext("column", "Field"), "value": project.get_sector_display()},
        {"label": pgettext("column", "Grade"), "value": announced_grade(project)},
        {"label": pgettext("case", "Selected on"), "value": selected},
    ]


FACETS = (
    Facet(
        "year",
        pgettext_lazy("column", "Year"),
        "case__project__cycle__year",
        lambda year: _("Year %(year)s") % {"year": year},
        order=lambda year: -year,
    ),
    Facet(
        "sector",
        pgettext_lazy("column", "Field"),
        "case__project__sector",
        lambda code: str(Sector(code).label),
        order=Sector.values.index,
    ),
)


class CaseIndexPage(SingularPage):
    """Every case study that residents may read, with filters."""

    introduction = RichTextField(
        gettext_lazy("introduction"), blank=True, features=["bold", "link"]
    )

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["partybuilding.CaseStudyPage"]
    template = "partybuilding/cases/case_index_page.html"
    content_panels = [*SingularPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = gettext_lazy("cases index")
        verbose_name_plural = gettext_lazy("cases indexes")

    def has_something_to_read(self) -> bool:
        """Tell whether residents find a case here."""
        return CaseStudyPage.objects.readable().exists()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list that the query asks for, with its filters."""
        path = self.get_url(request) or request.path
        order = ("-case__published_at", "-pk")
        listing = facet_list(readable_cases(), request.GET, FACETS, path, *order)
        return {
            **super().get_context(request, *args, **kwargs),
            "listing": listing,
            "cards": [
                card_of(page, request, pictured=at < PICTURED)
                for at, page in enumerate(listing.page)
            ],
        }


def readable_cases() -> models.QuerySet[CaseStudyPage]:
    """Return every case page that residents may read, with what lists show."""
    return (
        CaseStudyPage.objects.readable()
        .defer(*STREAMS)
        .select_related(
            "case__project__cycle", "case__project__organization", "case__project__grade_class"
        )
        .prefetch_related(pictures.with_cut("lead_image", pictures.CARD))
    )


def card_of(page: CaseStudyPage, request: HttpRequest, *, pictured: bool = True) -> dict[str, Any]:
    """Return what a case's card shows."""
    project = page.case.project
    return {
        "href": page.get_url(request),
        "title": page.title,
        "organization": project.organization.name,
        "sector": project.get_sector_display(),
        "year": project.cycle.year,
        "grade": announced_grade(project),
        "summary": page.summary,
        "image": page.card_picture if pictured else None,
    }
