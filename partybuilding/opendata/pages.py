"""The page of the open data: its place in the tree and its words; what it lists is a view's."""

from django.db import models
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from partybuilding.core.pages import ColumnPage


class OpenDataPage(ColumnPage):
    """Where everybody finds the tables; it stands in the foot, and `views.index` answers at its address."""

    column_type = pgettext_lazy("column type", "Open data")

    introduction = RichTextField(
        gettext_lazy("introduction"), blank=True, features=["bold", "link"]
    )
    provider = models.CharField(
        gettext_lazy("provider of the data"),
        max_length=100,
        blank=True,
        help_text=gettext_lazy("Empty: the name of the site."),
    )
    contact = models.CharField(
        gettext_lazy("contact for questions about the data"),
        max_length=100,
        blank=True,
        help_text=gettext_lazy("Telephone or e-mail of the office, not of a person."),
    )

    max_count = 1
    subpage_types: list[str] = []
    template = "partybuilding/opendata/index.html"
    content_panels = [
        *ColumnPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("provider"),
        FieldPanel("contact"),
    ]

    class Meta:
        verbose_name = gettext_lazy("page of the open data")
        verbose_name_plural = gettext_lazy("pages of the open data")
