"""A probe, what it finds, and how bad that is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.utils.translation import gettext as _


class Level(IntEnum):
    """How bad it is; also the exit code of `manage.py doctor`, as monitors read it."""

    OK = 0
    WARNING = 1
    FAULT = 2


@dataclass(frozen=True)
class Finding:
    """What a probe found, in a sentence, and what to do about it."""

    level: Level
    said: str
    todo: str = ""

    @classmethod
    def ok(cls, said: str) -> "Finding":
        """Return that all is well."""
        return cls(Level.OK, said)


@dataclass(frozen=True)
class Probe:
    """A question to the site.

    Args:
        serves: whether no request can be answered well where it finds a fault.
    """

    name: str
    title: Any
    look: Callable[[], Finding]
    serves: bool = False


@dataclass(frozen=True)
class Answer:
    """A probe with what it found."""

    probe: Probe
    finding: Finding

    @property
    def stops(self) -> bool:
        """Whether this server should get no requests."""
        return self.probe.serves and self.finding.level is Level.FAULT


def ask(probes: Iterable[Probe]) -> list[Answer]:
    """Ask every probe; one that fails itself is a fault and stops no other."""
    return [Answer(probe, _look(probe)) for probe in probes]


def _look(probe: Probe) -> Finding:
    try:
        return probe.look()
    except Exception as error:  # a probe is there to say what is broken, whatever it is
        said = _("The question failed: %(fault)s")
        fault = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return Finding(Level.FAULT, said % {"fault": fault}, _("See the log of the server."))
