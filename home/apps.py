"""The column's front page."""

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Front page")
    default_auto_field = "django.db.models.BigAutoField"
    rooms = ("",)

    def ready(self) -> None:
        """Plant what the column needs to stand once every app's tables are there."""
        post_migrate.connect(_plant, sender=self, dispatch_uid="home.plant")


def _plant(sender: AppConfig, **kwargs: object) -> None:
    from home.models import ColumnSettings
    from home.tree import plant

    if ColumnSettings._meta.db_table in connection.introspection.table_names():
        plant()
