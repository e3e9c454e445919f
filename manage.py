#!/usr/bin/env python
"""Run a management command of the programme."""

import os
import sys
from pathlib import Path

# `site/` is a folder, never a package: its name is a standard-library module's.
sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    # An import or a migration may take its time; only readers' questions are cut short.
    os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "0")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as error:
        sys.exit(f"Not started: {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
