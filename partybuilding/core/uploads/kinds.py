"""The kinds of file that are accepted, and what a file's name claims to be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """A kind of file; its code is also the extension it gets."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word (.docx)")
    XLSX = "xlsx", _("Excel (.xlsx)")
    JPG = "jpg", _("JPG")
    PNG = "png", _("PNG")


DOCUMENTS = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX})
IMAGES = frozenset({Kind.JPG, Kind.PNG})
ALL_KINDS = DOCUMENTS | IMAGES

CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.JPG: "image/jpeg",
    Kind.PNG: "image/png",
}

# What people mean by an extension, the older and the WPS ones included.
CLAIMS = {
    "pdf": Kind.PDF,
    "doc": Kind.DOCX,
    "docm": Kind.DOCX,
    "docx": Kind.DOCX,
    "wps": Kind.DOCX,
    "et": Kind.XLSX,
    "xls": Kind.XLSX,
    "xlsm": Kind.XLSX,
    "xlsx": Kind.XLSX,
    "jpe": Kind.JPG,
    "jpeg": Kind.JPG,
    "jpg": Kind.JPG,
    "png": Kind.PNG,
}


def claimed_kind(name: str) -> Kind | None:
    """Return the kind that a file name claims, for the wording of a refusal only."""
    return CLAIMS.get(name.rpartition(".")[2].lower())
