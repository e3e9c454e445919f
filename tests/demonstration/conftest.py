"""The demonstration, played once for all tests that read what came of it."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from partybuilding.cycles.models import Cycle


@pytest.fixture(scope="package")
def year(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cycle]:
    """Play the demonstration and roll it back after the folder."""
    folder: Path = tmp_path_factory.mktemp("media")
    with (
        override_settings(MEDIA_ROOT=folder),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        cache.clear()  # where pictures of rolled-back tests are remembered
        call_command("demo", quiet=True, stdout=StringIO())
        yield Cycle.objects.get(year=2022)
        transaction.set_rollback(True)
