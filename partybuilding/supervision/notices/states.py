"""The machine of a feedback notice: drafted, issued, and revoked with a public reason if it was wrong."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.states import Due, Role, State, Step, Table, Tone


class FeedbackState(TextChoices):
    """Where a feedback notice stands."""

    DRAFT = "draft", pgettext_lazy("feedback notice", "Being drafted")
    ISSUED = "issued", pgettext_lazy("feedback notice", "Issued")
    REVOKED = "revoked", pgettext_lazy("feedback notice", "Revoked")
    CORRECTED = "corrected", pgettext_lazy("feedback notice", "Corrected by a later notice")


S = FeedbackState
#: The steps of the status strip.
STRIP = (
    pgettext_lazy("feedback notice", "Drafting"),
    pgettext_lazy("feedback notice", "Issuing and publication"),
)
#: What applicants, units and residents may read: issued once, readable for ever.
READABLE = (S.ISSUED, S.REVOKED, S.CORRECTED)

_TASK_FORCE = (Role.TASK_FORCE,)

STATES = (
    State(
        S.DRAFT.value,
        S.DRAFT.label,
        strip=1,
        holders=_TASK_FORCE,
        due=Due(date="due_date"),
        editable_by=Role.TASK_FORCE,
        tone=Tone.WAITING,
    ),
    State(S.ISSUED.value, S.ISSUED.label, public=S.ISSUED.label, strip=2, tone=Tone.POSITIVE),
    State(S.REVOKED.value, S.REVOKED.label, public=S.REVOKED.label, tone=Tone.WITHDRAWN),
    State(S.CORRECTED.value, S.CORRECTED.label, public=S.CORRECTED.label, tone=Tone.WITHDRAWN),
)
STEPS = (
    Step(
        "issue",
        pgettext_lazy("feedback notice", "Issue"),
        {S.DRAFT: _TASK_FORCE},
        S.ISSUED,
        tone=Tone.POSITIVE,
        needs=_(
            "a visit of the quarter was recorded; no number of a person in the text; the issuing "
            "office and its code are set; not of the organizations that carry the project out"
        ),
    ),
    Step(
        "revoke",
        pgettext_lazy("feedback notice", "Revoke the notice"),
        {S.ISSUED: _TASK_FORCE},
        S.REVOKED,
        asks=("reason",),
        tone=Tone.NEGATIVE,
        needs=_(
            "a reason, which is public; the quarter then awaits a new notice; no supplementary notice "
            "or correction, which is corrected by another one"
        ),
        public_reason=True,
    ),
    Step(
        "correct",
        pgettext_lazy("feedback notice", "Replace by its correction"),
        {S.ISSUED: _TASK_FORCE},
        S.CORRECTED,
        tone=Tone.NEGATIVE,
        needs=_("taken by itself when the correction is issued, which gives the public reason"),
    ),
)
TABLE = Table(STATES, STEPS)
