"""The plugin: its rooms, in the order in which they speak."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartyBuildingConfig(AppConfig):
    name = "partybuilding"
    verbose_name = _("Party-building projects")
    default_auto_field = "django.db.models.BigAutoField"
    #: A new room is its folder with a `room.py`, and its line here.
    rooms = (
        "organizations",
        "cycles",
        "column",
        "projects",
        "progress",
        "supervision",
        "supervision.notices",
        "supervision.bulletins",
        "opinions",
        "brands",
        "cases",
        "boards",
        "core",
    )

    def ready(self) -> None:
        """Read what every room says of itself."""
        from partybuilding.core import rooms

        rooms.load()
