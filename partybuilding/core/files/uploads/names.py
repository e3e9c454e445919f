"""The name under which an uploaded file is shown and downloaded."""

import re
import unicodedata

from django.utils.translation import gettext as _

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
