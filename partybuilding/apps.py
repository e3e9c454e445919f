"""The plugin: registers every room's machine once Django has loaded the models."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartyBuildingConfig(AppConfig):
    name = "partybuilding"
    verbose_name = _("Party-building projects")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the machines, and who can tell a user's post."""
        from partybuilding.core.attempts import register_identifier
        from partybuilding.core.machines import register
        from partybuilding.cycles.machine import MACHINE as CYCLE
        from partybuilding.organizations.selectors import identity_of
        from partybuilding.projects.machine import MACHINE as PROJECT

        register_identifier(identity_of)
        for machine in (CYCLE, PROJECT):
            register(machine)
