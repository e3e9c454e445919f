"""Build an edition of a year's case book from the command line, and write it to a file."""

import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partybuilding.casebook.models import Edition
from partybuilding.casebook.services import book_of, build_edition
from partybuilding.casebook.states import BuildStage, BuildStatus, EditionKind
from partybuilding.core.files.storage import private_storage
from partybuilding.core.machine.refusals import Refusal
from partybuilding.cycles.models import Cycle


class Command(BaseCommand):
    """Build an edition; it is kept with the others, and stands on the screen of the book."""

    help = "Build an edition of a year's case book, and write it to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for year, edition and file."""
        parser.add_argument("year", type=int)
        parser.add_argument(
            "--edition", choices=EditionKind.values, default=EditionKind.PUBLIC.value
        )
        parser.add_argument(
            "--out", type=Path, help="the file to write; without it the edition is kept only"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build it, and say what it came to in one line."""
        edition = self._built(
            options["year"], EditionKind(options["edition"]), options["verbosity"]
        )
        if edition.status != BuildStatus.BUILT:
            raise CommandError(" ".join(edition.faults) or edition.status_label)
        out: Path | None = options["out"]
        if out is not None:
            try:
                with private_storage().open(edition.path) as made, out.open("wb") as file:
                    shutil.copyfileobj(made, file)
            except OSError as error:
                raise CommandError(f"{out}: {error.strerror}") from error
        told = "".join(f", {name} {value}" for name, value in sorted(edition.measures.items()))
        draft = ", draft" if edition.is_draft else ""
        self.stdout.write(
            f"{edition.kind}: {edition.size} bytes{told}{draft}, SHA-256 {edition.sha256}"
        )

    def _built(self, year: int, kind: EditionKind, verbosity: int) -> Edition:
        try:
            book = book_of(Cycle.objects.get(year=year), by=None)
            return build_edition(book, kind, by=None, told=self._tell if verbosity > 1 else None)
        except Cycle.DoesNotExist as error:
            raise CommandError(f"There is no programme year {year}.") from error
        except Refusal as refusal:
            raise CommandError(" ".join(refusal.sentences)) from refusal

    def _tell(self, stage: str, done: int, total: int) -> None:
        self.stderr.write(f"{BuildStage(stage).label} {done}/{total}")
