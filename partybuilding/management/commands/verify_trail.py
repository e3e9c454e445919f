"""Find every row of the trail that was edited, removed or inserted, and say which."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partybuilding.core.models import TrailSeal, TransitionRecord
from partybuilding.core.selectors import faults_of_trail


class Command(BaseCommand):
    help = "Verify the trail: one line for every fault, and a failure when there is any."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the faults; the last line says how many, or that there is none."""
        faults = 0
        for fault in faults_of_trail():
            faults += 1
            self.stdout.write(self.style.ERROR(fault))
        if faults:
            raise CommandError(f"The trail has {faults} fault(s).")
        rows, seals = TransitionRecord.objects.count(), TrailSeal.objects.count()
        self.stdout.write(self.style.SUCCESS(f"The trail is whole: {rows} rows, {seals} seals."))
