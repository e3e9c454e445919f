"""Put a set in the place of database and files, and prove that what stands there is what was backed up."""

from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.utils import timezone
from django.utils.translation import gettext as _

from config.operations.backup import databases, stores
from config.operations.backup.sets import MOMENT, Manifest, Unfit, check_set
from partybuilding.core.services import park_waiting


def restore_set(folder: Path, *, replace: bool, tell: Callable[[str], None]) -> Manifest:
    """Restore a set; nothing is touched before all of it was read and found whole.

    Args:
        replace: whether a database that holds tables may be replaced.

    Raises:
        Unfit: the set is damaged, or of another kind or a newer version.
        CommandError: there is a database already, it is in use, or what was restored has faults.
    """
    manifest = check_set(folder)
    refuse_foreign(manifest)
    stores.check_bucket(manifest)
    if not replace and not databases.is_empty():
        said = _("There is a database already. With --replace it is lost; back it up first.")
        raise CommandError(said)
    tell(_("The backup is whole: %(n)s files.") % {"n": len(manifest.files)})
    pairs = stores.stage(folder, manifest)
    try:
        databases.put_back(folder / manifest.database["file"])
    except BaseException:
        stores.throw_away(pairs)
        raise
    stores.exchange(pairs, timezone.localtime().strftime(MOMENT), tell)
    _prove(manifest, tell)
    return manifest


def refuse_foreign(manifest: Manifest) -> None:
    """Refuse a set of another kind of database or of a newer version.

    Raises:
        Unfit: it is one.
    """
    if manifest.database["kind"] != connection.vendor:
        facts = {"set": manifest.database["kind"], "site": connection.vendor}
        raise Unfit([_("The backup is of %(set)s, DATABASE_URL of %(site)s.") % facts])
    databases.refuse_newer(manifest.database["migrations"])


def _prove(manifest: Manifest, tell: Callable[[str], None]) -> None:
    connections.close_all()
    call_command("migrate", interactive=False, verbosity=0)
    parked = park_waiting("restored from a backup: perhaps sent already")
    if parked:
        said = _("%(n)s mails that waited are parked: they may have been sent since. See to them.")
        tell(said % {"n": parked})
    call_command("verify_trail", against=manifest.trail["last_seal"])
    if manifest.missing:
        said = _("%(n)s files were missing already when the backup was made.")
        raise CommandError(said % {"n": len(manifest.missing)})
    call_command("check_files")
