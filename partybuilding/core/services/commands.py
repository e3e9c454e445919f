"""Keep how each command that runs by the clock ended."""

from datetime import datetime

from django.utils import timezone

from partybuilding.core.models import CommandRun
from partybuilding.core.text.characters import clean_line


def note_command(command: str, started_at: datetime, error: str = "") -> CommandRun:
    """Keep the end of a run; the last one that went well is kept beside it.

    Args:
        error: what could not be done, in one line; nothing when all went well.
    """
    now = timezone.now()
    facts = {"started_at": started_at, "ended_at": now, "error": clean_line(error)[:300]}
    if not error:
        facts["succeeded_at"] = now
    run, _created = CommandRun.objects.update_or_create(command=command, defaults=facts)
    return run
