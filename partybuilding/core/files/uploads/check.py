"""The road of an uploaded file: read it, know it by its content, name it, clean it."""

import re
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import IO

from django.core.files.base import ContentFile, File
from django.utils.translation import pgettext_lazy

from partybuilding.core.files.uploads.images import check_image, reencode
from partybuilding.core.files.uploads.names import (
    ALL_KINDS,
    CONTENT_TYPES,
    IMAGES,
    OFFICE,
    Kind,
    claimed_kind,
    display_name,
)
from partybuilding.core.files.uploads.packages import check_package
from partybuilding.core.files.uploads.pdf import check_pdf
from partybuilding.core.files.uploads.refusals import Malformed, Reason, UploadRefused

MEBIBYTE = 1024 * 1024
MAX_BYTES = 20 * MEBIBYTE

# A PDF may begin with other bytes: readers look for its header in the first thousand.
CHECKS = (
    (re.compile(rb"PK\x03\x04"), check_package),
    (re.compile(rb"\xff\xd8\xff"), partial(check_image, kind=Kind.JPG)),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), partial(check_image, kind=Kind.PNG)),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), partial(check_image, kind=Kind.WEBP)),
    (
        re.compile(rb"....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL),
        partial(check_image, kind=Kind.HEIC),
    ),
    (re.compile(rb".{0,1019}%PDF-", re.DOTALL), check_pdf),
)
# The container of .doc and .xls, and of a .docx or .xlsx that is protected by a password.
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOT_VALID = {kind: Reason(f"not_{kind.value}") for kind in Kind}

SEPARATOR = pgettext_lazy("between kinds of file", ", ")

BinaryFile = File | IO[bytes]


@dataclass(frozen=True)
class CheckedFile:
    """What a file is, whatever it was called."""

    kind: Kind
    extension: str
    content_type: str
    size: int
    sha256: str
    name: str


def check_upload(
    file: BinaryFile, *, kinds: frozenset[Kind] = ALL_KINDS, max_bytes: int = MAX_BYTES
) -> CheckedFile:
    """Say what a file is, and leave it rewound.

    Args:
        file: An uploaded file, or any binary file that can be rewound.
        kinds: The kinds that are accepted here.
        max_bytes: The largest size that is accepted.

    Raises:
        UploadRefused: With the sentence that says what to do.
    """
    name = _name_of(file)
    data = _read(file, max_bytes)
    return _describe(data, _identify(data, name, kinds), name)


def admit_upload(
    file: BinaryFile, *, kinds: frozenset[Kind] = ALL_KINDS, max_bytes: int = MAX_BYTES
) -> tuple[CheckedFile, ContentFile]:
    """Check a file and return what may be stored, with its description: a picture is re-encoded.

    Args and Raises: As `check_upload`.
    """
    name = _name_of(file)
    data = _read(file, max_bytes)
    kind = _identify(data, name, kinds)
    if kind in IMAGES:
        data, kind = _reencode(data, kind)
    checked = _describe(data, kind, name)
    return checked, ContentFile(data, name=checked.name)


def clean_image(file: BinaryFile) -> ContentFile:
    """Return a picture as JPG or PNG, made smaller, turned upright, without EXIF and place.

    Raises:
        UploadRefused: It is no such picture, or too large.
    """
    _checked, content = admit_upload(file, kinds=IMAGES)
    return content


def _name_of(file: BinaryFile) -> str:
    return str(getattr(file, "name", None) or "")


def _read(file: BinaryFile, max_bytes: int) -> bytes:
    file.seek(0)
    data = file.read(max_bytes + 1)
    file.seek(0)
    if not data:
        raise UploadRefused(Reason.EMPTY)
    if len(data) > max_bytes:
        raise UploadRefused(Reason.TOO_LARGE, megabytes=max_bytes // MEBIBYTE)
    return data


def _identify(data: bytes, name: str, kinds: frozenset[Kind]) -> Kind:
    if data.startswith(OLD_OFFICE) and kinds & OFFICE:
        raise UploadRefused(Reason.OLD_OFFICE)
    try:
        kind = _kind_of(data)
    except Malformed as error:
        raise _not_valid(claimed_kind(name), kinds) from error
    if kind not in kinds:
        raise _not_valid(None, kinds)
    return kind


def _kind_of(data: bytes) -> Kind:
    for beginning, check in CHECKS:
        if beginning.match(data):
            return check(data)
    raise Malformed("The beginning belongs to no kind that is accepted.")


def _reencode(data: bytes, kind: Kind) -> tuple[bytes, Kind]:
    try:
        return reencode(data, kind)
    except Malformed as error:
        raise UploadRefused(NOT_VALID[kind]) from error


def _not_valid(claimed: Kind | None, kinds: frozenset[Kind]) -> UploadRefused:
    if claimed in kinds:
        return UploadRefused(NOT_VALID[claimed])
    labels = [str(kind.label) for kind in Kind if kind in kinds]
    return UploadRefused(Reason.KIND_NOT_ALLOWED, kinds=str(SEPARATOR).join(labels))


def _describe(data: bytes, kind: Kind, name: str) -> CheckedFile:
    return CheckedFile(
        kind=kind,
        extension=kind.value,
        content_type=CONTENT_TYPES[kind],
        size=len(data),
        sha256=sha256(data).hexdigest(),
        name=display_name(name, kind.value),
    )
