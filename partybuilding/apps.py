"""The plugin: registers every room's machine once Django has loaded the models."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartyBuildingConfig(AppConfig):
    name = "partybuilding"
    verbose_name = _("Party-building projects")
    default_auto_field = "django.db.models.BigAutoField"
