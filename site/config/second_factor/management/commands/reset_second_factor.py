"""Take the phone and backup codes from an account on the server, when no administrator can help."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.second_factor import devices
from partybuilding.organizations.security import note_security, person_named


class Command(BaseCommand):
    help = "Reset the second factor of one account, e.g. of the last administrator whose phone is lost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whose it is."""
        parser.add_argument("username", help="the login name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and note it; the next sign-in sets up a new phone."""
        person = person_named(options["username"])
        if person is None:
            raise CommandError(f"Nobody has the login name {options['username']}.")
        devices.forget(person)
        note_security("factor_reset", person)
        self.stdout.write(
            f"The second factor of {person.get_username()} was reset; "
            "the next sign-in sets up a new phone."
        )
