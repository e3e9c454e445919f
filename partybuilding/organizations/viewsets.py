"""The administrator's settings of who issues papers."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from partybuilding.organizations.models import IssuingBody


class IssuingBodyViewSet(ModelViewSet):
    """Who issues papers from which day on, as rows: a change is a further one."""

    model = IssuingBody
    name = "issuing_bodies"
    icon = "clipboard-list"
    menu_label = _("Issuing bodies")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = (
        "name",
        "since",
        Column("head_words", label=_("name in the head of letters")),
        "letter_code",
        "supervision_code",
    )
    panels = [
        FieldPanel("since"),
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("head"), FieldPanel("organization")],
            heading=_("Who issues"),
        ),
        MultiFieldPanel(
            [FieldPanel("letter_code"), FieldPanel("supervision_code")],
            heading=_("Document numbers"),
        ),
    ]


def issuing_bodies() -> IssuingBodyViewSet:
    """Return the screens, below the settings of the CMS."""
    return IssuingBodyViewSet()
