"""Lead through the first steps of a new site: tables, administrator, names, and the first import."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.operations import first_steps
from partybuilding.core.machine.refusals import Refusal
from partybuilding.organizations.imports import NotAWorkbook

#: Arguments with what they ask for where nothing was given.
QUESTIONS = {
    "username": gettext_lazy("Login name of the first administrator"),
    "name": gettext_lazy("Name of the first administrator"),
    "site_name": gettext_lazy("Name of the site, as residents read it"),
    "host": gettext_lazy("Who hosts the site, in full"),
    "department": gettext_lazy("Name of the Organization Department, as it signs"),
    "department_code": gettext_lazy(
        "Code of the Organization Department in the register, e.g. ZZB"
    ),
}


class Command(BaseCommand):
    help = "Lead through the first steps; what is there already stays. Asks for what is not given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take every answer as an argument."""
        for name in QUESTIONS:
            parser.add_argument(f"--{name.replace('_', '-')}", default="")
        parser.add_argument(
            "--password-file", type=Path, help="file with the first password, in its first line"
        )
        parser.add_argument(
            "--import", type=Path, dest="workbook", help="workbook of organisations and people"
        )
        parser.add_argument("--no-input", action="store_true", help="ask nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the steps, one after the other; each says what it did.

        Raises:
            CommandError: an answer is missing or not taken; the steps before it stay.
        """
        self.options = options
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(_("The tables are there."))
        try:
            self._administrator()
            self._names()
            self._import()
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        facts = {"address": settings.WAGTAILADMIN_BASE_URL, "path": "/admin/"}
        self.stdout.write(self.style.SUCCESS(_("Done. Sign in at %(address)s%(path)s.") % facts))

    def _administrator(self) -> None:
        known = first_steps.administrator()
        if known is not None:
            said = _("There is an administrator already: %(name)s.")
            self.stdout.write(said % {"name": known.get_username()})
            return
        username, name = self._answer("username"), self._answer("name")
        first_steps.add_administrator(username, name, self._password(username, name))
        self.stdout.write(_("The administrator %(name)s can sign in.") % {"name": username})

    def _names(self) -> None:
        if first_steps.is_named():
            self.stdout.write(_("The names were entered already; they are changed in the CMS."))
            return
        answers = {name: self._answer(name) for name in list(QUESTIONS)[2:]}
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        first_steps.enter_names(**answers, hostname=address.hostname or "", port=address.port)
        self.stdout.write(_("Site, host and Organization Department have their names."))

    def _import(self) -> None:
        path: Path | None = self.options["workbook"]
        if path is None:
            said = _("Organisations and people are imported in the CMS, or with --import FILE.")
            self.stdout.write(said)
            return
        try:
            with path.open("rb") as file:
                report = first_steps.import_file(file)
        except (OSError, NotAWorkbook) as error:
            raise CommandError(f"{path}: {error}") from error
        for fault in report.errors:
            line = f"{fault.sheet} {fault.place} {fault.heading}：{fault.message}"
            self.stdout.write(self.style.ERROR(line))
        if not report.written:
            raise CommandError(_("Nothing was imported; mend the workbook and run setup again."))
        facts = {"n": report.organizations.created, "m": report.people.created}
        said = _("Imported %(n)s organisations and %(m)s people.")
        self.stdout.write(said % facts)

    def _answer(self, name: str) -> str:
        given = str(self.options[name]).strip()
        if not given and not self.options["no_input"] and sys.stdin.isatty():
            given = input(f"{QUESTIONS[name]}：").strip()
        if not given:
            option = f"--{name.replace('_', '-')}"
            raise CommandError(_("%(option)s is missing.") % {"option": option})
        return given

    def _password(self, username: str, name: str) -> str:
        path: Path | None = self.options["password_file"]
        if path is not None:
            password = path.read_text(encoding="utf-8").splitlines()[0].strip()
        elif self.options["no_input"] or not sys.stdin.isatty():
            raise CommandError(_("%(option)s is missing.") % {"option": "--password-file"})
        else:
            password = getpass(f"{_('First password')}：")
            if password != getpass(f"{_('Once more')}："):
                raise CommandError(_("The two passwords differ."))
        first_steps.refuse_weak(password, username, name)
        return password
