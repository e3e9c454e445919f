"""The machine of a programme year."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Role, State, Step, Table, Text, Tone


class CycleState(TextChoices):
    """Where a programme year stands."""

    PREPARING = "preparing", _("Preparing")
    APPLYING = "applying", _("Applying")
    SELECTING = "selecting", _("Selecting")
    IMPLEMENTING = "implementing", _("Implementing")
    EVALUATING = "evaluating", _("Evaluating")
    ANNOUNCED = "announced", _("Announced")
    CLOSED = "closed", _("Closed")


class PreAssessment(TextChoices):
    """What must be found out before a project of the year is approved."""

    ANY = "any", _("Required, in at least one way")
    HEARING = "hearing", _("Required, with a hearing")
    OPTIONAL = "optional", _("Optional")


class DecidedBy(TextChoices):
    """How the department decides on the applications of the year."""

    EITHER = "either", _("In sessions or one by one")
    SESSION = "session", _("In sessions only")
    SINGLE = "single", _("One by one only")


#: The states in which the results of a year are public.
ANNOUNCED = (CycleState.ANNOUNCED, CycleState.CLOSED)


S = CycleState
_DEPARTMENT = (Role.DEPARTMENT,)


def _state(code: CycleState, tone: Tone = Tone.ACTIVE) -> State:
    return State(code.value, code.label, code.label, holders=_DEPARTMENT, tone=tone)


def _step(code: str, label: Text, source: CycleState, target: CycleState) -> Step:
    return Step(code, label, {source.value: _DEPARTMENT}, target.value, tone=Tone.POSITIVE)


TABLE = Table(
    states=(
        State(S.PREPARING.value, S.PREPARING.label, holders=_DEPARTMENT, tone=Tone.WAITING),
        _state(S.APPLYING),
        _state(S.SELECTING),
        _state(S.IMPLEMENTING),
        _state(S.EVALUATING),
        _state(S.ANNOUNCED, Tone.POSITIVE),
        State(S.CLOSED.value, S.CLOSED.label, S.CLOSED.label, tone=Tone.NEUTRAL),
    ),
    steps=(
        _step("open_applications", _("Open applications"), S.PREPARING, S.APPLYING),
        Step(
            "take_back_opening",
            _("Take the opening back"),
            {S.APPLYING.value: _DEPARTMENT},
            S.PREPARING.value,
            asks=("reason",),
            tone=Tone.NEGATIVE,
            needs=_("a reason; nothing was handed in yet"),
        ),
        _step("start_selection", _("Start selection"), S.APPLYING, S.SELECTING),
        _step("start_implementation", _("Start implementation"), S.SELECTING, S.IMPLEMENTING),
        _step("start_evaluation", _("Start evaluation"), S.IMPLEMENTING, S.EVALUATING),
        _step("announce", _("Announce results"), S.EVALUATING, S.ANNOUNCED),
        _step("close", _("Close the year"), S.ANNOUNCED, S.CLOSED),
    ),
)
