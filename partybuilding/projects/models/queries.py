"""Lists of projects: whose they are, where they stand, and what a screen shows of them."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from partybuilding.core.types import AnyUser
from partybuilding.projects import permissions
from partybuilding.projects.states import CHOSEN, TABLE

if TYPE_CHECKING:
    from partybuilding.projects.models.project import Project  # noqa: F401 - names its rows


class ProjectQuerySet(models.QuerySet["Project"]):
    """Lists of projects."""

    def visible_to(self, user: AnyUser) -> "ProjectQuerySet":
        """Keep what this user may see."""
        return permissions.visible_to(self, user)

    def waiting_for(self, user: AnyUser) -> "ProjectQuerySet":
        """Keep what waits for this user."""
        return permissions.waiting_for(self, user)

    def overdue(self, today: date | None = None) -> "ProjectQuerySet":
        """Keep what should have left its state before today."""
        return self.filter(due_on__lt=today or timezone.localdate())

    def chosen(self) -> "ProjectQuerySet":
        """Keep what was approved, whatever became of it."""
        return self.filter(state__in=CHOSEN)

    def public(self) -> "ProjectQuerySet":
        """Keep what may have a live page."""
        return self.filter(state__in=TABLE.public_states())

    def with_case_file(self) -> "ProjectQuerySet":
        """Fetch everything that the case file on one screen shows, in a fixed number of queries."""
        return self.select_related(
            *("cycle", "topic", "organization__unit", "grade_class"),
            *("source__origin__cycle", "source__origin__organization", "source__case"),
        ).prefetch_related(
            "partners__organization",
            "plan_steps",
            "attachments",
            "assessments",
            "ratings__criterion",
            "four_ones",
            "assignments__group",
            "commitments__steps",
            "cycle__criteria",
        )
