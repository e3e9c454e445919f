"""Where a project's page stands, as editors see it; computed, never stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Tone


class PageStatus(TextChoices):
    """Where a project's page stands."""

    NONE = "none", _("No page yet")
    DRAFT = "draft", _("Page in draft")
    REVIEW = "review", _("Page under review")
    RETURNED = "returned", _("Page returned")
    LIVE = "live", _("Page published")

    @property
    def tone(self) -> Tone:
        """How it looks."""
        return TONES[self]


TONES = {
    PageStatus.NONE: Tone.WAITING,
    PageStatus.DRAFT: Tone.NEUTRAL,
    PageStatus.REVIEW: Tone.ACTIVE,
    PageStatus.RETURNED: Tone.NEGATIVE,
    PageStatus.LIVE: Tone.POSITIVE,
}
