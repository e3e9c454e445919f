"""The menu items of the screens that prepare and take decisions."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from partybuilding.projects.permissions import user_can_see_preparation, user_can_see_session


class StaffMenuItem(MenuItem):
    """A menu item for those who may see its screen."""

    def __init__(self, *args: Any, may: Callable[[Any], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may = may

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the screen's own permission."""
        return self.may(request.user)


def decision_items() -> list[MenuItem]:
    """Return the items in the order of the work: prepare, then decide."""
    return [
        StaffMenuItem(
            _("Progress of the pre-assessments"),
            reverse_lazy("partybuilding:preparation"),
            name="preparation",
            icon_name="tasks",
            order=20,
            may=user_can_see_preparation,
        ),
        StaffMenuItem(
            _("Decision sessions"),
            reverse_lazy("partybuilding:sessions"),
            name="sessions",
            icon_name="group",
            order=30,
            may=user_can_see_session,
        ),
    ]
