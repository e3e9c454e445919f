"""The terms in the CMS."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from partybuilding.terms.models import Term


class TermViewSet(ModelViewSet):
    """Words of the offices, each with its plain line."""

    model = Term
    name = "terms"
    icon = "openquote"
    menu_label = _("Terms explained")
    menu_order = 620
    add_to_admin_menu = True
    list_display = ["word", "plain"]
    search_fields = ["word", "plain", "more"]
    copy_view_enabled = False


def term_screens() -> TermViewSet:
    """Add the list of terms."""
    return TermViewSet()
