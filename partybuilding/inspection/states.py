"""What an inspection finds amiss."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FaultKind(TextChoices):
    """A kind of fault, the gravest first."""

    WORD = "word", _("Words that are wrong or not to be used")
    EMPTY = "empty", _("Columns without content")
    STALE = "stale", _("Columns not kept up to date")
    DEAD_INSIDE = "dead_inside", _("Dead links within the site")
    DEAD_OUTSIDE = "dead_outside", _("Dead links to other sites")
    NO_DATE = "no_date", _("Pages without a date")
    NO_SOURCE = "no_source", _("Pages without a source")
    NO_ALT = "no_alt", _("Pictures without a text alternative")
