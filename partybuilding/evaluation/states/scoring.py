"""The machines of what is scored: score sheets and draws, as tables."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.states import Due, Role, State, Step, Table, Tone
from partybuilding.evaluation.states.codes import DrawState, SheetState

_DEPARTMENT = (Role.DEPARTMENT,)
_SCORERS = (Role.EXPERT, Role.APPLICANT)

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
            within="cycle",
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
            within="cycle",
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
            within="cycle",
        ),
        Step(
            "restore",
            pgettext_lazy("score sheet", "Ask for it after all"),
            {S.EXCUSED: _DEPARTMENT},
            S.OPEN,
            asks=("reason",),
            tone=Tone.WAITING,
            needs=_("a reason; no conflict of interest; no run is frozen"),
            within="cycle",
        ),
        Step(
            "reopen",
            pgettext_lazy("score sheet", "Open again"),
            {S.LOCKED: _DEPARTMENT},
            S.OPEN,
            asks=("reason",),
            tone=Tone.NEGATIVE,
            needs=_("a reason; no run is frozen"),
            within="cycle",
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
            "hold",
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
