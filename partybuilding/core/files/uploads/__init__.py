"""What may be uploaded, known by its content: PDF, OFD, Office files, pictures.

`admit_upload` is the usual road: it checks a file and returns what may be stored (pictures
made smaller and written anew, as JPG or PNG). `check_upload` only checks; a picture that is stored without
`clean_image` keeps its metadata and whatever hides behind it.
"""

from partybuilding.core.files.uploads.check import (
    MAX_BYTES,
    CheckedFile,
    admit_upload,
    check_upload,
    clean_image,
)
from partybuilding.core.files.uploads.names import ALL_KINDS, DOCUMENTS, IMAGES, Kind, accepted
from partybuilding.core.files.uploads.refusals import Reason, UploadRefused

__all__ = [
    "ALL_KINDS",
    "DOCUMENTS",
    "IMAGES",
    "MAX_BYTES",
    "CheckedFile",
    "Kind",
    "Reason",
    "UploadRefused",
    "accepted",
    "admit_upload",
    "check_upload",
    "clean_image",
]
