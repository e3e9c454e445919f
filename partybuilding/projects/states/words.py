"""The fixed words of a case file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Ground(TextChoices):
    """The grounds for not approving (domain.md, section 1)."""

    NOT_DISTINCTIVE = "not_distinctive", _("Not distinctive")
    NO_HIGHLIGHT = "no_highlight", _("No clear highlight")
    PLAN_INCOMPLETE = "plan_incomplete", _("Plan incomplete")
    OTHER = "other", _("Other")


class Method(TextChoices):
    """How the department pre-assesses (domain.md, section 1)."""

    DOCUMENTS = "documents", _("Reading documents")
    HEARING = "hearing", _("Hearing a report")
    VISIT = "visit", _("Visiting")


class Duty(TextChoices):
    """The four ones (domain.md, section 2)."""

    LEADER = "leader", _("Leader in charge")
    SECRETARY = "secretary", _("Lead secretary")
    LIAISON = "liaison", _("Liaison officer")
    TEAM = "team", _("Work team")


class Consent(TextChoices):
    """What a partner answered when it was asked to take part."""

    ASKED = "asked", _("Awaiting the partner's answer")
    AGREED = "agreed", _("Agreed to take part")
    REFUSED = "refused", _("Does not take part")


class Decision(TextChoices):
    """What a decision session notes for a project until the session is closed."""

    APPROVE = "approve", _("Approve project")
    DECLINE = "decline", _("Decline")
    SEND_BACK = "send_back", _("Return for changes")
    DEFER = "defer", _("Decide later")
