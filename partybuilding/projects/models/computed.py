"""What a project says of itself, computed from its rows: nothing of it is stored."""

from datetime import date
from typing import Any

from django.utils import timezone

from partybuilding.core.models import Record
from partybuilding.core.sheets import Sheet
from partybuilding.core.states import Text
from partybuilding.cycles.models import Cycle, GradeClass
from partybuilding.projects.sheet import APPLICATION
from partybuilding.projects.states import PROMISED, Duty, ProjectState


class ComputedFacts(Record):
    """The base of the project: what follows from its fields and from what hangs on it."""

    cycle: Cycle
    commitments_published_at: Any
    four_ones: Any
    ratings: Any
    #: The form that it is written on.
    sheet: Sheet = APPLICATION

    class Meta:
        abstract = True

    @property
    def texts(self) -> list[tuple[Text, str]]:
        """The long texts of the application, each with its label; those of the plan stand with its steps."""
        parts = (part for part in self.sheet.parts if not part.holds("plan"))
        return [text for part in parts for text in part.texts(self)]

    @property
    def plan_texts(self) -> list[tuple[Text, str]]:
        """The long texts above the steps of the plan."""
        return self.sheet.part_of("plan").texts(self)

    @property
    def has_promised(self) -> bool:
        """Whether its commitments are public."""
        return self.commitments_published_at is not None and self.state in PROMISED

    @property
    def ended_on(self) -> date | None:
        """The day on which it was terminated."""
        ended = self.state == ProjectState.TERMINATED
        return timezone.localdate(self.state_since) if ended else None

    @property
    def filed_on(self) -> date | None:
        """The day on which it was archived."""
        filed = self.state == ProjectState.ARCHIVED
        return timezone.localdate(self.state_since) if filed else None

    def duties_missing(self) -> list[str]:
        """Return the duties of the four ones that nobody holds today."""
        today = timezone.localdate()
        held = {post.duty for post in self.four_ones.all() if post.holds_on(today)}
        return [duty for duty in Duty.values if duty not in held]

    def quota_left(self) -> int:
        """Return how many more projects of this year may be approved within the quota."""
        chosen = type(self)._default_manager.filter(cycle=self.cycle).chosen()
        return self.cycle.approval_quota - chosen.exclude(state=ProjectState.TERMINATED).count()

    def places_left(self, grade: GradeClass) -> int:
        """Return how many more projects may be given this grade within its quota."""
        return grade.quota - grade.projects.exclude(pk=self.pk).count()

    def rated_points(self) -> Any:
        """Add up the initial rating, in points."""
        return sum(rating.points for rating in self.ratings.all())
