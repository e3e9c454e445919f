"""What each login of the demonstration reads on its first screen is what the link beside it lists."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from partybuilding.core.desk.lines import desk_of
from tests.factories.screens import client_of

STAFF = ("department", "unit", "taskforce", "leader", "editor", "publisher", "admin")
#: Screens that gather what they count under headings, and no rows of one list.
GATHERED = ("boards/overdue/", "boards/mine/", "supervision/notices/", "supervision/bulletins/")


def listed(answer: Any) -> int:
    """Return how many rows a register or the list of work pages through."""
    work = answer.context.get("work")
    paginator = work.page.paginator if work else answer.context["paginator"]
    return int(paginator.count)


@pytest.mark.parametrize("name", STAFF)
def test_each_number_of_the_first_screen_leads_to_as_many_rows(year: Any, name: str) -> None:
    user = get_user_model().objects.get(username=name)
    client = client_of(user)
    lines = [line for line in desk_of(user) if line.url]
    assert lines
    wrong = []
    for line in lines:
        answer = client.get(line.url)
        assert answer.status_code == 200, line.url
        if line.url.removeprefix(reverse("wagtailadmin_home") + "party/").startswith(GATHERED):
            continue
        if listed(answer) != line.count:
            wrong.append((str(line.label), line.count, listed(answer)))
    assert not wrong
