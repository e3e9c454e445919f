#!/usr/bin/env python
"""Run a management command of the programme."""

import os
import sys
from pathlib import Path

# `site/` is a folder, never a package: its name is a standard-library module's.
sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))


def main() -> None:
    from django.core.exceptions import ImproperlyConfigured

    from config.chosen import choose_settings

    try:
        choose_settings(sys.argv)
        if sys.argv[1:2] != ["serve"]:
            # An import or a migration may take its time; only readers' questions are cut short.
            os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "0")
        from django.conf import settings

        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as error:
        sys.exit(f"Not started: {error}")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
