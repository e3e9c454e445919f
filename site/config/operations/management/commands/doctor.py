"""Ask everything that can be wrong with an installation, and say of each in one line what to do."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from config.operations.monitor import told
from config.operations.probes import Answer, Level, ask, doctor_probes


class Command(BaseCommand):
    help = (
        "Check the installation: one line each. Exit code 0 all is well, 1 look at it, 2 a fault."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer an answer for programs."""
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and tell.

        Raises:
            CommandError: something is amiss; its exit code says how bad it is.
        """
        answers = ask(doctor_probes())
        worst = max(answer.finding.level for answer in answers)
        if options["json"]:
            body = {
                "status": worst.name.lower(),
                "checks": {a.probe.name: told(a) for a in answers},
            }
            self.stdout.write(json.dumps(body, ensure_ascii=False, indent=1))
        else:
            for answer in answers:
                self.stdout.write(self._line(answer))
        if worst:
            count = sum(answer.finding.level > 0 for answer in answers)
            said = _("%(n)s of %(all)s checks need to be looked at.")
            raise CommandError(said % {"n": count, "all": len(answers)}, returncode=int(worst))

    def _line(self, answer: Answer) -> str:
        words = {
            Level.OK: (_("fine"), self.style.SUCCESS),
            Level.WARNING: (_("look"), self.style.WARNING),
            Level.FAULT: (_("fault"), self.style.ERROR),
        }
        word, style = words[answer.finding.level]
        facts = {"word": word, "title": answer.probe.title, "said": answer.finding.said}
        line = _("[%(word)s] %(title)s: %(said)s") % facts
        todo = _(" To do: %(todo)s") % {"todo": answer.finding.todo} if answer.finding.todo else ""
        return style(line + todo)
