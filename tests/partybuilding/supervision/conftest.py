"""A fixed working day in the middle of a quarter, so that every activity has its time."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

NOW = datetime(2025, 5, 13, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True, scope="module")
def _in_may() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield
