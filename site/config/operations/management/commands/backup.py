"""Make a backup of everything while the site is at work, and remove those that were kept long enough."""

import shutil
from datetime import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.operations.backup import make_set, outlived, sets_in
from partybuilding.management.timed import DAY, TimedCommand


class Command(TimedCommand):
    help = "Back up database and files into a new folder of DIR (BACKUP_DIR), sealed by the trail's key."
    title = gettext_lazy("Backup")
    every = DAY
    at = time(1, 0)

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask where, and how long sets are kept."""
        folder = Path(settings.BACKUP_DIR)
        parser.add_argument("folder", type=Path, metavar="DIR", nargs="?", default=folder)
        parser.add_argument("--days", type=int, default=14, help="keep every backup so long (14)")
        parser.add_argument(
            "--months", type=int, default=12, help="keep the first one of so many months (12)"
        )
        parser.add_argument("--no-verify", action="store_true", help="do not read it again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make one; older ones go only after it is whole.

        Raises:
            CommandError: it could not be made, or lacks files that rows name.
        """
        folder: Path = options["folder"]
        try:
            made = make_set(folder, verify=not options["no_verify"])
        except OSError as error:
            raise CommandError(_("The backup could not be written: %s") % error) from error
        names = [path.name for path in sets_in(folder)]
        kept = {"days": options["days"], "months": options["months"]}
        gone = outlived(names, timezone.localdate(), **kept)
        for name in gone:
            shutil.rmtree(folder / name)
        size = sum(entry.size for entry in made.manifest.files.values())
        facts = {
            "folder": made.folder,
            "n": len(made.manifest.files),
            "size": f"{size / 1e6:.1f}",
            "gone": len(gone),
            "hash": made.hash,
        }
        said = _(
            "Backup %(folder)s: %(n)s files, %(size)s MB; removed %(gone)s older. Hash %(hash)s"
        )
        self.stdout.write(self.style.SUCCESS(said % facts))
        if made.manifest.missing:
            for name in made.manifest.missing:
                self.stdout.write(self.style.ERROR(_("missing: %(file)s") % {"file": name}))
            said = _("The backup is made; %(n)s files that rows name were not there.")
            raise CommandError(said % {"n": len(made.manifest.missing)})
