"""What supervision is made of: kinds of activity, what a check found, and the machine of a rectification."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.states import Due, Role, State, Step, Table, Tone
from partybuilding.projects.states import PROMISED, ProjectState

#: What is counted: the promises are public, and the project was not given up.
COUNTED = tuple(state for state in PROMISED if state != ProjectState.TERMINATED)

#: The quarters of a calendar year.
QUARTERS = [
    (1, _("first quarter")),
    (2, _("second quarter")),
    (3, _("third quarter")),
    (4, _("fourth quarter")),
]


class ActivityKind(TextChoices):
    """What the rhythm of a year asks for (domain.md, section 2)."""

    DISPATCH = "dispatch", _("Dispatch")
    SITE = "site", _("Site supervision")
    NOTICE = "notice", _("Feedback notice")
    OBSERVATION = "observation", _("Observation")


#: What somebody goes to and records: everything but the notice, which is written.
HELD = (ActivityKind.DISPATCH, ActivityKind.SITE, ActivityKind.OBSERVATION)
#: What looks at the commitments one by one: who looked at none did not supervise.
LOOKING = (ActivityKind.SITE, ActivityKind.OBSERVATION)


class Standing(TextChoices):
    """Where one activity of the calendar stands; computed, never stored."""

    HELD = "held", _("Held in time")
    HELD_LATE = "held_late", _("Held late")
    OPEN = "open", _("To be held")
    OVERDUE = "overdue", _("Overdue, not held")
    NOT_HELD = "not_held", _("Was not held")

    @property
    def tone(self) -> Tone:
        """How it looks; the word always stands beside it."""
        return _TONES[self]


_TONES = {
    Standing.HELD: Tone.POSITIVE,
    Standing.HELD_LATE: Tone.WAITING,
    Standing.OPEN: Tone.NEUTRAL,
    Standing.OVERDUE: Tone.NEGATIVE,
    Standing.NOT_HELD: Tone.WITHDRAWN,
}


class Found(TextChoices):
    """What a check of one commitment found."""

    ON_TRACK = "on_track", _("On track")
    BEHIND = "behind", _("Behind")
    PROBLEM = "problem", _("Problem found")
    NOT_SEEN = "not_seen", _("Not looked at")


class Corrected(TextChoices):
    """What of a visit's record or of a finding can be corrected (更正)."""

    HELD_ON = "held_on", pgettext_lazy("supervision", "held on")
    PARTICIPANTS = "participants", _("who was there")
    SUMMARY = "summary", _("what was seen")
    GOOD_PRACTICE = "good_practice", _("good practice")
    CHECK = "check", _("check of a commitment")
    CHECKLIST = "checklist", _("Checklist of supervision")
    FINDING = "finding", _("finding")
    REQUIREMENT = "requirement", _("what is asked for")
    COMMITMENT = "commitment", _("commitment it concerns")
    DEADLINE = "rectify_by", _("to be rectified by")


class RectificationState(TextChoices):
    """Where a rectification stands."""

    ISSUED = "issued", _("To be rectified")
    REPORTED = "reported", _("To be verified")
    VERIFIED = "verified", _("Rectified and closed")
    WITHDRAWN = "withdrawn", _("Finding withdrawn")


R = RectificationState

#: Open still: a project is not archived before these are verified.
UNRESOLVED = (R.ISSUED, R.REPORTED)
#: Nothing is left to do: verified, or withdrawn because it was no finding.
SETTLED = (R.VERIFIED, R.WITHDRAWN)
#: The steps of the status strip.
STRIP = (_("Finding to be rectified"), _("Rectification to be verified"), _("Finding closed"))

STATES = (
    State(
        R.ISSUED.value,
        R.ISSUED.label,
        public=R.ISSUED.label,
        strip=1,
        holders=(Role.APPLICANT,),
        due=Due(date="rectify_by"),
        editable_by=Role.APPLICANT,
        tone=Tone.WAITING,
    ),
    State(
        R.REPORTED.value,
        R.REPORTED.label,
        public=R.REPORTED.label,
        strip=2,
        holders=(Role.TASK_FORCE,),
        due=Due(days="verification_days"),
        tone=Tone.ACTIVE,
    ),
    State(R.VERIFIED.value, R.VERIFIED.label, public=R.VERIFIED.label, strip=3, tone=Tone.POSITIVE),
    State(R.WITHDRAWN.value, R.WITHDRAWN.label, public=R.WITHDRAWN.label, tone=Tone.WITHDRAWN),
)
STEPS = (
    Step(
        "report_done",
        _("Report rectified"),
        {R.ISSUED: (Role.APPLICANT,)},
        R.REPORTED,
        asks=("reason", "files"),
        tone=Tone.POSITIVE,
        needs=_("what was done, in words, with pictures or files as evidence"),
    ),
    Step(
        "verify",
        _("Verify and close"),
        {R.REPORTED: (Role.TASK_FORCE,)},
        R.VERIFIED,
        asks=("opinion",),
        tone=Tone.POSITIVE,
        needs=_("not of the organizations that are rectifying"),
    ),
    Step(
        "send_back",
        _("Send back for more"),
        {R.REPORTED: (Role.TASK_FORCE,)},
        R.ISSUED,
        asks=("reason",),
        tone=Tone.WAITING,
        needs=_("reason given; a new deadline, at the latest by the end of the year's work"),
    ),
    Step(
        "withdraw",
        pgettext_lazy("finding", "Withdraw the finding"),
        {R.ISSUED: (Role.TASK_FORCE,), R.REPORTED: (Role.TASK_FORCE,)},
        R.WITHDRAWN,
        asks=("reason",),
        tone=Tone.NEGATIVE,
        needs=_("a reason, which is public; the finding stays readable and is no longer counted"),
        public_reason=True,
    ),
)
TABLE = Table(STATES, STEPS)
