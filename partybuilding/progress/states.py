"""The machines of a question on a report (核实) and of a change of a commitment (承诺调整)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.states import Due, Role, State, Step, Table, Tone
from partybuilding.projects.states import ChangedPart


class QuestionState(TextChoices):
    """Where a question on a report stands."""

    OPEN = "open", pgettext_lazy("question", "To be explained")
    ANSWERED = "answered", pgettext_lazy("question", "To be judged")
    SETTLED = "settled", pgettext_lazy("question", "Report accepted")
    UPHELD = "upheld", pgettext_lazy("question", "Completion taken back")


class ReportStanding(TextChoices):
    """What became of a report that a step was done; told by its questions, never stored."""

    UNQUESTIONED = "unquestioned", pgettext_lazy("report", "Not questioned")
    QUESTIONED = "questioned", pgettext_lazy("report", "Being questioned")
    ACCEPTED = "accepted", pgettext_lazy("report", "Accepted when questioned")
    TAKEN_BACK = "taken_back", pgettext_lazy("report", "Completion taken back")


class ChangeState(TextChoices):
    """Where a change of a commitment stands."""

    PROPOSED = "proposed", pgettext_lazy("change", "To be decided")
    APPROVED = "approved", pgettext_lazy("change", "Approved")
    REFUSED = "refused", pgettext_lazy("change", "Not approved")
    WITHDRAWN = "withdrawn", pgettext_lazy("change", "Withdrawn by the applicant")


#: What of a whole commitment, and what of one of its steps, can be changed.
OF_COMMITMENT = (ChangedPart.GOAL, ChangedPart.DEADLINE, ChangedPart.PERSON)
OF_STEP = (ChangedPart.TITLE, ChangedPart.DEADLINE)
#: The sides that question a report; each judges the answer to its own question.
ASKING = (Role.UNIT, Role.TASK_FORCE)

Q, C = QuestionState, ChangeState
JUDGING = (*ASKING, Role.DEPARTMENT)

QUESTIONS = Table(
    (
        State(
            Q.OPEN.value,
            Q.OPEN.label,
            strip=1,
            holders=(Role.APPLICANT,),
            due=Due(days="question_days"),
            editable_by=Role.APPLICANT,
            tone=Tone.WAITING,
        ),
        State(
            Q.ANSWERED.value,
            Q.ANSWERED.label,
            strip=2,
            holders=ASKING,
            due=Due(days="question_days"),
            tone=Tone.ACTIVE,
        ),
        State(Q.SETTLED.value, Q.SETTLED.label, strip=3, tone=Tone.POSITIVE),
        State(Q.UPHELD.value, Q.UPHELD.label, public=Q.UPHELD.label, strip=3, tone=Tone.NEGATIVE),
    ),
    (
        Step(
            "answer",
            _("Answer the question"),
            {Q.OPEN: (Role.APPLICANT,)},
            Q.ANSWERED,
            asks=("reason", "files"),
            tone=Tone.POSITIVE,
            needs=_("the explanation in words; more evidence where there is any"),
        ),
        Step(
            "settle",
            _("Accept the report"),
            {Q.OPEN: JUDGING, Q.ANSWERED: JUDGING},
            Q.SETTLED,
            asks=("opinion",),
            tone=Tone.POSITIVE,
            needs=_("the side that asked, or the department; not of the applying organizations"),
        ),
        Step(
            "uphold",
            _("Do not accept: take the completion back"),
            {Q.OPEN: JUDGING, Q.ANSWERED: JUDGING},
            Q.UPHELD,
            asks=("reason",),
            tone=Tone.NEGATIVE,
            needs=_("answered, or the days to answer are over; a public reason"),
            public_reason=True,
        ),
    ),
)

CHANGES = Table(
    (
        State(
            C.PROPOSED.value,
            C.PROPOSED.label,
            strip=1,
            holders=(Role.DEPARTMENT,),
            due=Due(days="change_days"),
            tone=Tone.WAITING,
        ),
        State(
            C.APPROVED.value, C.APPROVED.label, public=C.APPROVED.label, strip=2, tone=Tone.POSITIVE
        ),
        State(C.REFUSED.value, C.REFUSED.label, strip=2, tone=Tone.NEGATIVE),
        State(C.WITHDRAWN.value, C.WITHDRAWN.label, tone=Tone.WITHDRAWN),
    ),
    (
        Step(
            "approve",
            _("Approve the change"),
            {C.PROPOSED: (Role.DEPARTMENT,)},
            C.APPROVED,
            asks=("opinion",),
            tone=Tone.POSITIVE,
            needs=_("still being implemented and not yet kept; it takes effect at once, in public"),
        ),
        Step(
            "refuse",
            _("Do not approve the change"),
            {C.PROPOSED: (Role.DEPARTMENT,)},
            C.REFUSED,
            asks=("reason",),
            tone=Tone.NEGATIVE,
            needs=_("reason given, for the applicant and the staff"),
        ),
        Step(
            "withdraw",
            _("Withdraw the proposal"),
            {C.PROPOSED: (Role.APPLICANT,)},
            C.WITHDRAWN,
            tone=Tone.WITHDRAWN,
        ),
    ),
)
QUESTION_STRIP = (
    pgettext_lazy("question", "To be explained"),
    pgettext_lazy("question", "To be judged"),
    pgettext_lazy("question", "Judged"),
)
CHANGE_STRIP = (pgettext_lazy("change", "To be decided"), pgettext_lazy("change", "Decided"))
