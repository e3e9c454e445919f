"""Find every row of the trail and every attachment that was edited, removed or inserted, and say which."""

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partybuilding.core.models import Attachment, TrailSeal, TransitionRecord
from partybuilding.core.selectors import faults_of_attachments, faults_of_trail
from partybuilding.progress.selectors import faults_of_pictures


class Command(BaseCommand):
    help = "Verify the trail and the attachments: one line for every fault, and a failure when there is any."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the faults; the last line says how many, or that there is none."""
        faults = 0
        for fault in chain(faults_of_trail(), faults_of_attachments(), faults_of_pictures()):
            faults += 1
            self.stdout.write(self.style.ERROR(fault))
        if faults:
            raise CommandError(f"The trail has {faults} fault(s).")
        rows, seals = TransitionRecord.objects.count(), TrailSeal.objects.count()
        files = Attachment.objects.count()
        self.stdout.write(
            self.style.SUCCESS(f"The trail is whole: {rows} rows, {seals} seals, {files} files.")
        )
