"""The page of the letterbox: its place in the tree and its words; the form itself is a view's."""

from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from partybuilding.core.pages import ColumnPage


class OpinionIndexPage(ColumnPage):
    """Where residents write; it stands in the navigation, and `views.letterbox` answers at its address."""

    column_type = pgettext_lazy("column type", "Opinions")

    introduction = RichTextField(
        gettext_lazy("introduction"), blank=True, features=["bold", "link"]
    )

    max_count = 1
    subpage_types: list[str] = []
    template = "partybuilding/opinions/letterbox.html"
    content_panels = [*ColumnPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = gettext_lazy("letterbox")
        verbose_name_plural = gettext_lazy("letterboxes")
