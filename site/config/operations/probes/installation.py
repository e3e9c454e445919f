"""Whether the installation fits together: settings, limits of the database, mail, Redis, clock, fonts, static files."""

import platform
import shutil
import subprocess
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.core.mail import get_connection
from django.db import connection
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import partybuilding
from config.operations.connections import most_connections, wanted_connections
from config.operations.probes.finding import Finding, Level, Probe
from partybuilding.core.models import TransitionRecord
from partybuilding.core.papers.fonts import STAND_INS, bundled, stand_ins, with_installed

#: How far clocks may be apart.
APART = timedelta(seconds=5)


def program() -> Finding:
    """Say what runs here."""
    parts = [f"{name} {version(name)}" for name in ("Django", "wagtail", "granian")]
    said = [partybuilding.__version__, f"Python {platform.python_version()}", *parts]
    return Finding.ok("，".join(said))


def rules() -> Finding:
    """Ask Django's own checks for a server."""
    if settings.SETTINGS_MODULE != "config.settings.production":
        todo = _("On a server set DJANGO_SETTINGS_MODULE=config.settings.production.")
        return Finding(Level.WARNING, _("these are the settings of a workplace"), todo)
    said = checks.run_checks(include_deployment_checks=True)
    found = [one for one in said if one.level >= checks.WARNING and not one.is_silenced()]
    if not found:
        return Finding.ok(_("nothing is amiss"))
    level = Level.FAULT if any(one.level >= checks.ERROR for one in found) else Level.WARNING
    said_by = _("%(n)s remarks of Django's own check, the first of them (%(id)s): %(words)s")
    first = found[0]
    facts = {"n": len(found), "id": first.id, "words": first.msg}
    todo = _("Run manage.py check --deploy, which says of each what to do.")
    return Finding(level, said_by % facts, todo)


def limits() -> Finding:
    """Hold the connections that the server may open against what the database gives."""
    most = most_connections()
    if most is None:
        return Finding.ok(_("SQLite; one process writes, the others wait for it"))
    wanted = wanted_connections()
    facts = {"wanted": wanted, "most": most}
    if wanted > most:
        todo = _("Lower WORKERS, THREADS or INSTANCES, or raise max_connections.")
        said = _("%(wanted)s connections may be opened, PostgreSQL gives %(most)s")
        return Finding(Level.FAULT, said % facts, todo)
    return Finding.ok(_("at most %(wanted)s of %(most)s connections") % facts)


def mail() -> Finding:
    """Sign in to the mail server, and send nothing."""
    if not settings.EMAIL_HOST:
        return Finding.ok(_("no mail server is set; notices stay in the site's inbox"))
    server = get_connection()
    try:
        server.open()
    except OSError as error:
        todo = _("Check EMAIL_HOST, EMAIL_PORT, the account and whether TLS is asked for.")
        return Finding(Level.FAULT, f"{settings.EMAIL_HOST}: {error}", todo)
    server.close()
    facts = {"host": settings.EMAIL_HOST, "sender": settings.DEFAULT_FROM_EMAIL}
    return Finding.ok(_("%(host)s takes mails of %(sender)s") % facts)


def redis() -> Finding:
    """Write to Redis and read it, past the cache that forgives everything."""
    if not settings.REDIS_URL:
        return Finding.ok(_("not set; each process remembers for itself"))
    client = cache._cache._client.get_client()  # type: ignore[attr-defined]
    try:
        client.ping()
    except Exception as error:  # the client's own kinds, which need not be installed
        todo = _("The site goes on without; start Redis, or take REDIS_URL out.")
        return Finding(Level.WARNING, str(error), todo)
    return Finding.ok(_("answers"))


def clock() -> Finding:
    """Hold the machine's clock against the database's, the trail's last row and the network's."""
    now = timezone.now()
    todo = _("Set the clock by the network: timedatectl set-ntp true.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            if abs(cursor.fetchone()[0] - timezone.now()) > APART:
                return Finding(Level.FAULT, _("it is not the database's time"), todo)
    last = TransitionRecord.objects.aggregate(last=Max("at"))["last"]
    if last and last > now + APART:
        return Finding(Level.FAULT, _("the trail knows a later moment"), todo)
    if _is_synchronized() is False:
        return Finding(Level.WARNING, _("it is not set by the network"), todo)
    return Finding.ok(f"{timezone.localtime(now):%Y-%m-%d %H:%M:%S}")


def _is_synchronized() -> bool | None:
    """Tell what systemd knows; nothing where there is none."""
    program = shutil.which("timedatectl")
    if program is None:
        return None
    command = [program, "show", "--property=NTPSynchronized", "--value"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=5)  # noqa: S603
    return {"yes": True, "no": False}.get(done.stdout.strip())


def fonts() -> Finding:
    """Look for the papers' typefaces, and for one that draws rare characters of names."""
    if not bundled().families():
        todo = _("Install the program anew; partybuilding/fonts is empty.")
        return Finding(Level.FAULT, _("the papers' typefaces are missing"), todo)
    if not stand_ins(with_installed()):
        todo = _("Install one, e.g. apt-get install fonts-noto-cjk.")
        said = _("no typeface for rare characters (%(name)s)") % {"name": STAND_INS[0]}
        return Finding(Level.WARNING, said, todo)
    return Finding.ok(_("there, rare characters too"))


def static() -> Finding:
    """Look for the collected style sheets and scripts."""
    storage: Any = settings.STORAGES["staticfiles"]
    if "Manifest" not in storage["BACKEND"]:
        return Finding.ok(_("served as they lie in the program"))
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        todo = _("Run manage.py collectstatic --noinput and start the server anew.")
        return Finding(Level.FAULT, _("style sheets and scripts were not collected"), todo)
    return Finding.ok(_("collected"))


INSTALLATION = (
    Probe("program", gettext_lazy("Program"), program),
    Probe("settings", gettext_lazy("Server settings"), rules),
    Probe("limits", gettext_lazy("Connections"), limits),
    Probe("mail", gettext_lazy("Mail server"), mail),
    Probe("redis", gettext_lazy("Redis"), redis),
    Probe("clock", gettext_lazy("Clock"), clock),
    Probe("fonts", gettext_lazy("Typefaces"), fonts),
    Probe("static", gettext_lazy("Static files"), static),
)
