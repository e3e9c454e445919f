"""The list of watched words, kept by those who work on pages."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import permissions
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from partybuilding.core.types import AnyUser
from partybuilding.inspection.models import WatchedWord
from partybuilding.inspection.permissions import user_can_inspect


class WordsPolicy(ModelPermissionPolicy):
    """Rights come from roles, not from boxes that were ticked for a group."""

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        """Ask the user's roles."""
        return user_can_inspect(user)

    def user_has_any_permission(self, user: AnyUser, actions: Any) -> bool:
        """Ask the user's roles."""
        return user_can_inspect(user)


class WordsIndexView(IndexView):
    """The list, with the way to take over many words at once."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Add the way."""
        url = reverse("partybuilding:inspection_words")
        more = HeaderButton(_("Take over words"), url, icon_name="upload")
        return [*super().header_buttons, more]


class WatchedWordViewSet(ModelViewSet):
    """The words, with what to write instead."""

    model = WatchedWord
    name = "watched_words"
    index_view_class = WordsIndexView
    url_prefix = "party/words"
    icon = "warning"
    menu_label = _("Watched words")
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ("word", "better", "reason")
    list_export: tuple[str, ...] = ()
    search_fields = ("word", "better", "reason")
    search_backend_name = None
    panels = WatchedWord.panels

    @cached_property
    def permission_policy(self) -> WordsPolicy:
        """Who keeps the list."""
        return WordsPolicy(self.model)


def watched_words() -> WatchedWordViewSet:
    """Return the screens of the list; Wagtail 8 is told of the rights before, Wagtail 7 asks the viewset."""
    register = getattr(permissions, "register_permission_policy", None)
    if register is not None:
        register(WatchedWord, WordsPolicy(WatchedWord))
    return WatchedWordViewSet()
