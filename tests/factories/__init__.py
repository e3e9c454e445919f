"""People, organisations, years and projects for tests; projects reach their state through the services."""

from tests.factories.people import make_group, make_organization, make_person, make_unit, make_user
from tests.factories.programme import make_cycle, open_cycle
from tests.factories.projects import Cast, fill, make_cast, make_project

__all__ = [
    "Cast",
    "fill",
    "make_cast",
    "make_cycle",
    "make_group",
    "make_organization",
    "make_person",
    "make_project",
    "make_unit",
    "make_user",
    "open_cycle",
]
