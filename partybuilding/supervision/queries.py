"""Lists of activities and rectifications: what is open, late, counted; the same in SQL as `loop` says it."""

from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from partybuilding.core.types import AnyUser
from partybuilding.projects.states import KEEPING
from partybuilding.supervision import permissions
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.states import (
    HELD,
    UNRESOLVED,
    RectificationState,
    Standing,
)

if TYPE_CHECKING:
    from partybuilding.supervision.models import Activity, Rectification  # noqa: F401 - names its rows

GOES_ON = Q(project__state__in=KEEPING)


#: When an activity is planned, or else its last day.
DAY = Coalesce("planned_on", "due_on")


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Lists of activities."""

    def visible_to(self, user: AnyUser) -> "ActivityQuerySet":
        """Keep what this user may see."""
        return permissions.visible_to(self, user)

    def visits(self) -> "ActivityQuerySet":
        """Keep what somebody goes to; a feedback notice is no visit."""
        return self.filter(kind__in=HELD)

    def open(self) -> "ActivityQuerySet":
        """Keep what is still to be held: not done, of a project whose supervision goes on."""
        # By the keys of these projects, which an index has, instead of the row of each activity's project.
        model = apps.get_model("partybuilding", "Project")
        going_on = model._default_manager.filter(state__in=KEEPING).order_by().values("pk")
        return self.filter(project__in=going_on, done_on=None)

    def begun(self, today: date | None = None) -> "ActivityQuerySet":
        """Keep what is of a quarter that has begun."""
        now = Quarter.of(today or timezone.localdate())
        return self.filter(Q(year__lt=now.year) | Q(year=now.year, quarter__lte=now.number))

    def with_standing(self, today: date | None = None) -> "ActivityQuerySet":
        """Add where each one stands on a day as `standing`; as `loop.standing` says it."""
        today = today or timezone.localdate()
        return self.annotate(
            standing=Case(
                When(done_on__gt=F("due_on"), then=Value(Standing.HELD_LATE.value)),
                When(done_on__isnull=False, then=Value(Standing.HELD.value)),
                When(~GOES_ON, then=Value(Standing.NOT_HELD.value)),
                When(due_on__lt=today, then=Value(Standing.OVERDUE.value)),
                default=Value(Standing.OPEN.value),
                output_field=models.CharField(),
            )
        )


class RectificationQuerySet(models.QuerySet["Rectification"]):
    """Lists of rectifications."""

    def visible_to(self, user: AnyUser) -> "RectificationQuerySet":
        """Keep what this user may see."""
        return permissions.visible_to(self, user)

    def waiting_for(self, user: AnyUser) -> "RectificationQuerySet":
        """Keep what waits for this user."""
        return permissions.waiting_for(self, user)

    def counted(self) -> "RectificationQuerySet":
        """Keep what counts as a finding: all but what was withdrawn."""
        return self.exclude(state=RectificationState.WITHDRAWN)

    def unresolved(self) -> "RectificationQuerySet":
        """Keep what is not verified yet."""
        return self.filter(state__in=UNRESOLVED)

    def late(self, today: date | None = None) -> "RectificationQuerySet":
        """Keep what missed its first deadline, closed or not; as `loop.days_late` says it."""
        return self.filter(late_on(today or timezone.localdate()))


def late_on(today: date) -> Q:
    """Return the condition that a rectification missed its first deadline up to a day."""
    waits = Q(state=RectificationState.ISSUED) | Q(reported_on=None)
    missed = (waits & Q(first_deadline__lt=today)) | (
        ~Q(state=RectificationState.ISSUED) & Q(reported_on__gt=F("first_deadline"))
    )
    return missed & ~Q(state=RectificationState.WITHDRAWN)
