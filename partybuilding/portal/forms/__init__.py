"""The forms of the portal; none binds a state, an owner or a decision."""

from partybuilding.portal.forms.assessment import AssessmentForm
from partybuilding.portal.forms.commitments import CommitmentPart
from partybuilding.portal.forms.parts import ApplicationPart, fingerprint
from partybuilding.portal.forms.steps import (
    ConfirmForm,
    ConsentForm,
    ReasonForm,
    StartForm,
    UploadForm,
)

__all__ = [
    "ApplicationPart",
    "AssessmentForm",
    "CommitmentPart",
    "ConfirmForm",
    "ConsentForm",
    "ReasonForm",
    "StartForm",
    "UploadForm",
    "fingerprint",
]
