"""Find what was edited, removed or inserted past the program in trail, attachments and scores, and say which."""

from argparse import ArgumentParser
from datetime import time
from itertools import chain
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy

from partybuilding.core.models import Attachment, TrailSeal, TransitionRecord
from partybuilding.core.selectors import faults_of_attachments, faults_of_trail, one_snapshot
from partybuilding.evaluation.selectors.seals import faults_of_evaluation
from partybuilding.management.timed import DAY, TimedCommand
from partybuilding.progress.selectors import faults_of_pictures


class Command(TimedCommand):
    help = "Verify the trail and the attachments: one line for every fault, and a failure when there is any."
    title = gettext_lazy("Verification of the trail")
    every = DAY
    at = time(3, 30)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the seal that was kept outside."""
        parser.add_argument(
            "--against",
            default="",
            metavar="HASH",
            help="the hash of a seal that seal_trail printed and that was kept outside the database",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the faults as of one moment; the last line says how many, or that there is none."""
        with one_snapshot():
            faults = 0
            trail = faults_of_trail(against=options["against"])
            files_and_scores = (
                faults_of_attachments(),
                faults_of_pictures(),
                faults_of_evaluation(),
            )
            for fault in chain(trail, *files_and_scores):
                faults += 1
                self.stdout.write(self.style.ERROR(fault))
            rows, seals = TransitionRecord.objects.count(), TrailSeal.objects.count()
            files = Attachment.objects.count()
        if faults:
            raise CommandError(f"The trail has {faults} fault(s).")
        whole = f"The trail is whole: {rows} rows, {seals} seals, {files} files."
        self.stdout.write(self.style.SUCCESS(whole))
