"""Where the findings of a published notice stand as a whole; computed, never stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Tone


class FindingsStanding(TextChoices):
    """How far the findings of one notice were put right, what needs attention first."""

    OVERDUE = "overdue", _("Rectification overdue")
    OPEN = "open", _("Being rectified")
    CLOSED = "closed", _("All rectified and closed")
    NONE = "none", _("Nothing to put right")
    REVOKED = "revoked", _("Notice revoked")
    CORRECTED = "corrected", _("Notice corrected by a later one")

    @property
    def tone(self) -> Tone:
        """How it looks."""
        return TONES[self]


TONES = {
    FindingsStanding.OVERDUE: Tone.NEGATIVE,
    FindingsStanding.OPEN: Tone.ACTIVE,
    FindingsStanding.CLOSED: Tone.POSITIVE,
    FindingsStanding.NONE: Tone.NEUTRAL,
    FindingsStanding.REVOKED: Tone.WITHDRAWN,
    FindingsStanding.CORRECTED: Tone.WITHDRAWN,
}
