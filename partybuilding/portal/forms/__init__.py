"""The forms of the portal; none binds a state, an owner or a decision."""

from partybuilding.portal.forms.commitments import (
    CommitmentPart,
    ConfirmForm,
    ConsentForm,
    ReasonForm,
    StartForm,
    UploadForm,
)
from partybuilding.portal.forms.parts import ApplicationPart, fingerprint
from partybuilding.portal.forms.results import AssessmentForm

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
