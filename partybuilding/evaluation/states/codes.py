"""Where draws, score sheets, runs, objections and awards can stand, and the fixed words of judging."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Method(TextChoices):
    """How several judges' points become one score (`arithmetic.methods.METHODS`)."""

    RAW = "raw", _("Plain mean")
    TRIMMED = "trimmed", _("Without the highest and the lowest")
    TWO_WAY = "two_way", _("Corrected for severity")
    TWO_WAY_TRIMMED = "two_way_trimmed", _("Corrected for severity, then without the extremes")
    Z_GROUPS = "z_groups", _("Standardised within groups")


class ScorePart(TextChoices):
    """The parts of a result (domain.md, section 3)."""

    EXPERT = "expert", _("On-site scores of the expert groups")
    DAILY = "daily", _("Day-to-day knowledge")
    INITIAL = "initial", _("Initial rating at approval")
    PEER = "peer", _("Mid-term peer review")


class TieRule(TextChoices):
    """What decides between equal results."""

    EXPERT = "expert", _("the higher expert score")
    DAILY = "daily", _("the higher day-to-day rating")
    INITIAL = "initial", _("the higher initial rating")
    PEER = "peer", _("the higher peer score")
    LOT = "lot", _("a lot drawn in public")


class SheetKind(TextChoices):
    """Who fills a score sheet in, and from what."""

    SITE = "site", _("On-site scoring")
    WRITTEN = "written", _("Scoring from the file")
    PEER = "peer", pgettext_lazy("score sheet", "Peer review")


#: The sheets of experts.
EXPERT_KINDS = (SheetKind.SITE, SheetKind.WRITTEN)


class SheetState(TextChoices):
    """Where a score sheet stands."""

    OPEN = "open", pgettext_lazy("score sheet", "To be scored")
    RECUSAL = "recusal", pgettext_lazy("score sheet", "Recusal to be decided")
    LOCKED = "locked", pgettext_lazy("score sheet", "Handed in")
    EXCUSED = "excused", pgettext_lazy("score sheet", "Not scored")


class DrawKind(TextChoices):
    """What is drawn."""

    GROUPS = "groups", _("Projects to expert groups")
    PEERS = "peers", _("Circles of peer review")
    LOT = "lot", _("Lots between equal results")


class DrawState(TextChoices):
    """Where a draw stands."""

    ANNOUNCED = "announced", pgettext_lazy("draw", "Announced")
    DRAWN = "drawn", pgettext_lazy("draw", "Drawn")
    APPLIED = "applied", pgettext_lazy("draw", "In force")
    VOID = "void", pgettext_lazy("draw", "Void")


class RunState(TextChoices):
    """Where a run of the evaluation stands."""

    COMPUTED = "computed", pgettext_lazy("run", "In preview")
    FROZEN = "frozen", pgettext_lazy("run", "Frozen")
    NOTICED = "noticed", pgettext_lazy("run", "Open to comment")
    ANNOUNCED = "announced", pgettext_lazy("run", "Announced")
    DISCARDED = "discarded", pgettext_lazy("run", "Discarded")


class ObjectionState(TextChoices):
    """Where an objection to a result stands."""

    RECEIVED = "received", pgettext_lazy("objection", "Received")
    EXAMINED = "examined", pgettext_lazy("objection", "Being examined")
    UPHELD = "upheld", pgettext_lazy("objection", "Upheld")
    DISMISSED = "dismissed", pgettext_lazy("objection", "Dismissed")


#: Objections that keep the results from being announced.
OPEN_OBJECTIONS = (ObjectionState.RECEIVED, ObjectionState.EXAMINED)


class AwardState(TextChoices):
    """Where the money of a grade stands."""

    APPROVED = "approved", pgettext_lazy("award", "To be paid")
    PAID = "paid", pgettext_lazy("award", "Paid")
