"""Lists of opinions."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partybuilding.core.types import AnyUser
from partybuilding.opinions import permissions
from partybuilding.opinions.states import FINAL, OpinionState

if TYPE_CHECKING:
    from partybuilding.opinions.models.opinion import Opinion  # noqa: F401 - names its rows


def in_time() -> Q:
    """Return the condition that it was answered, not later than it was due."""
    return Q(state=OpinionState.ANSWERED, closed_on__lte=F("answer_by"))


def late(today: date) -> Q:
    """Return the condition that it was answered late, or is still open after it was due."""
    answered = Q(state=OpinionState.ANSWERED, closed_on__gt=F("answer_by"))
    return answered | (~Q(state__in=FINAL) & Q(answer_by__lt=today))


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """Lists of opinions."""

    def visible_to(self, user: AnyUser) -> "OpinionQuerySet":
        """Keep what this user may see."""
        return permissions.visible_to(self, user)

    def waiting_for(self, user: AnyUser) -> "OpinionQuerySet":
        """Keep what waits for this user."""
        return permissions.waiting_for(self, user)

    def to_decide_for(self, user: AnyUser) -> "OpinionQuerySet":
        """Keep what this user is to publish or to withhold."""
        return permissions.to_decide_for(self, user)

    def still_open(self) -> "OpinionQuerySet":
        """Keep what is neither answered nor refused."""
        return self.exclude(state__in=FINAL)

    def late(self, today: date | None = None) -> "OpinionQuerySet":
        """Keep what was answered late, or is unanswered after its day."""
        return self.filter(late(today or timezone.localdate()))

    def published(self) -> "OpinionQuerySet":
        """Keep the exchanges that everybody may read."""
        return self.filter(published_at__isnull=False)

    def undecided(self) -> "OpinionQuerySet":
        """Keep the answered ones that are neither published nor withheld."""
        return self.filter(state=OpinionState.ANSWERED, published_at=None, withheld="")
