"""By what of its record a case study's page is found, and how the search tells it apart."""

from django.db import models
from wagtail.search.index import SearchField

from partybuilding.projects.told import registers_of

FOUND_BY = [
    SearchField(name)
    for name in ("summary", "situation", "practice", "results", "lessons", "search_record")
]


class FoundCase(models.Model):
    """What the search asks of a case study's page."""

    search_kind = "case"

    class Meta:
        abstract = True

    @property
    def search_year(self) -> int:
        """The programme year of the case's project."""
        return self.case.project.cycle.year

    @property
    def search_sector(self) -> str:
        """The field of the case's project."""
        return self.case.project.sector

    @property
    def search_names(self) -> list[str]:
        """The organisations that the case tells of."""
        return self.case.project.told.organizations

    @property
    def search_note(self) -> str:
        """Who carried the project out, in one line."""
        return "、".join(self.search_names)

    def search_record(self) -> list[str]:
        """Return by what of its project the case is found: organisations, unit, number."""
        project = self.case.project
        today = registers_of(project)
        names = (*self.search_names, project.told.unit, *today.organizations, today.unit)
        return [*dict.fromkeys(names), project.code]
