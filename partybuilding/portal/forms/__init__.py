"""The forms of the portal; none binds a state, an owner or a decision."""

from partybuilding.portal.forms.assessment import AssessmentForm
from partybuilding.portal.forms.commitments import CommitmentPart
from partybuilding.portal.forms.parts import Part, fingerprint
from partybuilding.portal.forms.steps import (
    ConfirmForm,
    ConsentForm,
    ReasonForm,
    StartForm,
    UploadForm,
)

__all__ = [
    "AssessmentForm",
    "CommitmentPart",
    "ConfirmForm",
    "ConsentForm",
    "Part",
    "ReasonForm",
    "StartForm",
    "UploadForm",
    "fingerprint",
]
