"""The kinds of file that are accepted, what a name claims to be, and the name under which a file is shown."""

import re
import unicodedata

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Kind(TextChoices):
    """A kind of file; its code is also the extension it gets."""

    PDF = "pdf", gettext_lazy("PDF")
    OFD = "ofd", gettext_lazy("OFD")
    DOCX = "docx", gettext_lazy("Word (.docx)")
    XLSX = "xlsx", gettext_lazy("Excel (.xlsx)")
    PPTX = "pptx", gettext_lazy("PowerPoint (.pptx)")
    JPG = "jpg", gettext_lazy("JPG")
    PNG = "png", gettext_lazy("PNG")
    WEBP = "webp", gettext_lazy("WEBP")
    HEIC = "heic", gettext_lazy("HEIC")


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


MAX_LENGTH = 120

_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
_NOT_IN_FILE_NAMES = re.compile(r'[<>:"|?*]')


def display_name(name: str, extension: str) -> str:
    """Return a name that keeps its words, has no path, and ends as the content demands.

    Control, formatting and unassigned characters go, direction overrides among them; what Windows
    does not allow in a file name becomes an underscore.
    """
    last_part = re.split(r"[/\\]", name)[-1]
    visible = "".join(
        " " if character.isspace() else character
        for character in last_part
        if character.isspace() or not unicodedata.category(character).startswith("C")
    )
    visible = unicodedata.normalize("NFC", visible).strip()
    stem = _NOT_IN_FILE_NAMES.sub("_", _EXTENSION.sub("", visible))
    stem = " ".join(stem.split()).strip(". ") or _("attachment")
    room = MAX_LENGTH - len(extension) - 1
    return f"{stem[:room].rstrip('. ')}.{extension}"
