"""The machines of judging: draws, score sheets, runs, objections and awards; and its fixed words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.states import Due, Role, State, Step, Table, Tone

_DEPARTMENT = (Role.DEPARTMENT,)
_EXPERT = (Role.EXPERT,)
_PEER = (Role.APPLICANT,)
_SCORERS = (Role.EXPERT, Role.APPLICANT)


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


S = SheetState
SHEETS = Table(
    states=(
        State(
            S.OPEN.value,
            S.OPEN.label,
            holders=_SCORERS,
            due=Due(date="due_date"),
            tone=Tone.WAITING,
        ),
        State(S.RECUSAL.value, S.RECUSAL.label, holders=_DEPARTMENT, tone=Tone.WAITING),
        State(S.LOCKED.value, S.LOCKED.label, tone=Tone.POSITIVE),
        State(S.EXCUSED.value, S.EXCUSED.label, tone=Tone.WITHDRAWN),
    ),
    steps=(
        Step(
            "lock",
            pgettext_lazy("score sheet", "Hand in"),
            {S.OPEN: _SCORERS},
            S.LOCKED,
            tone=Tone.POSITIVE,
            needs=_("one's own sheet; every criterion has points; the recusal statement was given"),
        ),
        Step(
            "ask_recusal",
            pgettext_lazy("score sheet", "Ask to be recused"),
            {S.OPEN: _SCORERS},
            S.RECUSAL,
            asks=("reason",),
            tone=Tone.WITHDRAWN,
            needs=_("one's own sheet; a reason"),
        ),
        Step(
            "grant_recusal",
            pgettext_lazy("score sheet", "Grant the recusal"),
            {S.RECUSAL: _DEPARTMENT},
            S.EXCUSED,
            tone=Tone.POSITIVE,
            needs=_("not of the organizations that carry the project out"),
        ),
        Step(
            "refuse_recusal",
            pgettext_lazy("score sheet", "Do not grant the recusal"),
            {S.RECUSAL: _DEPARTMENT},
            S.OPEN,
            asks=("reason",),
            tone=Tone.NEGATIVE,
            needs=_("a reason"),
        ),
        Step(
            "excuse",
            pgettext_lazy("score sheet", "Record as not scored"),
            {S.OPEN: _DEPARTMENT},
            S.EXCUSED,
            asks=("reason",),
            tone=Tone.NEGATIVE,
            needs=_("a reason, which the run keeps"),
        ),
        Step(
            "restore",
            pgettext_lazy("score sheet", "Ask for it after all"),
            {S.EXCUSED: _DEPARTMENT},
            S.OPEN,
            asks=("reason",),
            tone=Tone.WAITING,
            needs=_("a reason; no conflict of interest; no run is frozen"),
        ),
        Step(
            "reopen",
            pgettext_lazy("score sheet", "Open again"),
            {S.LOCKED: _DEPARTMENT},
            S.OPEN,
            asks=("reason",),
            tone=Tone.NEGATIVE,
            needs=_("a reason; no run is frozen"),
        ),
    ),
)

D = DrawState
DRAWS = Table(
    states=(
        State(D.ANNOUNCED.value, D.ANNOUNCED.label, holders=_DEPARTMENT, tone=Tone.WAITING),
        State(D.DRAWN.value, D.DRAWN.label, holders=_DEPARTMENT, tone=Tone.ACTIVE),
        State(D.APPLIED.value, D.APPLIED.label, tone=Tone.POSITIVE),
        State(D.VOID.value, D.VOID.label, tone=Tone.WITHDRAWN),
    ),
    steps=(
        Step(
            "draw",
            pgettext_lazy("draw", "Draw"),
            {D.ANNOUNCED: _DEPARTMENT},
            D.DRAWN,
            asks=("witness",),
            tone=Tone.POSITIVE,
            needs=_("announced on an earlier day; the name and the words of the witness"),
        ),
        Step(
            "apply",
            pgettext_lazy("draw", "Put into force"),
            {D.DRAWN: _DEPARTMENT},
            D.APPLIED,
            tone=Tone.POSITIVE,
            needs=_("no conflict of interest; nobody scores without a sheet"),
        ),
        Step(
            "void",
            pgettext_lazy("draw", "Declare void"),
            {D.ANNOUNCED: _DEPARTMENT, D.DRAWN: _DEPARTMENT, D.APPLIED: _DEPARTMENT},
            D.VOID,
            asks=("reason",),
            tone=Tone.NEGATIVE,
            public_reason=True,
            needs=_("a reason, which is public; nobody has scored by it yet"),
        ),
    ),
)

R = RunState
RUNS = Table(
    states=(
        State(R.COMPUTED.value, R.COMPUTED.label, holders=_DEPARTMENT, tone=Tone.WAITING),
        State(R.FROZEN.value, R.FROZEN.label, holders=_DEPARTMENT, tone=Tone.ACTIVE),
        State(
            R.NOTICED.value,
            R.NOTICED.label,
            R.NOTICED.label,
            holders=_DEPARTMENT,
            due=Due(date="notice_ends_on"),
            tone=Tone.ACTIVE,
        ),
        State(R.ANNOUNCED.value, R.ANNOUNCED.label, R.ANNOUNCED.label, tone=Tone.POSITIVE),
        State(R.DISCARDED.value, R.DISCARDED.label, tone=Tone.WITHDRAWN),
    ),
    steps=(
        Step(
            "fix",
            pgettext_lazy("run", "Freeze"),
            {R.COMPUTED: _DEPARTMENT},
            R.FROZEN,
            tone=Tone.POSITIVE,
            needs=_("nothing it rests on has changed since; no other run is frozen"),
        ),
        Step(
            "open_comment",
            pgettext_lazy("run", "Open the result to comment"),
            {R.FROZEN: _DEPARTMENT},
            R.NOTICED,
            tone=Tone.POSITIVE,
            needs=_("frozen; the period is counted in working days from tomorrow"),
        ),
        Step(
            "announce",
            pgettext_lazy("run", "Announce the results"),
            {R.NOTICED: _DEPARTMENT},
            R.ANNOUNCED,
            tone=Tone.POSITIVE,
            needs=_("the period is over; no objection is open; every project awaits its grade"),
        ),
        Step(
            "discard",
            pgettext_lazy("run", "Discard"),
            {R.COMPUTED: _DEPARTMENT, R.FROZEN: _DEPARTMENT, R.NOTICED: _DEPARTMENT},
            R.DISCARDED,
            asks=("reason",),
            tone=Tone.NEGATIVE,
            needs=_("a reason, which is public once the run was open to comment"),
        ),
    ),
)

B = ObjectionState
OBJECTIONS = Table(
    states=(
        State(
            B.RECEIVED.value,
            B.RECEIVED.label,
            holders=_DEPARTMENT,
            due=Due(days="objection_days"),
            tone=Tone.WAITING,
        ),
        State(
            B.EXAMINED.value,
            B.EXAMINED.label,
            holders=_DEPARTMENT,
            due=Due(days="objection_days"),
            tone=Tone.ACTIVE,
        ),
        State(B.UPHELD.value, B.UPHELD.label, tone=Tone.POSITIVE),
        State(B.DISMISSED.value, B.DISMISSED.label, tone=Tone.NEUTRAL),
    ),
    steps=(
        Step(
            "examine",
            pgettext_lazy("objection", "Take up"),
            {B.RECEIVED: _DEPARTMENT},
            B.EXAMINED,
            tone=Tone.ACTIVE,
            needs=_("not of the organizations that carry the project out"),
        ),
        Step(
            "uphold",
            pgettext_lazy("objection", "Uphold"),
            {B.EXAMINED: _DEPARTMENT},
            B.UPHELD,
            asks=("reason",),
            tone=Tone.POSITIVE,
            needs=_("an answer; the run is discarded with it and a new one is computed"),
        ),
        Step(
            "dismiss",
            pgettext_lazy("objection", "Dismiss"),
            {B.EXAMINED: _DEPARTMENT},
            B.DISMISSED,
            asks=("reason",),
            tone=Tone.NEGATIVE,
            needs=_("an answer with the reason"),
        ),
    ),
)

A = AwardState
AWARDS = Table(
    states=(
        State(A.APPROVED.value, A.APPROVED.label, holders=_DEPARTMENT, tone=Tone.WAITING),
        State(A.PAID.value, A.PAID.label, tone=Tone.POSITIVE),
    ),
    steps=(
        Step(
            "pay",
            pgettext_lazy("award", "Record the payment"),
            {A.APPROVED: _DEPARTMENT},
            A.PAID,
            asks=("payment",),
            tone=Tone.POSITIVE,
            needs=_("day and number of the receipt"),
        ),
        Step(
            "take_back_payment",
            pgettext_lazy("award", "Correct the payment"),
            {A.PAID: _DEPARTMENT},
            A.APPROVED,
            asks=("reason",),
            tone=Tone.NEGATIVE,
            needs=_("a reason"),
        ),
    ),
)
