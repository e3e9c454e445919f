"""站内搜索 in the CMS: synonyms, recommended results, and what was asked for in vain."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail import permissions
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from partybuilding.core.types import AnyUser
from search.models import Promotion, Synonym, Unanswered
from search.selectors import clean
from search.services import settle


class PrefilledCreateView(generic.CreateView):
    """Make something for words that the address may bring along; the question is then settled."""

    def get_initial_form_instance(self) -> Any:
        """Begin with the words."""
        return self.model(words=clean(self.request.GET.get("words") or ""))

    def save_instance(self) -> Any:
        """Save, and take the question from the list of those in vain."""
        instance = super().save_instance()
        settle(instance.words)
        return instance


class SynonymViewSet(ModelViewSet):
    """Words that mean the same."""

    model = Synonym
    name = "search_synonyms"
    icon = "list-ul"
    menu_label = _("Synonyms")
    add_view_class = PrefilledCreateView
    list_display = ["words"]
    search_fields = ["words"]
    copy_view_enabled = False
    add_to_admin_menu = False


class PromotionViewSet(ModelViewSet):
    """Pages that stand first for certain words."""

    model = Promotion
    name = "search_promotions"
    icon = "pick"
    menu_label = _("Recommended results")
    add_view_class = PrefilledCreateView
    list_display = ["words", "page", "note"]
    search_fields = ["words", "page__title", "note"]
    copy_view_enabled = False
    add_to_admin_menu = False


class NeverWritten(ModelPermissionPolicy):
    """Rows that the search itself writes: to be read and removed, by nobody to be added or changed."""

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        """Ask Wagtail for what can be done at all."""
        return action in ("view", "delete") and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: AnyUser, actions: Any) -> bool:
        """Ask for each action."""
        return any(self.user_has_permission(user, action) for action in actions)


class UnansweredIndexView(generic.IndexView):
    """The questions, with the two ways to answer them."""

    def get_list_more_buttons(self, instance: Unanswered) -> list[MenuItem]:
        """Offer to make a synonym or a recommendation for the words."""
        words = urlencode({"words": instance.text})
        ways = (
            (_("Make a synonym"), "search_synonyms", "list-ul", Synonym),
            (_("Recommend a page"), "search_promotions", "pick", Promotion),
        )
        user = self.request.user
        buttons = [
            MenuItem(label, f"{reverse(f'{name}:add')}?{words}", icon_name=icon, priority=5)
            for label, name, icon, model in ways
            if ModelPermissionPolicy(model).user_has_permission(user, "add")
        ]
        return [*buttons, *super().get_list_more_buttons(instance)]


class UnansweredViewSet(ModelViewSet):
    """What was asked for in vain."""

    model = Unanswered
    name = "search_unanswered"
    icon = "help"
    menu_label = _("Searches without result")
    index_view_class = UnansweredIndexView
    list_display = ["text", Column("count", label=_("times"), sort_key="count"), "last_seen"]
    list_filter = ["last_seen"]
    search_fields = ["text"]
    ordering = ["-count", "-last_seen"]
    form_fields = ["text"]
    copy_view_enabled = False
    add_to_admin_menu = False

    @cached_property
    def permission_policy(self) -> ModelPermissionPolicy:
        """Let nobody write what nobody asked."""
        return NeverWritten(self.model)


def register_rights() -> None:
    """Tell Wagtail 8 of the rights before it meets the viewset; Wagtail 7 asks the viewset."""
    register = getattr(permissions, "register_permission_policy", None)
    if register is not None:
        register(Unanswered, NeverWritten(Unanswered))


class SearchGroup(ModelViewSetGroup):
    """The search in the menu."""

    menu_label = _("Site search")
    menu_name = "site-search"
    menu_icon = "search"
    menu_order = 600
    items = (UnansweredViewSet, SynonymViewSet, PromotionViewSet)
