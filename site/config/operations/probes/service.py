"""Whether requests can be answered now: database, tables, disk, storages, and the mails that wait."""

import os
import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.operations.probes.finding import Finding, Level, Probe
from config.operations.tasks import waiting
from partybuilding.core.files.storage import private_storage
from partybuilding.core.models import Delivery, DeliveryState
from partybuilding.core.selectors import mails_in
from partybuilding.core.services import note_command

#: Seconds that a write may take before somebody should look.
SLOW = 1.0
#: Bytes that have to be free: somebody should look, and nothing goes any more.
LITTLE, NONE = 2 * 1024**3, 200 * 1024**2
#: Files that can still be made.
FEW_INODES = 2_000
#: After so long a task should have begun.
LATE_TASK = timedelta(minutes=15)
#: After so long a mail that is due should be gone.
LATE_MAIL = timedelta(minutes=15)


def database() -> Finding:
    """Write a row, for good: what only reads finds neither a full disk nor a standby."""
    began = time.monotonic()
    note_command("probe", timezone.now())
    taken = time.monotonic() - began
    said = _("written in %(n)s milliseconds") % {"n": round(taken * 1000)}
    if taken > SLOW:
        return Finding(Level.WARNING, said, _("See what else writes, and how busy the disk is."))
    return Finding.ok(said)


_migrated = False


def migrations() -> Finding:
    """Hold the tables against the code; once they agree, they do until the program ends."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            said = _("%(n)s changes of the tables are outstanding") % {"n": len(plan)}
            return Finding(Level.FAULT, said, _("Stop the site and run manage.py migrate."))
        _migrated = True
    return Finding.ok(_("the tables are those of the program"))


def disk() -> Finding:
    """Look at the free space where the site writes."""
    worst = min((_free(folder), str(folder)) for folder in _folders())
    said = _("%(size)s GB are free in %(folder)s")
    facts = {"size": f"{worst[0] / 1e9:.1f}", "folder": worst[1]}
    level = Level.FAULT if worst[0] < NONE else Level.WARNING if worst[0] < LITTLE else Level.OK
    todo = _("Remove old backups and logs, or enlarge the disk.") if level else ""
    return Finding(level, said % facts, todo)


def _folders() -> set[Path]:
    places = {settings.VAR, Path(tempfile.gettempdir())}
    if connection.vendor == "sqlite":
        places.add(Path(str(connection.settings_dict["NAME"])).parent)
    return {place for place in places if place.exists()}


def _free(folder: Path) -> int:
    """Return the free bytes; none when no more files can be made."""
    facts = os.statvfs(folder)
    if facts.f_files and facts.f_favail < FEW_INODES:
        return 0
    return shutil.disk_usage(folder).free


def storage() -> Finding:
    """Store a file, read it and remove it again."""
    store, name = private_storage(), f"probe/{uuid4().hex}"
    began = time.monotonic()
    name = store.save(name, ContentFile(b"probe"))
    try:
        with store.open(name) as file:
            is_same = file.read() == b"probe"
    finally:
        store.delete(name)
    if not is_same:
        return Finding(
            Level.FAULT,
            _("a file comes back as another one"),
            _("Check the disk or the object storage."),
        )
    taken = time.monotonic() - began
    return Finding.ok(_("stored and read in %(n)s milliseconds") % {"n": round(taken * 1000)})


def mails() -> Finding:
    """Look at the mails that wait or are parked."""
    late = Delivery.objects.filter(
        state=DeliveryState.PENDING, next_attempt_at__lt=timezone.now() - LATE_MAIL
    ).count()
    parked = mails_in(DeliveryState.PARKED)
    said = _("%(late)s late, %(parked)s parked") % {"late": late, "parked": parked}
    if parked:
        todo = _("See to the parked ones: manage.py parked_mails, or Mails in the administration.")
        return Finding(Level.WARNING, said, todo)
    if late:
        todo = _("Check the timer of deliver_notices and the mail server.")
        return Finding(Level.WARNING, said, todo)
    return Finding.ok(_("no mail is late"))


def tasks() -> Finding:
    """Look whether the worker takes what it is asked for."""
    number, oldest = waiting()
    if not settings.TASK_WORKER:
        return Finding.ok(_("no worker; what takes long is done beside the request"))
    if oldest > LATE_TASK:
        said = _("%(n)s wait, the oldest for %(minutes)s minutes")
        todo = _("Start the worker: partybuilding-worker.service, or manage.py work.")
        facts = {"n": number, "minutes": oldest.seconds // 60 + oldest.days * 1440}
        return Finding(Level.WARNING, said % facts, todo)
    return Finding.ok(_("%(n)s wait") % {"n": number})


SERVICE = (
    Probe("database", gettext_lazy("Database"), database, serves=True),
    Probe("migrations", gettext_lazy("Tables"), migrations, serves=True),
    Probe("disk", gettext_lazy("Free space"), disk, serves=True),
    Probe("storage", gettext_lazy("File storage"), storage, serves=True),
    Probe("mails", gettext_lazy("Mails that wait"), mails),
    Probe("tasks", gettext_lazy("Tasks of the worker"), tasks),
)
