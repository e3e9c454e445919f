"""The public page of a project."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet

from partybuilding.core.pages import RecordPage
from partybuilding.projects.blocks import BodyBlock
from partybuilding.projects.models import Project
from partybuilding.projects.states import TABLE


class ProjectPageQuerySet(PageQuerySet):
    """Lists of project pages."""

    def readable(self) -> "ProjectPageQuerySet":
        """Keep what residents may read: live, and allowed by the record."""
        return self.live().public().filter(project__state__in=TABLE.public_states())


class ProjectPage(RecordPage):
    """A project as residents read it; made only from its project."""

    record_name = "project"

    project = models.OneToOneField(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="page"
    )
    summary = models.CharField(
        _("summary"),
        max_length=120,
        help_text=_("One sentence for lists and search results, in plain words."),
    )
    lead_image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_image_alt = models.CharField(
        _("text alternative of the lead picture"), max_length=120, blank=True
    )
    body = StreamField(BodyBlock(), verbose_name=_("page body"), blank=True)

    objects = PageManager.from_queryset(ProjectPageQuerySet)()

    parent_page_types = ["partybuilding.ProjectYearPage"]
    subpage_types: list[str] = []
    template = "partybuilding/projects/project_page.html"
    content_panels = [
        HelpPanel(template="partybuilding/projects/panels/record.html"),
        *RecordPage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("lead_image"), FieldPanel("lead_image_alt")], heading=_("Lead picture")
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("project page")
        verbose_name_plural = _("project pages")
