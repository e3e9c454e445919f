"""The plugin: its rooms, in the order in which they speak."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PartyBuildingConfig(AppConfig):
    name = "partybuilding"
    verbose_name = _("Party-building projects")
    default_auto_field = "django.db.models.BigAutoField"
    #: A new room is its folder with a `room.py`, and its line here.
    rooms = (
        "organizations",
        "texts",
        "cycles",
        "column",
        "projects",
        "portal",
        "progress",
        "supervision",
        "supervision.notices",
        "supervision.bulletins",
        "evaluation",
        "opinions",
        "brands",
        "cases",
        "wechat",
        "inspection",
        "opendata",
        "casebook",
        "boards",
        "terms",
        "packs",
        "following",
        "core",
    )

    def ready(self) -> None:
        """Read what every room says of itself; plant after migrations, where the site asks for it."""
        from partybuilding.checks import check_site, check_trail_key
        from partybuilding.core import rooms
        from partybuilding.core.words.actors import ACTORS
        from partybuilding.cycles.words.services import words_saved
        from partybuilding.planting import follow_names, plant_where_asked

        rooms.load()
        checks.register(check_site)
        checks.register(check_trail_key, deploy=True)
        words_saved.connect(follow_names, sender=ACTORS, dispatch_uid="partybuilding.follow_names")
        post_migrate.connect(plant_where_asked, sender=self, dispatch_uid="partybuilding.plant")
