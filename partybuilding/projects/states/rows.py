"""The states of a project as rows of its table, and the strip that they stand on."""

from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Due, Role, State, Tone
from partybuilding.projects.states.codes import ProjectState

S = ProjectState

#: The seven steps of the status strip.
STRIP = (
    _("Apply"),
    _("First review"),
    _("Decision"),
    _("Commitments"),
    _("Implementation"),
    _("Evaluation"),
    _("Grading"),
)

STATES = (
    State(
        S.DRAFT.value,
        S.DRAFT.label,
        strip=1,
        holders=(Role.APPLICANT,),
        due=Due(date="applications_close"),
        editable_by=Role.APPLICANT,
    ),
    State(
        S.SUBMITTED.value,
        S.SUBMITTED.label,
        strip=2,
        holders=(Role.UNIT,),
        due=Due(days="first_review_days"),
        tone=Tone.WAITING,
    ),
    State(
        S.RETURNED.value,
        S.RETURNED.label,
        strip=1,
        holders=(Role.APPLICANT,),
        due=Due(days="return_days"),
        editable_by=Role.APPLICANT,
        tone=Tone.NEGATIVE,
    ),
    State(
        S.NOT_RECOMMENDED.value,
        S.NOT_RECOMMENDED.label,
        told=_("Awaiting the Organization Department's decision"),
        strip=3,
        holders=(Role.DEPARTMENT,),
        due=Due(days="decision_days"),
        tone=Tone.WAITING,
    ),
    State(
        S.FIRST_PASSED.value,
        S.FIRST_PASSED.label,
        strip=3,
        holders=(Role.DEPARTMENT,),
        due=Due(days="decision_days"),
        tone=Tone.WAITING,
    ),
    State(
        S.APPROVED.value,
        S.APPROVED.label,
        public=_("Project approved"),
        strip=4,
        holders=(Role.APPLICANT,),
        due=Due(days="commitment_days"),
        editable_by=Role.APPLICANT,
        tone=Tone.POSITIVE,
    ),
    State(
        S.COMMITMENTS_SUBMITTED.value,
        S.COMMITMENTS_SUBMITTED.label,
        public=_("Project approved"),
        strip=4,
        holders=(Role.EDITOR,),
        due=Due(days="publication_days"),
        tone=Tone.WAITING,
    ),
    State(
        S.IMPLEMENTING.value,
        S.IMPLEMENTING.label,
        public=_("Implementing"),
        strip=5,
        holders=(Role.APPLICANT,),
        due=Due(date="results_due_on"),
        tone=Tone.ACTIVE,
    ),
    State(
        S.RESULTS_SUBMITTED.value,
        S.RESULTS_SUBMITTED.label,
        public=_("Awaiting evaluation"),
        strip=6,
        holders=(Role.EXPERT, Role.DEPARTMENT),
        due=Due(date="review_on"),
        tone=Tone.WAITING,
    ),
    State(
        S.GRADED.value,
        S.GRADED.label,
        public=_("Graded"),
        strip=7,
        holders=(Role.DEPARTMENT,),
        due=Due(days="archive_days"),
        tone=Tone.POSITIVE,
    ),
    State(S.ARCHIVED.value, S.ARCHIVED.label, public=_("Graded"), strip=7, tone=Tone.NEUTRAL),
    State(S.DECLINED.value, S.DECLINED.label, tone=Tone.NEGATIVE),
    State(S.WITHDRAWN.value, S.WITHDRAWN.label, tone=Tone.WITHDRAWN),
    State(S.TERMINATED.value, S.TERMINATED.label, public=_("Terminated"), tone=Tone.NEGATIVE),
)
