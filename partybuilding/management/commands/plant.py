"""Make the column below a page of the site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page, Site

from partybuilding.planting import plant


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
        if options["under"]:
            pages = list(Page.objects.filter(slug=options["under"])[:2])
        else:
            pages = [site.root_page for site in Site.objects.filter(is_default_site=True)]
        if len(pages) != 1:
            raise CommandError(f"There is not exactly one page to plant under: {options['under']}")
        plant(pages[0])
