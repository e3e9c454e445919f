"""The kinds of notices, and where the period of one stands; the latter is computed, never stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from partybuilding.core.states import Tone


class NoticeKind(TextChoices):
    """What a notice is for."""

    APPROVED_LIST = "approved_list", gettext_lazy("Approved list for public comment")
    GENERAL = "general", gettext_lazy("General notice")


class NoticeState(TextChoices):
    """Where the period of a notice stands on a day."""

    UPCOMING = "upcoming", gettext_lazy("Period not begun")
    OPEN = "open", gettext_lazy("Period running")
    CLOSED = "closed", gettext_lazy("Period over")

    @property
    def tone(self) -> Tone:
        """How it looks."""
        return TONES[self]


TONES = {
    NoticeState.UPCOMING: Tone.WAITING,
    NoticeState.OPEN: Tone.ACTIVE,
    NoticeState.CLOSED: Tone.NEUTRAL,
}
