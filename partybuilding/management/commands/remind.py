"""Remind everybody of what is due and overdue; run it once a day."""

from datetime import date, time
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext_lazy

from partybuilding.boards.services import Plan, remind
from partybuilding.boards.states import ReminderStage
from partybuilding.management.timed import DAY, TimedCommand

#: The most faults in the line; the register of reminders lists all of them.
NAMED = 5


def day(text: str) -> date:
    """Read a day.

    Raises:
        CommandError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--on takes a day like 2026-09-30, not {text}.") from None


class Command(TimedCommand):
    help = "Remind of what is due and overdue, once for each item, stage and day (run daily)."
    title = gettext_lazy("Daily reminders")
    every = DAY
    at = time(7, 30)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day, and whether only to say what would be told."""
        parser.add_argument("--on", type=day, default=None, help="another day than today")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, list everything")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remind, and say in one line what was told, and in one what could not be.

        Raises:
            CommandError: something could not be told, or nothing at all.
        """
        try:
            plan = remind(today=options["on"], dry_run=options["dry_run"])
        except Exception as error:  # whatever goes wrong, the line says so and nothing is half told
            raise CommandError(
                f"No reminder was sent: {type(error).__name__}: {error}".splitlines()[0]
            ) from error
        if options["dry_run"]:
            for deadline, stage in plan.told:
                self.stdout.write(
                    f"{deadline.due_on} {stage.value:<10} {deadline.kind} {deadline.title}"
                )
        self.stdout.write(self._summary(plan, dry=options["dry_run"]))
        if plan.faults:
            raise CommandError(self._faults(plan))

    @staticmethod
    def _faults(plan: Plan) -> str:
        said = [str(fault) for fault in plan.faults[:NAMED]]
        if len(plan.faults) > NAMED:
            said.append(f"and {len(plan.faults) - NAMED} more")
        return f"{len(plan.faults)} thing(s) could not be told, the others were: {'; '.join(said)}"

    @staticmethod
    def _summary(plan: Plan, *, dry: bool) -> str:
        words = {"department": "to the department", "unit": "to units"}
        parts = [
            f"{plan.count(stage)} {words.get(stage.value, stage.value)}" for stage in ReminderStage
        ]
        head = "Would tell of" if dry else "Told of"
        return (
            f"{head} {len(plan.told)} item(s) in {plan.notices} notice(s) ({', '.join(parts)}); "
            f"{len(plan.skipped)} stage(s) skipped, {plan.nobody} item(s) with nobody to tell."
        )
