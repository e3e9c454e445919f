"""Write the files by which anybody computes the announced result of a year again."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partybuilding.evaluation.export import files_of
from partybuilding.evaluation.models import Run


class Command(BaseCommand):
    help = "Write run.json, recompute.py and run.xlsx of a year's standing run into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the year and the folder."""
        parser.add_argument("year", type=int)
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them; none is written when there is no run."""
        run = Run.objects.standing().filter(cycle__year=options["year"]).first()
        if run is None:
            raise CommandError(f"There is no run of {options['year']}.")
        folder: Path = options["out"]
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files_of(run):
            (folder / name).write_bytes(content)
            self.stdout.write(str(folder / name))
