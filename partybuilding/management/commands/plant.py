"""Make the column below a page of the site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partybuilding.planting import plant, top_of


class Command(BaseCommand):
    """Plant the column: what is missing is added, what is there stays."""

    help = "Make the column's parts, groups, rights and workflow below a page."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask below which page."""
        parser.add_argument(
            "--under",
            metavar="SLUG",
            help="slug of the page; the default site's front page if left out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Plant, or say in one line why not."""
        try:
            plant(top_of(options["under"] or ""))
        except LookupError as error:
            raise CommandError(str(error)) from error
