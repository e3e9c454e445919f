"""The guide through the first days: a screen, and a panel of the first screen until it is done."""

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component

from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.core.machine.steps import Way
from partybuilding.core.types import AnyUser
from partybuilding.cycles.firstday.items import ITEMS, told
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.permissions import user_can_edit_cycle
from partybuilding.organizations.models import Organization
from partybuilding.organizations.views.frame import Screen


def user_sets_up(user: AnyUser) -> bool:
    """Tell whether a user is guided: the department and administrators."""
    return user_can_edit_cycle(None, user)


MENU = StaffMenuItem(
    _("First days"),
    reverse_lazy("partybuilding:first_days"),
    name="first-days",
    icon_name="tasks",
    order=910,
    may=user_sets_up,
)


def _progress() -> dict[str, Any]:
    items = told()
    done = sum(one.is_done for one in items)
    following = next((one for one in items if not one.is_done), None)
    return {"items": items, "done": done, "of": len(items), "following": following}


#: Which item fills which register; all others fill once applications are open.
FILLED_BY: dict[Any, str] = {Organization: "units", get_user_model(): "department", Cycle: "year"}


def ways_when_empty(model: Any, user: AnyUser) -> list[Way]:
    """Lead from an empty register to the item that fills it."""
    if not user_sets_up(user):
        return []
    code = FILLED_BY.get(model, "opening")
    item = next(one for one in ITEMS if one.code == code)
    label = _("First days: %(item)s") % {"item": item.label}
    return [Way(label, f"{reverse('partybuilding:first_days')}#{code}", "tasks")]


class FirstDaysView(Screen, TemplateView):
    """All items, with what is done."""

    template_name = "partybuilding/cycles/firstday/screen.html"
    page_title = _("First days")
    header_icon = "tasks"

    def allowed(self) -> bool:
        """Let in who sets the district up."""
        return user_sets_up(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the items."""
        return super().get_context_data(**_progress(), **kwargs)


class FirstDaysPanel(Component):
    """What comes next, on the first screen."""

    name = "party_first_days"
    template_name = "partybuilding/cycles/firstday/panel.html"
    order = 5

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Add the items."""
        return _progress()


def show_first_days(request: HttpRequest, panels: list[Any]) -> None:
    """Put the guide before all else until the first year is open."""
    if user_sets_up(request.user) and not Cycle.objects.exclude(rules_frozen_at=None).exists():
        panels.insert(0, FirstDaysPanel())
