"""Write docs/lifecycle.md from the machines' tables."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from partybuilding.core.machine.lifecycle import lifecycle_document


class Command(BaseCommand):
    """Draw the lifecycles."""

    help = "Write the document of all lifecycles from the machines' tables."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say where to write it."""
        parser.add_argument("--output", type=Path, default=Path("docs/lifecycle.md"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        options["output"].write_text(lifecycle_document(), encoding="utf-8")
        self.stdout.write(f"{options['output']}")
