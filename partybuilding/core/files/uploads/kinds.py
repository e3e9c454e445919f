"""The kinds of file that are accepted, and what a file's name claims to be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """A kind of file; its code is also the extension it gets."""

    PDF = "pdf", _("PDF")
    OFD = "ofd", _("OFD")
    DOCX = "docx", _("Word (.docx)")
    XLSX = "xlsx", _("Excel (.xlsx)")
    PPTX = "pptx", _("PowerPoint (.pptx)")
    JPG = "jpg", _("JPG")
    PNG = "png", _("PNG")
    WEBP = "webp", _("WEBP")
    HEIC = "heic", _("HEIC")


OFFICE = frozenset({Kind.DOCX, Kind.XLSX, Kind.PPTX})
DOCUMENTS = OFFICE | {Kind.PDF, Kind.OFD}
#: WebP and HEIC are taken, and kept as JPG or PNG, which every program opens.
IMAGES = frozenset({Kind.JPG, Kind.PNG, Kind.WEBP, Kind.HEIC})
ALL_KINDS = DOCUMENTS | IMAGES

_OPEN_XML = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.OFD: "application/ofd",
    Kind.DOCX: f"{_OPEN_XML}.wordprocessingml.document",
    Kind.XLSX: f"{_OPEN_XML}.spreadsheetml.sheet",
    Kind.PPTX: f"{_OPEN_XML}.presentationml.presentation",
    Kind.JPG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WEBP: "image/webp",
    Kind.HEIC: "image/heic",
}

# What people mean by an extension, the older and the WPS ones included.
CLAIMS = {
    "doc": Kind.DOCX,
    "docm": Kind.DOCX,
    "wps": Kind.DOCX,
    "et": Kind.XLSX,
    "xls": Kind.XLSX,
    "xlsm": Kind.XLSX,
    "dps": Kind.PPTX,
    "ppt": Kind.PPTX,
    "pptm": Kind.PPTX,
    "heif": Kind.HEIC,
    "jpe": Kind.JPG,
    "jpeg": Kind.JPG,
    **{kind.value: kind for kind in Kind},
}


def claimed_kind(name: str) -> Kind | None:
    """Return the kind that a file name claims, for the wording of a refusal only."""
    return CLAIMS.get(name.rpartition(".")[2].lower())


def accepted(kinds: frozenset[Kind] = ALL_KINDS) -> str:
    """Return the extensions that a chooser of files offers for some kinds."""
    offered = [kind.value for kind in Kind if kind in kinds]
    more = {"jpg": "jpeg", "heic": "heif"}
    return ",".join(f".{one}" for kind in offered for one in (kind, more.get(kind)) if one)
