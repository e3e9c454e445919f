"""Query in, results out: search knows the other apps, none knows it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for what the index must be told; give rights once the groups are there."""
        import search.refresh  # noqa: F401 - its receivers connect when it is read
        from search.rights import grant
        from search.starting_words import plant_words

        post_migrate.connect(grant, sender=self, dispatch_uid="search.grant")
        post_migrate.connect(plant_words, sender=self, dispatch_uid="search.plant_words")
