"""Which settings a command runs with: those it is told, those of the server's environment file, never a guess."""

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.environment import env

#: Where a server keeps what its units are started with (deploy/environment).
FILE = "/etc/partybuilding/environment"
#: What make leaves in the environment that it fills with the packages of a workplace.
STAMPS = (".installed", ".installed-dev")
_LINE = re.compile(r"(?:export\s+)?([A-Z][A-Z0-9_]*)=(.*)")


def choose_settings(arguments: Sequence[str]) -> None:
    """Set DJANGO_SETTINGS_MODULE for a command, and all that the environment file says.

    What is set already stays. Without a word and without a file it is a workplace only where make
    has installed the packages; everywhere else a guess would send nothing and say that all is well.

    Raises:
        ImproperlyConfigured: nobody says which settings, or the file cannot be read.
    """
    if "DJANGO_SETTINGS_MODULE" in os.environ or any(a.startswith("--settings") for a in arguments):
        return
    file = Path(env("ENVIRONMENT_FILE", FILE))
    if file.exists() or "ENVIRONMENT_FILE" in os.environ:
        for name, value in read_file(file).items():
            os.environ.setdefault(name, value)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    elif any((Path(sys.prefix) / stamp).exists() for stamp in STAMPS):
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    else:
        raise ImproperlyConfigured(
            f"Nobody says which settings: put them into {FILE}, or set DJANGO_SETTINGS_MODULE (docs/install.md)."
        )


def read_file(file: Path) -> dict[str, str]:
    """Read NAME=value lines as systemd does: without what follows #, quotes taken off.

    Raises:
        ImproperlyConfigured: it cannot be read, or a line is no assignment.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        said = f"{file} cannot be read ({error.strerror}); run it as the site's user."
        raise ImproperlyConfigured(said) from error
    found = {}
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text or text.startswith(("#", ";")):
            continue
        parts = _LINE.fullmatch(text)
        if parts is None:
            raise ImproperlyConfigured(f"{file}, line {number} is not NAME=value.")
        found[parts[1]] = _unquoted(parts[2].strip())
    return found


def _unquoted(text: str) -> str:
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if is_quoted else text
