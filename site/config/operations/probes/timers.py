"""When each command that runs by the clock went well last: reminders, seals, verification, backup and the others."""

from collections.abc import Iterator
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _

from config.operations.probes.finding import Finding, Level, Probe
from partybuilding.core.models import CommandRun
from partybuilding.management.timed import TimedCommand, timed_commands


def timers() -> Iterator[Probe]:
    """Yield a probe for each timer that this site needs."""
    for name, command in timed_commands().items():
        if command.is_due():
            yield Probe(name, command.title, partial(last_run, name, command))


def last_run(name: str, command: type[TimedCommand]) -> Finding:
    """Tell how a command ended last."""
    run = CommandRun.objects.filter(command=name).first()
    if run is None:
        todo = _("Switch its timer on (deploy/systemd), or run manage.py %(name)s.")
        return Finding(Level.WARNING, _("has never run"), todo % {"name": name})
    ended = f"{timezone.localtime(run.ended_at):%Y-%m-%d %H:%M}"
    if run.error:
        said = _("failed on %(moment)s: %(fault)s") % {"moment": ended, "fault": run.error}
        todo = _("Mend what it says, then run manage.py %(name)s.") % {"name": name}
        return Finding(Level.FAULT, said, todo)
    said = _("went well on %(moment)s") % {"moment": ended}
    if timezone.now() - run.ended_at > command.late_after():
        todo = _("It should have run again: see systemctl list-timers and journalctl.")
        return Finding(Level.WARNING, said, todo)
    return Finding.ok(said)
