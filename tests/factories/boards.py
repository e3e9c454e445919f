"""Records for boards: many at once in any state, written past the services; and who looks at them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from partybuilding.core.states import Role
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Project
from tests.factories.people import make_organization, make_person
from tests.factories.programme import make_cycle
from tests.factories.projects import Cast, make_cast

_codes = count(1)


def add_projects(
    cast: Cast,
    state: str,
    waited: Iterable[int] = (0,),
    *,
    due: int | None = None,
    organization: Organization | None = None,
    cycle: Any = None,
) -> list[Project]:
    """Add a project for each number of days that it has waited, due so many days from today."""
    now = timezone.now()
    due_on = None if due is None else timezone.localdate() + timedelta(days=due)
    return Project.objects.bulk_create(
        Project(
            cycle=cycle or cast.cycle,
            organization=organization or cast.organization,
            code=f"B-{next(_codes):05d}",
            title=f"邻里议事厅{next(_codes)}",
            sector="urban",
            state=state,
            state_since=now - timedelta(days=days),
            due_on=due_on,
        )
        for days in waited
    )


@dataclass
class Board:
    """A district with two units, two years, and projects of all kinds around today."""

    cast: Cast = field(default_factory=make_cast)

    def __post_init__(self) -> None:
        self.other = make_organization()
        self.reviewer = make_person(Role.UNIT, self.other.unit)
        self.year = make_cycle()
        add_projects(self.cast, "draft", (1, 40))
        add_projects(self.cast, "submitted", (0, 5, 9, 35, 200), due=-3)
        add_projects(self.cast, "submitted", (2, 3), due=4, organization=self.other)
        add_projects(self.cast, "submitted", (50,), due=-9, organization=self.other)
        add_projects(self.cast, "first_passed", (12, 30), due=-1, cycle=self.year)
        add_projects(self.cast, "implementing", (91,), due=-2, organization=self.other)
        add_projects(self.cast, "results_submitted", (8,), due=-5)
        add_projects(self.cast, "declined", (7,))

    def __getitem__(self, role: str) -> Any:
        return self.cast[role]
