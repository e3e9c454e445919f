"""Write the public site as files, for a portal that takes no programs."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.test.utils import override_settings
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import timezone

from home.export.addresses import Site
from home.export.crawling import Crawl, ExportFault, Folder
from home.views import CLOSED

#: Names the files of an export with their digests; a folder without it is nobody's but its owner's.
MANIFEST = "export.json"
STYLE = "partybuilding/css/base.css"
#: After so many addresses it says how far it has come.
STEP = 100
#: Where the walk begins: what no page may lead to.
FIRST = ("wagtail_serve", "sitemap", "site_feed")
#: What stays online alone, with all below it.
ONLINE = (*CLOSED, "search", "styleguide")


class Command(BaseCommand):
    help = "Write all public pages, pictures, documents, feeds and data into a folder of files."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the folder, and where it will be found."""
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--prefix",
            default=None,
            help="Path below which the portal hangs the folder, such as /zt/djcx/.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it beside the folder, and put it in the place of an earlier export when it is whole.

        Raises:
            CommandError: there is something else in the folder, or a link leads nowhere.
        """
        folder: Path = options["folder"]
        if folder.exists() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
            raise CommandError(f"{folder} holds other files; name an empty folder.")
        try:
            static(STYLE)
        except ValueError as error:
            raise CommandError("Run collectstatic first: the pages need their style.") from error
        origin = str(settings.WAGTAILADMIN_BASE_URL).rstrip("/")
        live = settings.FORCE_SCRIPT_NAME or ""
        asked = options["prefix"]
        prefix = live if asked is None else f"/{asked.strip('/')}".rstrip("/")
        fresh = folder.with_name(f"{folder.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            with below(prefix, live):
                crawl, online = export(fresh, Site(origin, (prefix, live)), self._tell)
        except ExportFault as fault:
            raise CommandError(str(fault)) from fault
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
        self.stdout.write(
            f"{len(crawl.answers)} files in {folder}; {len(online)} addresses lead to the site online."
        )

    def _tell(self, asked: int, found: int) -> None:
        """Say now and then how far it has come."""
        if asked % STEP == 0:
            self.stdout.write(f"{asked} of {found} addresses")


class below:  # noqa: N801  # read as words: with below(prefix)
    """Let the site believe for a while that it lives below another path."""

    def __init__(self, prefix: str, live: str) -> None:
        addresses = {
            name: f"{prefix}{str(getattr(settings, name)).removeprefix(live)}"
            for name in ("STATIC_URL", "MEDIA_URL")
        }
        self._settings = override_settings(FORCE_SCRIPT_NAME=prefix or None, **addresses)
        self._prefix, self._before = prefix, get_script_prefix()

    def __enter__(self) -> None:
        self._settings.enable()
        set_script_prefix(f"{self._prefix}/")

    def __exit__(self, *raised: object) -> None:
        set_script_prefix(self._before)
        self._settings.disable()


def export(
    folder: Path, site: Site, tell: Callable[[int, int], object]
) -> tuple[Crawl, dict[str, int]]:
    """Write the site into a folder.

    Raises:
        ExportFault: a link of the site leads nowhere.
    """
    closed = tuple(reverse(name).removeprefix(site.prefixes[0]) for name in ONLINE)
    crawl = Crawl(site, lambda path: path.startswith(closed), tell)
    crawl.walk(*(reverse(name, args=[""] if name == "wagtail_serve" else []) for name in FIRST))
    if crawl.faults:
        raise ExportFault("Links that lead nowhere:\n" + "\n".join(sorted(crawl.faults)))
    written = Folder(crawl, _note(site), _form)
    names = written.write(folder)
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    told = {"day": timezone.localdate().isoformat(), "files": digests}
    (folder / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    return crawl, written.online


def _note(site: Site) -> str:
    """Return the line that says of which day a page is, and where the newest stands."""
    facts = {"day": timezone.localdate(), "online": f"{site.origin}{site.prefixes[-1]}/"}
    return render_to_string("home/exported/note.html", facts)


def _form(online: str, *, is_search: bool) -> str:
    """Return what stands in the place of a form."""
    facts = {"online": online, "is_search": is_search}
    return render_to_string("home/exported/form.html", facts)
