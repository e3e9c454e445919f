"""Hold the files against the rows: what rows name and is not there, and what lies there and no row names."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from partybuilding.core.files.named import missing_files, spare_files


class Command(BaseCommand):
    help = (
        "Name files that rows name and that are missing (a failure), and files that no row names."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each; the last one counts them.

        Raises:
            CommandError: a file that a row names is missing.
        """
        for folder, names in spare_files().items():
            for name in names:
                said = _("no row names it: %(file)s") % {"file": f"{folder}/{name}"}
                self.stdout.write(said)
        missing = [
            _("missing: %(file)s (%(row)s)") % {"file": f"{folder}/{name}", "row": owner}
            for folder, owners in missing_files().items()
            for name, owner in sorted(owners.items())
        ]
        for line in missing:
            self.stdout.write(self.style.ERROR(line))
        if missing:
            said = _("%(n)s files that rows name are missing; fetch them from a backup.")
            raise CommandError(said % {"n": len(missing)})
        self.stdout.write(self.style.SUCCESS(_("No file that a row names is missing.")))
