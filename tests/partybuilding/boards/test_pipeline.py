"""The pipeline's days: medians, the longest, and spans agree with counting by hand."""

from collections import Counter
from statistics import median
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partybuilding.boards.selectors.pipeline import pipeline
from partybuilding.boards.states import Waited
from partybuilding.boards.watched import watched_by
from partybuilding.projects.models import Project
from tests.factories import make_cast
from tests.factories.boards import add_projects
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
STATES = ("draft", "submitted", "implementing")


def span_of(days: int) -> Waited:
    """Return the span that counts so many days, by its first and last."""
    return next(one for one in Waited if one.span[0] <= days and days <= (one.span[1] or days))


def stations(user: Any) -> dict[str, Any]:
    watched = next(one for one in watched_by(user) if one.code == "project")
    return {one.state.code: one for one in pipeline(watched, timezone.localdate())}


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    waited=st.lists(
        st.tuples(st.sampled_from(STATES), st.sampled_from((0, 1, 7, 8, 30, 31, 90, 91, 400))),
        max_size=12,
    )
)
def test_the_numbers_are_those_that_one_counts_by_hand(waited: list[tuple[str, int]]) -> None:
    Project.objects.all().delete()
    cast = make_cast()
    for state, days in waited:
        add_projects(cast, state, (days,), due=-1 if days > 30 else 5)
    found = stations(cast["department"])
    for state in STATES:
        days = [number for code, number in waited if code == state]
        one = found[state]
        assert one.count == len(days)
        assert one.overdue == sum(number > 30 for number in days)
        assert one.median == (median(days) if days else None)
        assert one.longest == (max(days) if days else None)
        spans = Counter(span_of(number) for number in days)
        assert dict(one.spans) == ({span: spans[span] for span in Waited} if days else {})


def test_what_waits_for_nobody_has_a_number_alone() -> None:
    cast = make_cast()
    add_projects(cast, "declined", (3, 400))
    one = stations(cast["department"])["declined"]
    assert (one.count, one.median, one.longest, one.spans) == (2, None, None, ())


def test_the_finding_names_the_slowest_state() -> None:
    cast = make_cast()
    client = client_of(cast["department"])
    nothing = client.get("/admin/party/boards/").context["finding"]
    assert nothing == "项目在办0件，其中逾期0件。"
    add_projects(cast, "submitted", (1, 2))
    add_projects(cast, "implementing", (40, 41), due=-1)
    said = client.get("/admin/party/boards/").context["finding"]
    assert said == "项目在办4件，其中逾期2件。“实施中”环节停留最久，一半事项已停留40.5天以上。"
