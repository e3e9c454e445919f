"""By what of its record a brand's page is found, and how the search tells it apart."""

from django.db import models
from django.utils import timezone
from wagtail.search.index import SearchField

from partybuilding.projects.models import Project

FOUND_BY = [SearchField(name) for name in ("slogan", "summary", "story", "spread", "search_record")]


class FoundBrand(models.Model):
    """What the search asks of a brand's page."""

    search_kind = "brand"

    class Meta:
        abstract = True

    @property
    def search_year(self) -> int | None:
        """The year in which the brand was recognised."""
        moment = self.brand.recognised_at
        return timezone.localtime(moment).year if moment else None

    @property
    def search_sector(self) -> str:
        """The brand's field."""
        return self.brand.sector

    @property
    def search_names(self) -> list[str]:
        """The brand's name and its owners."""
        projects = Project.objects.filter(brand_origins__brand=self.brand_id)
        owners = [name for project in projects for name in project.told.organizations]
        return list(dict.fromkeys([self.brand.name, self.brand.organization.name, *owners]))

    @property
    def search_note(self) -> str:
        """Whose brand it is, in one line."""
        return self.brand.organization.name

    def search_record(self) -> list[str]:
        """Return by what of its record the brand is found: name, owners and their unit."""
        unit = self.brand.organization.unit
        return [*self.search_names, unit.name if unit else ""]
