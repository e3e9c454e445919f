"""What is asked of the site's health: the same probes for /readyz, /metrics and `manage.py doctor`."""

from dataclasses import replace

from config.operations.probes.finding import Answer, Finding, Level, Probe, ask
from config.operations.probes.installation import INSTALLATION
from config.operations.probes.replicas import reading_probes
from config.operations.probes.service import SERVICE
from config.operations.probes.timers import timers

__all__ = ["Answer", "Finding", "Level", "Probe", "ask", "doctor_probes", "ready_probes"]


def ready_probes() -> list[Probe]:
    """Return what a monitor asks every few seconds.

    Where there are replicas, residents can read without the primary: then its loss takes no server out.
    """
    reading = reading_probes()
    of_primary = {"database", "migrations"} if reading else set()
    service = [replace(one, serves=one.serves and one.name not in of_primary) for one in SERVICE]
    return [*reading, *service, *timers()]


def doctor_probes() -> list[Probe]:
    """Return the same, and what only changes when somebody changes it."""
    return [*INSTALLATION, *ready_probes()]
