"""The machines of what comes of it: runs, objections and awards, as tables."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.states import Due, Role, State, Step, Table, Tone
from partybuilding.evaluation.states.codes import AwardState, ObjectionState, RunState

_DEPARTMENT = (Role.DEPARTMENT,)

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
            within="cycle",
        ),
        Step(
            "open_comment",
            pgettext_lazy("run", "Open the result to comment"),
            {R.FROZEN: _DEPARTMENT},
            R.NOTICED,
            tone=Tone.POSITIVE,
            needs=_("frozen; the period is counted in working days from tomorrow"),
            within="cycle",
        ),
        Step(
            "announce",
            pgettext_lazy("run", "Announce the results"),
            {R.NOTICED: _DEPARTMENT},
            R.ANNOUNCED,
            tone=Tone.POSITIVE,
            needs=_("the period is over; no objection is open; every project awaits its grade"),
            within="cycle",
        ),
        Step(
            "set_aside",
            pgettext_lazy("run", "Discard"),
            {R.COMPUTED: _DEPARTMENT, R.FROZEN: _DEPARTMENT, R.NOTICED: _DEPARTMENT},
            R.DISCARDED,
            asks=("reason",),
            tone=Tone.NEGATIVE,
            needs=_("a reason, which is public once the run was open to comment"),
            within="cycle",
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
