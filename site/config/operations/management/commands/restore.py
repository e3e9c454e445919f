"""Restore a backup, or only verify one."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.operations.backup import Unfit, check_set, newest_set, restore_set

WHOLE = gettext_noop(
    "The backup of %(moment)s is whole: version %(version)s, %(n)s files, %(rows)s rows of the trail, keys %(keys)s."
)
RESTORED = gettext_noop(
    "The backup of %(moment)s is restored: version %(version)s, %(n)s files, %(rows)s rows of the trail, keys %(keys)s."
)


class Command(BaseCommand):
    help = "Restore the backup DIR (of a folder of backups the newest) while the site is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask which one, and whether only to verify."""
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--check", action="store_true", help="only verify it")
        parser.add_argument(
            "--replace", action="store_true", help="replace the database that is there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what was restored.

        Raises:
            CommandError: the set is unfit, the site is running, or what was restored has faults.
        """
        try:
            folder = newest_set(options["folder"])
            if options["check"]:
                manifest, said = check_set(folder), _(WHOLE)
            else:
                manifest = restore_set(folder, replace=options["replace"], tell=self.tell)
                said = _(RESTORED)
        except Unfit as unfit:
            for fault in unfit.faults:
                self.stdout.write(self.style.ERROR(fault))
            raise CommandError(_("Refused: the backup is not fit. Nothing was changed.")) from unfit
        facts = {
            "moment": manifest.made_at,
            "version": manifest.version,
            "n": len(manifest.files),
            "rows": manifest.trail["rows"],
            "keys": "、".join(manifest.keys["trail"]),
        }
        self.stdout.write(self.style.SUCCESS(said % facts))

    def tell(self, said: str) -> None:
        """Print a line."""
        self.stdout.write(said)
