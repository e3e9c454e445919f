"""What each login of the demonstration reads on its first screen is what the link beside it lists."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from partybuilding.core.desk.lines import desk_of
from tests.factories.screens import misled

STAFF = ("department", "unit", "taskforce", "leader", "editor", "publisher", "admin")


@pytest.mark.parametrize("name", STAFF)
def test_each_number_of_the_first_screen_leads_to_as_many_rows(year: Any, name: str) -> None:
    user = get_user_model().objects.get(username=name)
    lines = [line for line in desk_of(user) if line.url]
    assert lines
    assert misled(user, lines) == []
