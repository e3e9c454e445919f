"""The kinds of work that wait for editors and publishers; computed, never stored."""

from django.db.models import (
    TextChoices,
)
from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Tone


class WorkKind(TextChoices):
    """What has to be done with a page, by where it stands."""

    KEPT_BACK = "kept_back", _("Publication refused")
    RETURNED = "returned", _("Page returned")
    REVIEW = "review", _("Page under review")
    HAND_IN = "hand_in", _("To be handed in")
    WRITE = "write", _("No page yet")
    DRAFT = "draft", _("Page in draft")
    SCHEDULED = "scheduled", _("Publication scheduled")
    STALE = "stale", _("Column without news")

    @property
    def tone(self) -> Tone:
        """How it looks."""
        return TONES[self]


TONES = {
    WorkKind.KEPT_BACK: Tone.NEGATIVE,
    WorkKind.RETURNED: Tone.NEGATIVE,
    WorkKind.REVIEW: Tone.ACTIVE,
    WorkKind.HAND_IN: Tone.WAITING,
    WorkKind.WRITE: Tone.WAITING,
    WorkKind.DRAFT: Tone.NEUTRAL,
    WorkKind.SCHEDULED: Tone.POSITIVE,
    WorkKind.STALE: Tone.WAITING,
}


#: What stands across the kinds: the promises of a project are to be published, wherever its page is.
PROMISE = "promise"
