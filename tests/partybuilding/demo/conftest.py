"""The demonstration, played once for all tests that read what came of it."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from partybuilding.cycles.models import Cycle


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one worker read all that came of it, so that it is played once."""
    for item in items:
        if "year" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("demonstration"))


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
        call_command("demo", quiet=True, stdout=StringIO())
        yield Cycle.objects.get(year=2022)
        transaction.set_rollback(True)
